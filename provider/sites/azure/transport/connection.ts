import type { SiteRecoveryManagementClient } from "@azure/arm-recoveryservices-siterecovery";
import { createHttpHeaders, createPipelineRequest } from "@azure/core-rest-pipeline";
import type { Configuration } from "../../../configuration.ts";
import { hideLiterals, sanitize } from "../../../sanitize.ts";
import type { HeaderReader } from "./retry-after.ts";
import { createServiceClock, type ServiceClock } from "./service-clock.ts";

/** One request as it goes out. */
export interface HttpRequest {
  readonly method: "GET" | "PUT" | "PATCH" | "POST" | "DELETE";
  readonly url: string;
  readonly body?: object;
  /** Aborts the request itself; absent for one that must not be torn off. */
  readonly signal?: AbortSignal;
}

/** What came back. */
export interface HttpAnswer {
  readonly status: number;
  readonly header: HeaderReader;
  /** The body as JSON; undefined when it is empty or no JSON. */
  readonly body: unknown;
}

/** Sends requests to one Resource Manager endpoint, signed in; repeats nothing by itself. */
export interface Connection {
  /** Without trailing slash. */
  readonly endpoint: string;
  readonly subscriptionId: string;
  /** Longest wait between two looks at an operation, in milliseconds, when the service does not ask. */
  readonly pollingMilliseconds: number;
  /** The service's time, as far as its answers told it. */
  readonly clock: ServiceClock;
  /** Sends once; rejects when no answer came. */
  send(request: HttpRequest): Promise<HttpAnswer>;
  /** Removes secrets from a text, also those of the configuration. */
  sanitize(text: string): string;
}

/** Milliseconds after which an unanswered request counts as lost. */
const answerTimeoutMilliseconds = 120_000;

/**
 * Shortest secret that is taken out of answers, where it may stand in what becomes state; a shorter one
 * may be a piece of a name or an id.
 */
const shortestHidden = 16;

/**
 * Makes a connection that sends through the pipeline of the SDK's client. `secrets` are those by which
 * it signs in, tokens that are issued later included.
 */
export function createConnection(
  client: SiteRecoveryManagementClient,
  configuration: Configuration,
  secrets: ReadonlySet<string>,
): Connection {
  const { endpoint, subscriptionId } = configuration;
  return {
    endpoint,
    subscriptionId,
    pollingMilliseconds: configuration.pollingIntervalMilliseconds,
    clock: createServiceClock(),
    sanitize: (text) => sanitize(text, [...secrets]),
    async send(request) {
      const reads = request.method === "GET";
      const timeout = AbortSignal.timeout(answerTimeoutMilliseconds);
      const response = await client.sendRequest(
        createPipelineRequest({
          url: request.url,
          method: request.method,
          headers: createHttpHeaders({
            Accept: "application/json",
            ...(request.body === undefined ? {} : { "Content-Type": "application/json" }),
            // A pooled connection may be dead already, and then nobody knows whether a write arrived.
            ...(reads ? {} : { Connection: "close" }),
          }),
          ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
          abortSignal:
            request.signal === undefined ? timeout : AbortSignal.any([request.signal, timeout]),
          allowInsecureConnection: endpoint.startsWith("http:"),
          disableKeepAlive: !reads,
        }),
      );
      return {
        status: response.status,
        header: (name) => response.headers.get(name),
        body: withoutSecrets(response.bodyAsText, secrets),
      };
    },
  };
}

/** The body, in which no service has a reason to repeat the caller's own secrets. */
function withoutSecrets(text: string | null | undefined, secrets: ReadonlySet<string>): unknown {
  const body = parse(text);
  const long = [...secrets].filter(({ length }) => length >= shortestHidden);
  if (body === undefined || long.length === 0) return body;
  return hideLiterals(text ?? "", long) === text ? body : hideIn(body, long);
}

function hideIn(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === "string") return hideLiterals(value, secrets);
  if (Array.isArray(value)) return value.map((each) => hideIn(each, secrets));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, hideIn(each, secrets)]),
  );
}

function parse(text: string | null | undefined): unknown {
  if (text === undefined || text === null || text === "") return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
