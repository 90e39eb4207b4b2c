import type { JsonObject } from "../state/json.ts";
import { type Answer, badRequest, ok } from "./answer.ts";
import type { Call } from "./route.ts";

/** Answers a list in one piece, as the service does for short collections. */
export function wholeList(value: readonly JsonObject[]): Answer {
  return ok({ value, nextLink: null });
}

/**
 * Answers one page of a list; `nextLink` carries the position in `$skipToken`. A client may ask for
 * smaller pages by `$take` or `takeToken`, which `nextLink` repeats.
 */
export function pagedList(call: Call, all: readonly JsonObject[]): Answer {
  return pagedListOf(call, all, (body) => body);
}

/** The same of objects whose bodies are made only for the page that is asked for. */
export function pagedListOf<T>(
  call: Call,
  all: readonly T[],
  bodyOf: (object: T) => JsonObject,
): Answer {
  const { page, next } = pageOf(call, all);
  return ok({ value: page.map(bodyOf), nextLink: next });
}

/** The same of objects whose bodies come as bytes of JSON. */
export function pagedListOfBytes<T>(
  call: Call,
  all: readonly T[],
  bytesOf: (object: T) => Buffer,
): Answer {
  const { page, next } = pageOf(call, all);
  const comma = Buffer.from(",");
  const bodies = page.flatMap((object, index) =>
    index === 0 ? [bytesOf(object)] : [comma, bytesOf(object)],
  );
  const end = Buffer.from(`],"nextLink":${JSON.stringify(next)}}`);
  return { status: 200, text: Buffer.concat([Buffer.from('{"value":['), ...bodies, end]) };
}

function pageOf<T>(call: Call, all: readonly T[]): { page: readonly T[]; next: string | null } {
  // CH-PAGE
  const { pageSize } = call.simulation.state.knobs;
  const start = numberFrom(call, ["$skipToken", "skipToken"], 0) ?? 0;
  const end = start + Math.min(numberFrom(call, ["$take", "takeToken"], 1) ?? pageSize, pageSize);
  return {
    page: all.slice(start, end),
    next: end < all.length ? nextLink(call, end) : null,
  };
}

function numberFrom(call: Call, names: readonly string[], least: number): number | undefined {
  const name = names.find((each) => call.query.has(each));
  const text = name === undefined ? "" : (call.query.get(name) ?? "");
  if (name === undefined || text === "") return undefined;
  const value = Number(text);
  if (Number.isInteger(value) && value >= least) return value;
  throw badRequest({
    code: "InvalidPage",
    message: `The value '${text}' of the query parameter '${name}' is not valid.`,
    recommendedAction: "Follow the nextLink of a list instead of making its address.",
  });
}

function nextLink(call: Call, position: number): string {
  const query = new URLSearchParams(call.query);
  query.delete("skipToken");
  query.set("$skipToken", String(position));
  return `${call.baseUrl}${call.path}?${query.toString()}`;
}
