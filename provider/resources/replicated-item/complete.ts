import type { Context } from "../../context.ts";
import type { CheckFailure } from "../../handler.ts";
import { parseDuration } from "../../inputs/duration.ts";
import { attempt } from "../../inputs/failures.ts";
import { knownElements } from "../../inputs/known-elements.ts";
import { completeName, completeReference, vaultOfReference } from "../../inputs/vault-object.ts";
import { sameId } from "../../recovery/identity.ts";
import { azureTarget } from "../../sites/azure/azure-target.ts";
import { hasUnknown, isUnknown } from "../../unknown.ts";
import type { ReplicatedItemInputs, ReplicatedItemTarget } from "../replicated-item.ts";
import { machineForm } from "./machine-reference.ts";

/** Fills the vault, the name and the full ids; values that are not known yet pass. Throws InvalidInputError. */
export function completeItem(context: Context, inputs: ReplicatedItemInputs): ReplicatedItemInputs {
  const vault = vaultOfReference(context, "container", inputs.container, inputs.vault);
  const container = (path: "container" | "recoveryContainer", id: string): string =>
    sameId(id, azureTarget)
      ? azureTarget
      : completeReference(path, id, vault, "replicationProtectionContainers");
  const { recoveryContainer, policy, target, disks } = inputs;
  return {
    ...inputs,
    vault,
    name: completeName(context, inputs.name),
    container: container("container", inputs.container),
    ...(recoveryContainer
      ? { recoveryContainer: container("recoveryContainer", recoveryContainer) }
      : {}),
    ...(policy
      ? { policy: completeReference("policy", policy, vault, "replicationPolicies") }
      : {}),
    ...(target === undefined ? {} : { target: completeTarget(context, target) }),
    ...(Array.isArray(disks) ? { disks: disks.map((each) => completeDisk(context, each)) } : {}),
  };
}

function completeTarget(context: Context, target: ReplicatedItemTarget): ReplicatedItemTarget {
  if (isUnknown(target)) return target;
  return { ...target, resourceGroup: groupId(context, target.resourceGroup) };
}

/** The failure for a machine that goes to Azure and is not told where. */
export const missingTarget: CheckFailure = {
  path: "target",
  reason:
    "is missing: Azure has to know at least the resource group that the machine is recovered to. Give target: { resourceGroup: … }.",
};

function completeDisk<Disk extends { readonly resourceGroup?: string }>(
  context: Context,
  disk: Disk,
): Disk {
  if (isUnknown(disk) || !disk.resourceGroup) return disk;
  return { ...disk, resourceGroup: groupId(context, disk.resourceGroup) };
}

/** A resource group's ARM id from its id or its name. */
function groupId(context: Context, group: string): string {
  if (isUnknown(group) || group.startsWith("/")) return group;
  return `/subscriptions/${context.configuration.subscriptionId}/resourceGroups/${group}`;
}

const diskPattern =
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Compute\/disks\/[^/]+$/i;

/** What is wrong with complete inputs in themselves. */
export function itemProblems(inputs: ReplicatedItemInputs): readonly CheckFailure[] {
  const { timeout, target } = inputs;
  const length =
    timeout === undefined || isUnknown(timeout)
      ? undefined
      : attempt(() => parseDuration("timeout", timeout));
  return [
    ...(length !== undefined && "failure" in length ? [length.failure] : []),
    ...(isUnknown(inputs.machine) || machineForm(inputs.machine) !== "strange"
      ? []
      : [
          {
            path: "machine",
            reason: `"${inputs.machine.slice(0, 300)}" is not a virtual machine's ARM id, nor an id or a name that a site knows a machine by.`,
          },
        ]),
    ...(target === undefined && isAzure(inputs.machine) ? [missingTarget] : []),
    ...(target?.availabilitySet && target.zone
      ? [
          {
            path: "target.zone",
            reason: "cannot stand together with availabilitySet. Leave one of them out.",
          },
        ]
      : []),
    ...(inputs.recoveryContainer &&
    !isUnknown(inputs.container) &&
    sameId(inputs.recoveryContainer, inputs.container)
      ? [{ path: "recoveryContainer", reason: "is the container itself. Give the other side's." }]
      : []),
    ...diskProblems(inputs),
    ...nicProblems(inputs),
  ];
}

function diskProblems(inputs: ReplicatedItemInputs): readonly CheckFailure[] {
  const { disks, cacheStorageAccount, machine } = inputs;
  // Nothing of a machine that goes to a second site passes through Azure; the target tells.
  if (inputs.target === undefined) return [];
  const isRegional = isUnknown(machine) || isAzure(machine);
  const missingCache = (path: string): CheckFailure => ({
    path,
    reason: `is missing: changes pass through a storage account in the ${isRegional ? "machine's region" : "region of the vault"}. Give its ARM id here or for each disk.`,
  });
  if (isUnknown(disks)) return [];
  if (disks === undefined) {
    return cacheStorageAccount ? [] : [missingCache("cacheStorageAccount")];
  }
  if (disks.length === 0) {
    return [
      {
        path: "disks",
        reason:
          "is empty: a machine without disks cannot be recovered. Leave it out for all disks.",
      },
    ];
  }
  return knownElements(disks).flatMap(([index, each]) => {
    const path = `disks[${index}]`;
    const first = disks.findIndex((other) => sameId(other.disk, each.disk));
    return [
      // Disks of a site's machine have ids of the service's own.
      ...(isRegional
        ? idProblem(`${path}.disk`, "a managed disk's ARM id", each.disk, diskPattern)
        : []),
      ...(first < index && !isUnknown(each.disk)
        ? [{ path: `${path}.disk`, reason: `stands in disks[${first}] already. Remove one.` }]
        : []),
      ...(each.cacheStorageAccount || cacheStorageAccount
        ? []
        : [missingCache(`${path}.cacheStorageAccount`)]),
    ];
  });
}

function isAzure(machine: string): boolean {
  return machineForm(machine) === "azure";
}

function nicProblems({ nics }: ReplicatedItemInputs): readonly CheckFailure[] {
  return knownElements(nics).flatMap(([index, each]) => {
    const first = nics?.findIndex((other) => !isUnknown(other) && sameId(other.nic, each.nic));
    if (first === index || hasUnknown(each.nic)) return [];
    const what = each.nic === undefined ? "the primary interface" : "this interface";
    return [
      { path: `nics[${index}].nic`, reason: `names ${what}, as nics[${first}] does. Remove one.` },
    ];
  });
}

function idProblem(
  path: string,
  wanted: string,
  id: string,
  pattern: RegExp,
): readonly CheckFailure[] {
  if (isUnknown(id) || pattern.test(id)) return [];
  return [{ path, reason: `"${id.slice(0, 300)}" is not ${wanted}.` }];
}
