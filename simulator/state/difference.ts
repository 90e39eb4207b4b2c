import { isObject } from "./json.ts";

/** One change of a document: a field that is set or gone, or a stretch of a list that is replaced. */
export type Change =
  | { readonly at: Path; readonly set: unknown }
  | { readonly at: Path; readonly gone: true }
  | ({ readonly at: Path } & Stretch);

/** Fields from the top of the document to the one that changes. */
export type Path = readonly string[];

interface Stretch {
  readonly from: number;
  readonly remove: number;
  readonly insert: readonly unknown[];
}

type Fields = Record<string, unknown>;

/** Ordinary ARM resources: nothing changes deeper in them than in their own fields, so that looking there is enough. */
const FLAT = "resources";

/** A copy of a state, to be kept up with it by {@link catchUp}. */
export function copyOfState<T extends object>(state: T): T {
  const flat = (state as Fields)[FLAT];
  const copy = copyOf({ ...state, [FLAT]: undefined });
  if (!isObject(flat)) return copy;
  const entries = Object.entries(flat).map(([key, value]) => [key, shallowCopyOf(value)]);
  return { ...copy, [FLAT]: Object.fromEntries(entries) };
}

/**
 * Finds how a state differs from the copy that was made of it, and makes the copy equal again. Nobody has
 * to tell what he changes, so that no change is ever missed.
 */
export function catchUp(copy: object, state: object): readonly Change[] {
  const changes: Change[] = [];
  compareFields(copy as Fields, state as Fields, [], changes);
  return changes;
}

function compareFields(copy: Fields, state: Fields, above: string[], changes: Change[]): void {
  let fields = 0;
  for (const key in state) {
    const value = state[key];
    const before = copy[key];
    if (value !== undefined) fields += 1;
    if (before === value) continue;
    if (isObject(value) && isObject(before)) {
      const compare = above.length === 0 && key === FLAT ? compareEntries : compareFields;
      above.push(key);
      compare(before as Fields, value as Fields, above, changes);
      above.pop();
    } else if (Array.isArray(value) && Array.isArray(before)) {
      const stretch = compareLists(before, value);
      if (!stretch) continue;
      changes.push({ at: [...above, key], ...stretch });
      copy[key] = replaced(before, stretch);
    } else if (value !== undefined) {
      changes.push({ at: [...above, key], set: value });
      copy[key] = copyOf(value);
    }
  }
  if (countOf(copy) > fields) dropGone(copy, state, above, changes);
}

function compareEntries(copy: Fields, state: Fields, above: string[], changes: Change[]): void {
  let fields = 0;
  for (const key in state) {
    const value = state[key];
    fields += 1;
    if (sameFields(copy[key], value)) continue;
    changes.push({ at: [...above, key], set: value });
    copy[key] = shallowCopyOf(value);
  }
  if (countOf(copy) > fields) dropGone(copy, state, above, changes);
}

/** Counted one by one, since lists of all keys would fill the memory with every save. */
function countOf(fields: Fields): number {
  let count = 0;
  for (const _key in fields) count += 1;
  return count;
}

function dropGone(copy: Fields, state: Fields, above: readonly string[], changes: Change[]): void {
  for (const key in copy) {
    if (state[key] !== undefined) continue;
    changes.push({ at: [...above, key], gone: true });
    delete copy[key];
  }
}

/** What lies between the equal beginnings and the equal ends of two lists. */
function compareLists(copy: readonly unknown[], state: readonly unknown[]): Stretch | undefined {
  const shorter = Math.min(copy.length, state.length);
  let from = 0;
  while (from < shorter && same(copy[from], state[from])) from += 1;
  if (from === copy.length && from === state.length) return undefined;
  let after = 0;
  while (after < shorter - from && same(copy.at(-1 - after), state.at(-1 - after))) after += 1;
  const remove = copy.length - after - from;
  return { from, remove, insert: state.slice(from, state.length - after) };
}

function replaced(list: readonly unknown[], { from, remove, insert }: Stretch): unknown[] {
  return [...list.slice(0, from), ...insert.map(copyOf), ...list.slice(from + remove)];
}

/** Tells whether two JSON values are equal. */
export function same(first: unknown, second: unknown): boolean {
  if (first === second) return true;
  if (Array.isArray(first) || Array.isArray(second)) {
    return (
      Array.isArray(first) &&
      Array.isArray(second) &&
      first.length === second.length &&
      first.every((value, index) => same(value, second[index]))
    );
  }
  return isObject(first) && isObject(second) && sameFields(first, second, same);
}

function sameFields(first: unknown, second: unknown, equal = Object.is): boolean {
  if (!isObject(first) || !isObject(second)) return false;
  for (const key in first) if (!equal(first[key], second[key])) return false;
  for (const key in second) if (first[key] === undefined && second[key] !== undefined) return false;
  return true;
}

function shallowCopyOf(value: unknown): unknown {
  return isObject(value) ? { ...value } : value;
}

/** A copy of a JSON value that shares nothing with it. */
export function copyOf<T>(value: T): T {
  if (Array.isArray(value)) return value.map(copyOf) as T;
  if (!isObject(value)) return value;
  const copy: Fields = {};
  for (const key in value) if (value[key] !== undefined) copy[key] = copyOf(value[key]);
  return copy as T;
}

/** Makes a change to a document. Throws if the document has no such place. */
export function applyChange(document: object, change: Change): void {
  const field = change.at.at(-1) ?? "";
  const home = change.at
    .slice(0, -1)
    .reduce((place, name) => place[name] as Fields, document as Fields);
  if ("set" in change) home[field] = change.set;
  else if ("gone" in change) delete home[field];
  else home[field] = replaced(home[field] as readonly unknown[], change);
}
