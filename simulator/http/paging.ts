import type { JsonObject } from "../state/json.ts";
import { type Answer, badRequest, ok } from "./answer.ts";
import type { Call } from "./route.ts";

/** Answers a list in one piece, as the service does for short collections. */
export function wholeList(value: readonly JsonObject[]): Answer {
  return ok({ value, nextLink: null });
}

/**
 * Answers one page of a list; `nextLink` carries position and name of its last object in `$skipToken`. A
 * client may ask for smaller pages by `$take` or `takeToken`, which `nextLink` repeats.
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
  return { status: 200, text: [Buffer.from('{"value":['), ...bodies, end] };
}

function pageOf<T>(call: Call, all: readonly T[]): { page: readonly T[]; next: string | null } {
  // CH-PAGE
  const { pageSize } = call.simulation.state.knobs;
  const start = startOf(call, all);
  const end = start + Math.min(takeOf(call) ?? pageSize, pageSize);
  return {
    page: all.slice(start, end),
    next: end < all.length ? nextLink(call, `${end};${nameOf(all[end - 1])}`) : null,
  };
}

/** Where the page begins: behind the object that was the last one, though others have come or gone before it. */
function startOf<T>(call: Call, all: readonly T[]): number {
  const token = parameter(call, ["$skipToken", "skipToken"]);
  if (!token) return 0;
  const [, digits, name] = /^(\d+)(?:;([\s\S]*))?$/.exec(token.text) ?? [];
  if (digits === undefined) throw notValid(token);
  const position = Number(digits);
  if (name === undefined || nameOf(all[position - 1]) === name) return position;
  const later = all.findIndex((each, index) => index >= position && nameOf(each) === name);
  const found =
    later >= 0
      ? later
      : all.findLastIndex((each, index) => index < position && nameOf(each) === name);
  return found >= 0 ? found + 1 : position;
}

function nameOf(object: unknown): string {
  return String((object as { readonly name?: unknown } | undefined)?.name ?? "");
}

function takeOf(call: Call): number | undefined {
  const take = parameter(call, ["$take", "takeToken"]);
  if (!take) return undefined;
  if (/^[1-9]\d*$/.test(take.text)) return Number(take.text);
  throw notValid(take);
}

interface Parameter {
  readonly name: string;
  readonly text: string;
}

function parameter(call: Call, names: readonly string[]): Parameter | undefined {
  const name = names.find((each) => call.query.get(each));
  return name === undefined ? undefined : { name, text: call.query.get(name) ?? "" };
}

function notValid({ name, text }: Parameter): Error {
  return badRequest({
    code: "InvalidPage",
    message: `The value '${text}' of the query parameter '${name}' is not valid.`,
    recommendedAction: "Follow the nextLink of a list instead of making its address.",
  });
}

function nextLink(call: Call, token: string): string {
  const query = new URLSearchParams(call.query);
  query.delete("skipToken");
  query.set("$skipToken", token);
  return `${call.baseUrl}${call.path}?${query.toString()}`;
}
