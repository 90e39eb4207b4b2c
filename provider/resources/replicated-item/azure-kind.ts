import { InvalidInputError } from "../../errors.ts";
import type { CheckFailure } from "../../handler.ts";
import { knownElements } from "../../inputs/known-elements.ts";
import { proposal } from "../../inputs/nearest-name.ts";
import { parentOf } from "../../inputs/vault-object.ts";
import { nameOf, sameId } from "../../recovery/identity.ts";
import { hasUnknown } from "../../unknown.ts";
import type { ReplicatedItemInputs } from "../replicated-item.ts";
import type { ItemKind } from "./item-kind.ts";
import { type UselessInputs, uselessProblems } from "./site-problems.ts";
import { itemSpecification } from "./specification.ts";
import { twinProblems } from "./twin.ts";

const useless: UselessInputs = [["osType", "is known of an Azure VM"]];

/** An Azure VM that is replicated to another region. */
export const azureKind: ItemKind = {
  scenario: "AzureToAzure",
  machineForms: "a virtual machine's ARM id",

  async machineProblems({ context, site, vault, inputs, fabric }) {
    const machine = await site.machine(context, inputs.machine);
    if (machine === undefined) {
      const reason = `there is no virtual machine ${inputs.machine}. Create it or correct the id.`;
      return [{ path: "machine", reason }];
    }
    const items = await vault.items(context);
    const twin = items.find((each) => sameId(each.machineId, inputs.machine));
    const twins = twinProblems(inputs, twin, machine.name);
    if (twins.length > 0) return twins;
    const location = fabric?.location ?? "";
    if (location !== "" && !sameId(location, machine.location)) {
      return [
        {
          path: "container",
          reason: `${machine.name} lies in ${machine.location}, the container's fabric in ${location}. Give a container of the machine's region.`,
        },
      ];
    }
    const errors = twin === undefined ? await site.eligibilityErrors(context, inputs.machine) : [];
    return [
      ...errors.map((text) => ({
        path: "machine",
        reason: `${machine.name} cannot be replicated: ${text}`,
      })),
      ...strangeDisks(inputs, [machine.osDiskId, ...machine.dataDiskIds], machine.name),
    ];
  },

  async settingProblems({ inputs }) {
    const servers = (["processServer", "runAsAccount"] as const)
      .filter((path) => inputs[path])
      .map((path) => ({
        path,
        reason: "means nothing for an Azure VM: no server of a site takes part. Leave it out.",
      }));
    return [...servers, ...uselessProblems(inputs, useless, "AzureToAzure")];
  },

  async recoveryLocation({ context, vault }, route) {
    if (route === undefined) return undefined;
    const fabricId = parentOf(route.recoveryContainerId);
    const fabrics = await vault.fabrics(context);
    return fabrics.find((each) => sameId(each.id, fabricId))?.location;
  },

  async specify({ context, site, inputs }, route) {
    const machine = await site.machine(context, inputs.machine);
    if (machine !== undefined) return itemSpecification(inputs, route, machine);
    throw new InvalidInputError(
      "machine",
      `machine: there is no virtual machine ${inputs.machine}.`,
      { hint: "Create it or correct the id." },
    );
  },
};

function strangeDisks(
  inputs: ReplicatedItemInputs,
  diskIds: readonly string[],
  machineName: string,
): readonly CheckFailure[] {
  return knownElements(inputs.disks).flatMap(([index, { disk }]) => {
    if (hasUnknown(disk) || diskIds.some((id) => sameId(id, disk))) return [];
    const names = diskIds.filter((id) => id !== "").map(nameOf);
    return [
      {
        path: `disks[${index}].disk`,
        reason: `${nameOf(disk)} is no disk of ${machineName}.${proposal(nameOf(disk), names)}`,
      },
    ];
  });
}
