import type { SiteRecoveryManagementClient } from "@azure/arm-recoveryservices-siterecovery";
import { createHttpHeaders, createPipelineRequest } from "@azure/core-rest-pipeline";
import type { Configuration } from "../../../configuration.ts";
import { sanitize } from "../../../sanitize.ts";
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

/** Makes a connection that sends through the pipeline of the SDK's client. */
export function createConnection(
  client: SiteRecoveryManagementClient,
  configuration: Configuration,
): Connection {
  const { endpoint, subscriptionId, clientSecret } = configuration;
  const secrets = clientSecret === undefined ? [] : [clientSecret];
  return {
    endpoint,
    subscriptionId,
    pollingMilliseconds: configuration.pollingIntervalMilliseconds,
    clock: createServiceClock(),
    sanitize: (text) => sanitize(text, secrets),
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
        body: parse(response.bodyAsText),
      };
    },
  };
}

function parse(text: string | null | undefined): unknown {
  if (text === undefined || text === null || text === "") return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
