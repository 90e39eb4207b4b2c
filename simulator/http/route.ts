import type { Simulation } from "../simulation.ts";
import type { JsonObject } from "../state/json.ts";
import type { Answer } from "./answer.ts";

/** A request as the handlers see it. */
export interface Call {
  readonly simulation: Simulation;
  readonly method: string;
  readonly path: string;
  /** The named segments of the path, in the case the client wrote them. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body; empty when none was sent. */
  readonly body: JsonObject;
  /** `http://host:port` or `https://host:port` as the client addressed the simulator. */
  readonly baseUrl: string;
  readonly apiVersion: string;
  /** Asks the simulator itself, as when an operation's result is the resource. */
  ask(method: string, path: string): Answer;
}

/** The address of an object. A name may hold any letter, a header may not. */
export function urlOf({ baseUrl }: Pick<Call, "baseUrl">, id: string): string {
  return `${baseUrl}${id.split("/").map(encodeURIComponent).join("/")}`;
}

/** What answers a request. */
export type Handler = (call: Call) => Answer;

/** One line of a route table: method, path with `{named}` segments, handler. */
export type Route = readonly [method: string, path: string, handler: Handler];

interface CompiledRoute {
  readonly method: string;
  readonly segments: readonly string[];
  readonly handler: Handler;
}

/** What the router found for a method and a path. */
export interface Match {
  readonly handler: Handler;
  readonly params: Readonly<Record<string, string>>;
}

/** Finds the handler for a path; literal segments match without regard to letter case. */
export interface Router {
  find(method: string, path: string): Match | undefined;
  /** The methods that some route has for the path. */
  methodsOf(path: string): readonly string[];
}

/** Makes a router of route tables; the first route that fits wins. */
export function createRouter(...tables: readonly (readonly Route[])[]): Router {
  const routes: CompiledRoute[] = tables.flat().map(([method, path, handler]) => ({
    method,
    segments: splitPath(path).map((part) => (part.startsWith("{") ? part : part.toLowerCase())),
    handler,
  }));
  const matching = (path: string) => {
    const given = splitPath(path);
    const lower = given.map((part) => part.toLowerCase());
    return {
      given,
      routes: routes.filter(
        ({ segments }) =>
          segments.length === given.length &&
          segments.every((part, index) => part.startsWith("{") || part === lower[index]),
      ),
    };
  };
  return {
    find(method, path) {
      const { given, routes: fitting } = matching(path);
      const route = fitting.find((candidate) => candidate.method === method);
      if (!route) return undefined;
      const named = route.segments.flatMap((part, index) =>
        part.startsWith("{") ? [[part.slice(1, -1), decodeURIComponent(given[index] ?? "")]] : [],
      );
      return { handler: route.handler, params: Object.fromEntries(named) };
    },
    methodsOf: (path) => matching(path).routes.map((route) => route.method),
  };
}

/** The segments of a path; doubled slashes are forgiven, as `az` sends them. */
export function splitPath(path: string): readonly string[] {
  return path.split("/").filter((part) => part !== "");
}
