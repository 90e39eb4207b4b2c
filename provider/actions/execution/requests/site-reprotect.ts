import { InvalidInputError } from "../../../errors.ts";
import type { ItemFacts } from "../../../recovery/model.ts";
import type { ChosenServers, WantedServers } from "../../../recovery/site-servers.ts";
import type {
  ApplianceCarrier,
  MasterTargetCarrier,
  ReprotectRequest,
} from "../../../sites/azure/verb-request.ts";

/**
 * Writes the request that replicates a machine of a VMware site from Azure back to it, or towards Azure again.
 * Throws InvalidInputError for a value that was neither given nor found, which the rules have told before.
 */
export function siteReprotect(item: ItemFacts, servers: ChosenServers): ReprotectRequest {
  const target = { kind: "item", item } as const;
  const needed = <Value>(value: Value | undefined, input: keyof WantedServers): Value => {
    if (value !== undefined) return value;
    const problem = servers.problems.find((each) => each.input === input);
    throw new InvalidInputError(
      input,
      `${item.friendlyName}: ${problem?.fact ?? `${input} is needed for its reprotect.`}`,
      { hint: problem?.remedy ?? `Give ${input}.` },
    );
  };
  const account =
    servers.runAsAccount === undefined ? {} : { runAsAccountId: servers.runAsAccount.id };
  if (servers.way === "toAzure") {
    return {
      verb: "reprotect",
      way: "toAzure",
      target,
      processServerId: needed(servers.processServer, "processServer").id,
      policyId: needed(servers.policyId, "policy"),
      ...account,
      ...(servers.cacheStorageAccountId === undefined
        ? {}
        : { logStorageAccountId: servers.cacheStorageAccountId }),
    };
  }
  const byAppliance = (): ApplianceCarrier => ({
    kind: "appliance",
    applianceId: needed(servers.appliance, "appliance").id,
    logStorageAccountId: needed(servers.cacheStorageAccountId, "cacheStorageAccount"),
    ...(servers.policyId === undefined ? {} : { policyId: servers.policyId }),
  });
  const byMasterTarget = (): MasterTargetCarrier => ({
    kind: "masterTarget",
    masterTargetId: needed(servers.masterTarget, "masterTarget").id,
    processServerId: needed(servers.processServer, "processServer").id,
    retentionVolume: needed(servers.retentionVolume, "retentionVolume"),
    policyId: needed(servers.policyId, "policy"),
    ...account,
  });
  const classic = item.scenario === "VmwareToAzureClassic";
  return {
    verb: "reprotect",
    way: "toSite",
    target,
    carrier: classic ? byMasterTarget() : byAppliance(),
    datastoreName: needed(servers.datastore, "datastore"),
  };
}
