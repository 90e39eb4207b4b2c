import type { CheckFailure } from "../../handler.ts";
import { knownElements } from "../../inputs/known-elements.ts";
import { proposal } from "../../inputs/nearest-name.ts";
import { sameId } from "../../recovery/identity.ts";
import { azureTarget } from "../../sites/azure/azure-target.ts";
import { hasUnknown } from "../../unknown.ts";
import type { ReplicatedItemInputs } from "../replicated-item.ts";
import { willBeDiscovered } from "./declared-discovery.ts";
import type { ItemKind, ItemSurroundings } from "./item-kind.ts";
import { isItemOf } from "./machine-reference.ts";
import { findMachine, type SiteMachine } from "./site-machine.ts";
import { twinProblems } from "./twin.ts";

/** Inputs that a kind of item cannot do anything with, each with the reason. */
export type UselessInputs = readonly (readonly [path: string, reason: string])[];

/** What speaks against the machine of a site that an input names: it is not there, taken, or cannot be replicated. */
export async function siteMachineProblems(
  at: ItemSurroundings,
  machines: readonly SiteMachine[],
  siteName: string,
): Promise<readonly CheckFailure[]> {
  const { context, vault, inputs } = at;
  const found = findMachine(inputs.machine, machines, siteName);
  if ("failure" in found) return (await willBeDiscovered(at)) ? [] : [found.failure];
  const { machine } = found;
  const items = await vault.items(context);
  const twin = items.find((each) => isItemOf(machine, each));
  const twins = twinProblems(inputs, twin, machine.name);
  if (twins.length > 0) return twins;
  if (twin === undefined && machine.protected) {
    const reason = `${machine.name} is protected already, in another vault or by an item that this vault does not show. End that protection first.`;
    return [{ path: "machine", reason }];
  }
  return [
    ...(twin === undefined ? machine.obstacles : []).map((text) => ({
      path: "machine",
      reason: `${machine.name} cannot be replicated: ${text}`,
    })),
    ...strangeDisks(inputs, machine),
  ];
}

/** The failure for another target than Azure, which machines of a site cannot have. */
export function elsewhereProblems({
  recoveryContainer = "",
}: ReplicatedItemInputs): readonly CheckFailure[] {
  if (recoveryContainer === "" || hasUnknown(recoveryContainer)) return [];
  if (recoveryContainer === azureTarget) return [];
  return [
    {
      path: "recoveryContainer",
      reason: `means nothing for a machine of a site, which goes to ${azureTarget}. Leave it out.`,
    },
  ];
}

/** The failures for inputs that a kind of item cannot do anything with. */
export function uselessProblems(
  inputs: ReplicatedItemInputs,
  useless: UselessInputs,
  scenario: ItemKind["scenario"],
): readonly CheckFailure[] {
  return useless
    .filter(([path]) => valuesAt(inputs, path).some((value) => value !== undefined && value !== ""))
    .map(([path, reason]) => ({ path, reason: `${reason} (${scenario}). Leave it out.` }));
}

/** Values at a path such as `target.zone` or `nics[].publicAddress`. */
function valuesAt(inputs: object, path: string): readonly unknown[] {
  return path.split(".").reduce<readonly unknown[]>(
    (values, step) => {
      const name = step.replace("[]", "");
      const next = values.map((value) => (value as Record<string, unknown> | undefined)?.[name]);
      return step.endsWith("[]") ? next.flatMap((each) => (Array.isArray(each) ? each : [])) : next;
    },
    [inputs],
  );
}

function strangeDisks(inputs: ReplicatedItemInputs, machine: SiteMachine): readonly CheckFailure[] {
  // Before its agent reports, the service may know no disks of a machine.
  if (machine.diskIds.length === 0) return [];
  return knownElements(inputs.disks).flatMap(([index, { disk }]) => {
    const known = [...machine.diskIds, ...(machine.diskNames ?? [])];
    if (hasUnknown(disk) || known.some((each) => sameId(each, disk))) return [];
    const candidates = machine.diskNames ?? machine.diskIds;
    const reason = `${disk} is no disk of ${machine.name}.${proposal(disk, candidates)}`;
    return [{ path: `disks[${index}].disk`, reason }];
  });
}
