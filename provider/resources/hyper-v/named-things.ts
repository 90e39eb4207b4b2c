import type { Context } from "../../context.ts";
import type { CheckFailure } from "../../handler.ts";
import { proposal } from "../../inputs/nearest-name.ts";
import { canonicalId, parentOf } from "../../inputs/vault-object.ts";
import { nameOf, sameId } from "../../recovery/identity.ts";
import { hasUnknown } from "../../unknown.ts";

/** Something of a VMM server that people name: a VM network, a storage classification. */
export interface NamedThing {
  readonly id: string;
  /** A guid. */
  readonly name: string;
  readonly fabricName: string;
  readonly friendlyName: string;
}

/** True for a known text that is no id: a name that has to be looked up. */
export function isName(reference: string): boolean {
  return !hasUnknown(reference) && !reference.startsWith("/");
}

/**
 * The id of the thing that an input names, in canonical spelling; the reference itself where it is no name, or
 * none or several are called so, which the check then tells.
 */
export function resolveName(
  reference: string,
  fabricId: string,
  things: readonly NamedThing[],
): string {
  if (!isName(reference)) return reference;
  const found = thingsCalled(reference, fabricId, things);
  const [only] = found;
  return only === undefined || found.length > 1 ? reference : (canonicalId(only.id) ?? only.id);
}

/**
 * The failure for a thing that the VMM server does not have; none when it has it, when it is not known yet, and
 * while the server of this very run has still to register.
 */
export function namedThingProblems(
  context: Context,
  path: string,
  noun: string,
  reference: string,
  fabric: { readonly id: string; readonly friendlyName: string; readonly name: string } | undefined,
  things: readonly NamedThing[],
): readonly CheckFailure[] {
  if (hasUnknown(reference) || fabric === undefined) return [];
  const own = things.filter((each) => sameId(each.fabricName, fabric.name));
  const server = fabric.friendlyName || fabric.name;
  if (isName(reference)) {
    const found = thingsCalled(reference, fabric.id, things);
    if (found.length === 1) return [];
    if (found.length > 1) {
      const ids = found.map((each) => each.id).join("; ");
      const reason = `${found.length} things of the kind ${noun} of ${server} are called "${reference}". Give the id of one of them: ${ids}.`;
      return [{ path, reason }];
    }
    const names = own.map((each) => each.friendlyName);
    const reason = `the VMM server ${server} has no ${noun} "${reference.slice(0, 300)}".${proposal(reference, names)}`;
    return [{ path, reason }];
  }
  if (own.some((each) => sameId(each.id, reference))) return [];
  if (!sameId(nameOf(parentOf(reference)), fabric.name)) {
    const reason = `${reference} is no ${noun} of the VMM server ${server}. Give one of that server, or the fabric that it belongs to.`;
    return [{ path, reason }];
  }
  if (context.declared.has(reference.toLowerCase())) return [];
  const known = own.map((each) => each.friendlyName).join(", ") || "none";
  return [{ path, reason: `there is no ${noun} ${reference}. ${server} has: ${known}.` }];
}

function thingsCalled(
  name: string,
  fabricId: string,
  things: readonly NamedThing[],
): readonly NamedThing[] {
  const own = things.filter((each) => sameId(each.fabricName, nameOf(fabricId)));
  const exact = own.filter((each) => each.friendlyName === name);
  return exact.length > 0
    ? exact
    : own.filter((each) => sameId(each.friendlyName, name) || sameId(each.name, name));
}
