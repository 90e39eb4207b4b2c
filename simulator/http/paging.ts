import type { JsonObject } from "../state/json.ts";
import { type Answer, badRequest, ok } from "./answer.ts";
import type { Call } from "./route.ts";

/** Answers a list in one piece, as the service does for short collections. */
export function wholeList(value: readonly JsonObject[]): Answer {
  return ok({ value, nextLink: null });
}

/** Answers one page of a list; `nextLink` carries the position in `$skipToken`. */
export function pagedList(call: Call, all: readonly JsonObject[]): Answer {
  // CH-PAGE
  const { pageSize } = call.simulation.state.knobs;
  const token = call.query.get("$skipToken") ?? call.query.get("skipToken");
  const start = token === null ? 0 : Number(token);
  if (!Number.isInteger(start) || start < 0) {
    throw badRequest({
      code: "InvalidSkipToken",
      message: `The skip token '${token}' is not valid.`,
    });
  }
  const end = start + pageSize;
  return ok({
    value: all.slice(start, end),
    nextLink: end < all.length ? nextLink(call, end) : null,
  });
}

function nextLink(call: Call, position: number): string {
  const query = new URLSearchParams(call.query);
  query.delete("skipToken");
  query.set("$skipToken", String(position));
  return `${call.baseUrl}${call.path}?${query.toString()}`;
}
