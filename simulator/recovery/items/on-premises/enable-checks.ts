import { findNetwork, subnetsOf } from "../../../azure/networks.ts";
import { findResource } from "../../../azure/resources.ts";
import { applianceSiteOf, configurationServerOf } from "../../../estate/find.ts";
import { badRequest } from "../../../http/answer.ts";
import type { Call } from "../../../http/route.ts";
import type { Simulation } from "../../../simulation.ts";
import type { EstateMachine, SiteServer } from "../../../state/estate-model.ts";
import { type JsonObject, listAt, textAt } from "../../../state/json.ts";
import type { Container, Policy, Vault } from "../../../state/model.ts";
import {
  containerKey,
  MICROSOFT_AZURE,
  missingReference,
  referredPolicy,
} from "../../vault/find.ts";
import type { SiteDiskTarget } from "./describe-site-machine.ts";
import { processServerOf } from "./source-machine.ts";

/** Where the fields of an item's request are. */
export const DETAILS = "properties.providerSpecificDetails";

/** A refusal of a request that cannot be taken. */
export function invalid(message: string, recommendedAction?: string): Error {
  return badRequest({
    code: "SIM-INVALID-INPUT",
    message,
    ...(recommendedAction !== undefined && { recommendedAction }),
  });
}

/** The process server or appliance that a request names; 400 if the site has none of that id. */
export function namedProcessServer(
  vault: Vault,
  fabricName: string,
  id: string | undefined,
): SiteServer {
  const server = processServerOf(vault, fabricName, id);
  if (!server) throw missingReference(`${DETAILS}.processServerId`, id ?? "");
  return server;
}

/** Refuses an account to sign in with that the site does not have. */
export function checkRunAsAccount(vault: Vault, fabricName: string, id: string | undefined): void {
  const site = applianceSiteOf(vault, fabricName) ?? configurationServerOf(vault, fabricName);
  const known = site?.runAsAccounts.some(
    (account) => account.id.toLowerCase() === id?.toLowerCase(),
  );
  if (id !== undefined && !known) throw missingReference(`${DETAILS}.runAsAccountId`, id);
}

/** Refuses a container that is not mapped to Azure with the policy. */
export function checkMappedToAzure(vault: Vault, source: Container, policy: Policy): void {
  const key = containerKey(source.fabricName, source.name);
  const mapped = Object.values(vault.mappings).some(
    (each) =>
      containerKey(each.fabricName, each.containerName) === key &&
      each.targetFabricName === MICROSOFT_AZURE &&
      each.policyName === policy.name,
  );
  if (mapped) return;
  throw badRequest({
    code: "SIM-INVALID-INPUT",
    message: `The protection container '${source.name}' is not mapped to '${MICROSOFT_AZURE}' with the replication policy '${policy.name}'.`,
    possibleCauses: "There is no protection container mapping, or it has another policy.",
    recommendedAction: "Create the protection container mapping first.",
  });
}

/** Refuses a policy of another kind. */
export function checkPolicyKind(policy: Policy, kind: string): void {
  if (policy.instanceType === kind) return;
  throw invalid(
    `The replication policy '${policy.name}' is of the kind '${policy.instanceType}', and '${kind}' is needed.`,
    `Give a replication policy of the kind '${kind}'.`,
  );
}

/** The policy that the request for a new item names; 400 if there is none, or one of another kind. */
export function policyForItem(call: Call, vault: Vault, kind: string): Policy {
  const id = textAt(call.body, "properties", "policyId") ?? "";
  const policy = referredPolicy(vault, "properties.policyId", id);
  checkPolicyKind(policy, kind);
  return policy;
}

/** Refuses ids of Azure resources that do not exist; fields that are not given are not looked at. */
export function checkResources(
  simulation: Simulation,
  input: JsonObject,
  fields: readonly string[],
): void {
  for (const field of fields) {
    const id = textAt(input, field);
    if (id !== undefined && !findResource(simulation, id))
      throw missingReference(`${DETAILS}.${field}`, id);
  }
}

/** The name of a subnet of a network: the given one, else the first; 400 if the network has no such subnet. */
export function subnetOf(
  simulation: Simulation,
  networkId: string | undefined,
  given: string | undefined,
  field: string,
): string | null {
  const network = findNetwork(simulation, networkId ?? null);
  if (!network) return given ?? null;
  const subnets = subnetsOf(network);
  if (given === undefined) return subnets[0]?.name ?? null;
  const found = subnets.find(({ name }) => name.toLowerCase() === given.toLowerCase());
  if (!found) throw missingReference(`${DETAILS}.${field}`, given);
  return found.name;
}

/** The disks that a request wants replicated; all of them if it names none. */
export function wantedDisks(
  simulation: Simulation,
  machine: EstateMachine,
  input: JsonObject,
  fallback: Omit<SiteDiskTarget, "resourceGroupId"> | undefined,
): ReadonlyMap<string, Omit<SiteDiskTarget, "resourceGroupId">> {
  const named = listAt(input, "disksToInclude");
  if (named.length === 0) {
    if (!fallback) {
      throw invalid(
        `The request names no disks of '${machine.name}' and does not say where their changes are kept.`,
        `Give '${DETAILS}.disksToInclude', or a log storage account for all disks.`,
      );
    }
    return new Map(machine.disks.map((disk) => [disk.id, fallback]));
  }
  const chosen = new Map<string, Omit<SiteDiskTarget, "resourceGroupId">>();
  for (const [index, entry] of named.entries()) {
    const field = `${DETAILS}.disksToInclude[${index}]`;
    const id = textAt(entry, "diskId") ?? "";
    const disk = machine.disks.find((each) => each.id.toLowerCase() === id.toLowerCase());
    if (!disk) throw missingReference(`${field}.diskId`, id);
    const account = textAt(entry, "logStorageAccountId") ?? fallback?.logStorageAccountId;
    if (account === undefined || !findResource(simulation, account))
      throw missingReference(`${field}.logStorageAccountId`, account ?? "");
    chosen.set(disk.id, {
      logStorageAccountId: account,
      diskType: textAt(entry, "diskType") ?? fallback?.diskType ?? "Premium_LRS",
      encryptionSetId: textAt(entry, "diskEncryptionSetId") ?? fallback?.encryptionSetId ?? null,
    });
  }
  // CH-OS-DISK
  if (!machine.disks.some((disk) => disk.isOsDisk && chosen.has(disk.id))) {
    throw invalid(
      `The operating system disk of '${machine.name}' is not in '${DETAILS}.disksToInclude'.`,
      "Protect the operating system disk, and any data disks beside it.",
    );
  }
  return chosen;
}
