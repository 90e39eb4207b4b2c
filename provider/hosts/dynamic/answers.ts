import { InvalidInputError, isDisasterRecoveryError, PartialFailureError } from "../../errors.ts";
import type { CheckFailure, DetailedDiff } from "../../handler.ts";
import { type Properties, providerKey, toPlain } from "./plain.ts";

/** A check failure as the dynamic host sends it. */
export interface WireFailure {
  /** Always empty: the engine prints the value of a property that is named here, secrets included. */
  readonly property: "";
  readonly reason: string;
}

/** What a dynamic provider's diff answers. */
export interface WireDiff {
  readonly changes: boolean;
  readonly replaces: string[];
  readonly deleteBeforeReplace: boolean;
}

/** Takes secrets out of a text. */
export type Clean = (text: string) => string;

/** Puts the path of the property into the reason. */
export function wireFailure({ path, reason }: CheckFailure, clean: Clean): WireFailure {
  return { property: "", reason: clean(path === "" ? reason : `${path}: ${reason}`) };
}

/** Makes a failure of an exception, because the engine prints those with their stacks. */
export function failureOfError(error: unknown, clean: Clean): WireFailure {
  const path = error instanceof InvalidInputError ? error.path : "";
  return wireFailure({ path, reason: messageOf(error) }, clean);
}

/**
 * Reduces a diff to what the protocol carries: whether an update is due, and the inputs that ask
 * for a new resource. A replacement comes before what it replaces goes, unless the handler says
 * that they cannot stand side by side.
 */
export function wireDiff(diff: DetailedDiff): WireDiff {
  const replaced = Object.entries(diff.properties)
    .filter(([, change]) => change.replace === true)
    .map(([path]) => path.replace(/[.[].*$/, ""));
  return {
    changes: diff.changes,
    replaces: diff.changes ? [...new Set(replaced)] : [],
    deleteBeforeReplace: replaced.length > 0 && diff.deleteBeforeReplace === true,
  };
}

/**
 * Makes the error that the dynamic host understands. With an id, properties and reasons the engine
 * keeps the resource, so that what began is not forgotten; all else is a message without a stack,
 * which the stock host would print.
 *
 * `providerText` is the serialized proxy: the stock host adds it to what create and update answer,
 * but not to the properties of an error, and without it the next refresh or destroy finds no provider.
 */
export function wireError(error: unknown, clean: Clean, providerText: unknown): Error {
  const wire = new Error(clean(messageOf(error)));
  wire.stack = "";
  if (!isPartialFailure(error)) return wire;
  const partial: { id: string; properties: Properties; reasons: string[] } = {
    id: error.id,
    properties: { ...toPlain(error.state), [providerKey]: providerText },
    reasons: error.reasons.map(clean),
  };
  return Object.assign(wire, partial);
}

/** True also for the error of another copy of this package. */
function isPartialFailure(error: unknown): error is PartialFailureError {
  return (
    error instanceof PartialFailureError ||
    (isDisasterRecoveryError(error) && error.code === "PartialFailure")
  );
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message === "" ? error.name : error.message;
}
