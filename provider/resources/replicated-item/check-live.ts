import type { Context } from "../../context.ts";
import type { CheckFailure } from "../../handler.ts";
import { knownElements } from "../../inputs/known-elements.ts";
import { proposal } from "../../inputs/nearest-name.ts";
import { vaultIdOf } from "../../inputs/vault-object.ts";
import { nameOf, sameId } from "../../recovery/identity.ts";
import type { AzureSite } from "../../sites/azure/site.ts";
import { hasUnknown } from "../../unknown.ts";
import { azureProblems, referenceProblems } from "../references.ts";
import type { ReplicatedItemInputs } from "../replicated-item.ts";
import { routeOf } from "./route.ts";
import { targetProblems } from "./target-problems.ts";

/** What is wrong with the things that the inputs refer to; an item that exists is not asked about its machine again. */
export async function checkItemReferences(
  context: Context,
  site: AzureSite,
  inputs: ReplicatedItemInputs,
  olds: ReplicatedItemInputs | undefined,
): Promise<readonly CheckFailure[]> {
  const fresh = olds === undefined || !sameId(olds.machine, inputs.machine);
  const side = await routeProblems(context, site, inputs);
  return [
    ...side.failures,
    ...(fresh ? await machineProblems(context, site, inputs, side.primaryLocation) : []),
    ...(await targetProblems(context, site, inputs, side.recoveryLocation)),
    ...(await cacheProblems(context, site, inputs)),
  ];
}

interface SideProblems {
  readonly failures: readonly CheckFailure[];
  /** Regions of both sides, as far as they are known. */
  readonly primaryLocation?: string;
  readonly recoveryLocation?: string;
}

async function routeProblems(
  context: Context,
  site: AzureSite,
  inputs: ReplicatedItemInputs,
): Promise<SideProblems> {
  const { container, recoveryContainer, policy } = inputs;
  if (hasUnknown([container, recoveryContainer, policy])) return { failures: [] };
  const vault = site.vault(vaultIdOf(container));
  const [containers, policies, mappings, fabrics] = await Promise.all([
    vault.containers(context),
    vault.policies(context),
    vault.containerMappings(context),
    vault.fabrics(context),
  ]);
  const locationOf = (containerId: string): string | undefined => {
    const fabricId = containerId.split("/").slice(0, -2).join("/");
    return fabrics.find((each) => sameId(each.id, fabricId))?.location;
  };
  const missing = [
    ...referenceProblems(context, "container", "protection container", container, containers),
    ...referenceProblems(
      context,
      "recoveryContainer",
      "protection container",
      recoveryContainer,
      containers,
    ),
    ...referenceProblems(context, "policy", "replication policy", policy, policies),
  ];
  const found = routeOf(inputs, mappings);
  const primaryLocation = locationOf(container);
  const recoveryLocation =
    "route" in found ? locationOf(found.route.recoveryContainerId) : undefined;
  // A mapping of this very run leads from the container as soon as it is made.
  const declared = [...context.declared].some((id) =>
    id.startsWith(`${container.toLowerCase()}/replicationprotectioncontainermappings/`),
  );
  const unmapped = "failure" in found && missing.length === 0 && !declared ? [found.failure] : [];
  return {
    failures: [...missing, ...unmapped],
    ...(primaryLocation === undefined ? {} : { primaryLocation }),
    ...(recoveryLocation === undefined ? {} : { recoveryLocation }),
  };
}

async function machineProblems(
  context: Context,
  site: AzureSite,
  inputs: ReplicatedItemInputs,
  location: string | undefined,
): Promise<readonly CheckFailure[]> {
  if (hasUnknown(inputs.machine)) return [];
  const machine = await site.machine(context, inputs.machine);
  if (machine === undefined) {
    const reason = `there is no virtual machine ${inputs.machine}. Create it or correct the id.`;
    return [{ path: "machine", reason }];
  }
  const vault = site.vault(vaultIdOf(inputs.container));
  const items = await vault.items(context);
  const twin = items.find((each) => sameId(each.machineId, inputs.machine));
  if (twin !== undefined && !sameId(twin.name, inputs.name)) {
    return [
      {
        path: "machine",
        reason: `${machine.name} is replicated already, as the item ${twin.name}. Name this resource so with \`name\` and import it, or remove one of the two.`,
      },
    ];
  }
  if (location !== undefined && !sameId(location, machine.location)) {
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
}

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

async function cacheProblems(
  context: Context,
  site: AzureSite,
  inputs: ReplicatedItemInputs,
): Promise<readonly CheckFailure[]> {
  const accounts = [
    ["cacheStorageAccount", inputs.cacheStorageAccount] as const,
    ...knownElements(inputs.disks).map(
      ([index, each]) => [`disks[${index}].cacheStorageAccount`, each.cacheStorageAccount] as const,
    ),
  ];
  const failures = await Promise.all(
    accounts.map(([path, id]) => azureProblems(context, site, path, "storage account", id)),
  );
  return failures.flat();
}
