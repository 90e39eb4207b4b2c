import type { CheckFailure } from "../../handler.ts";
import { proposal } from "../../inputs/nearest-name.ts";
import { nameOf, sameId } from "../../recovery/identity.ts";
import { machineForm } from "./machine-reference.ts";

/** A machine that a site has discovered, whichever generation the site is of. */
export interface SiteMachine {
  /** What protection of the machine begins with. */
  readonly id: string;
  readonly name: string;
  /** What tells it from others of its name: address, vCenter. */
  readonly distinction: string;
  readonly diskIds: readonly string[];
  /** Names of the disks, in the order of their ids, where an input may name a disk by them. */
  readonly diskNames?: readonly string[];
  /** Why it cannot be protected, in the service's words. */
  readonly obstacles: readonly string[];
  /** True when the service says that it is protected, by whatever item. */
  readonly protected: boolean;
}

/** A machine, or why none could be found. */
export type FoundMachine<Machine extends SiteMachine = SiteMachine> =
  | { readonly machine: Machine }
  | { readonly failure: CheckFailure };

/**
 * The discovered machine that an input names by its id or its name. A name that several machines bear
 * is no answer, and neither is one that was not discovered.
 */
export function findMachine<Machine extends SiteMachine>(
  wanted: string,
  machines: readonly Machine[],
  siteName: string,
): FoundMachine<Machine> {
  const byId = machines.find((each) => sameId(each.id, wanted));
  if (byId !== undefined) return { machine: byId };
  const named = machineForm(wanted) === "name";
  const found = named ? machines.filter((each) => sameId(each.name, wanted)) : [];
  const [only] = found;
  if (only !== undefined && found.length === 1) return { machine: only };
  if (found.length > 1) {
    const candidates = found.map((each) => `${each.distinction || "no address"}: ${each.id}`);
    return failed(
      `${found.length} machines of the site ${siteName} are called "${wanted}". Give the id of one of them: ${candidates.join("; ")}.`,
    );
  }
  const names = [...new Set(machines.map((each) => each.name))];
  const near = proposal(named ? wanted : nameOf(wanted), names);
  return failed(
    `the site ${siteName} has not discovered ${named ? `a machine "${wanted}"` : wanted}.${near} Correct it, or wait until the site has looked at its machines again: discovery takes up to 30 minutes.`,
  );
}

function failed(reason: string): { readonly failure: CheckFailure } {
  return { failure: { path: "machine", reason } };
}
