import { machineByProtectableItem } from "../../../estate/find.ts";
import type { Answer } from "../../../http/answer.ts";
import type { Call } from "../../../http/route.ts";
import { nameOf } from "../../../state/identifiers.ts";
import { type JsonObject, objectAt, textAt } from "../../../state/json.ts";
import type { Container, Vault } from "../../../state/model.ts";
import { missingReference, param } from "../../vault/find.ts";
import { enableItem } from "../enable-item.ts";
import { checkInputKind } from "../input-kind.ts";
import {
  checkMappedToAzure,
  checkResources,
  checkRunAsAccount,
  DETAILS,
  invalid,
  namedProcessServer,
  policyForItem,
  subnetOf,
  wantedDisks,
} from "../on-premises/enable-checks.ts";
import { newSiteItem } from "../on-premises/new-site-item.ts";
import { processServersOf } from "../on-premises/source-machine.ts";

/** PUT of an item in the fabric of a configuration server: `InMageAzureV2`, also of a physical server. */
export function putClassicItem(call: Call, vault: Vault, source: Container): Answer {
  const { simulation } = call;
  checkInputKind(call, "InMageAzureV2", `the fabric '${source.fabricName}'`);
  const input = objectAt(call.body, "properties", "providerSpecificDetails") ?? {};
  const text = (field: string) => textAt(input, field);
  const policy = policyForItem(call, vault, "InMageAzureV2");
  const discoveryId = textAt(call.body, "properties", "protectableItemId") ?? "";
  const found = machineByProtectableItem(simulation, vault, discoveryId);
  if (found?.fabricName !== source.fabricName)
    throw missingReference("properties.protectableItemId", discoveryId);
  const given = text("processServerId");
  const server =
    given === undefined
      ? processServersOf(vault, source.fabricName)[0]
      : namedProcessServer(vault, source.fabricName, given);
  if (!server) throw missingReference(`${DETAILS}.processServerId`, "");
  checkRunAsAccount(vault, source.fabricName, text("runAsAccountId"));
  checkMappedToAzure(vault, source, policy);
  checkResources(simulation, input, REFERENCES);
  const resourceGroupId = text("targetAzureV2ResourceGroupId");
  if (resourceGroupId === undefined) {
    throw invalid(
      `The field '${DETAILS}.targetAzureV2ResourceGroupId' is required.`,
      "Give the resource group in which the machine is to be recovered.",
    );
  }
  const defaults = defaultDisk(input);
  const { machine } = found;
  const name = param(call, "item");
  const disks = wantedDisks(simulation, machine, input, defaults);
  const networkId = text("targetAzureNetworkId");
  const subnet = text("targetAzureSubnetId");
  const subnetName = subnetOf(
    simulation,
    networkId,
    subnet === undefined ? undefined : nameOf(subnet),
    "targetAzureSubnetId",
  );
  return enableItem(call, vault, {
    name,
    source,
    machineId: discoveryId,
    machineName: machine.name,
    make: () =>
      newSiteItem(simulation, vault, {
        kind: "InMageAzureV2",
        name,
        source,
        policyName: policy.name,
        machine,
        discoveryId,
        processServerId: server.id,
        runAsAccountId: text("runAsAccountId") ?? null,
        masterTargetId: text("masterTargetId") ?? null,
        logStorageAccountId: [...disks.values()][0]?.logStorageAccountId ?? "",
        storageAccountId: text("storageAccountId") ?? null,
        disks,
        resourceGroupId,
        networkId: networkId ?? null,
        subnetName,
        testNetworkId: null,
        testSubnetName: null,
        vmName: text("targetAzureVmName") ?? machine.name,
        vmSize: text("targetVmSize") ?? null,
        availabilitySetId: text("targetAvailabilitySetId") ?? null,
        availabilityZone: text("targetAvailabilityZone") ?? null,
        proximityPlacementGroupId: text("targetProximityPlacementGroupId") ?? null,
        bootDiagnosticsStorageAccountId: null,
        licenseType: text("licenseType") ?? "NotSpecified",
        enableRdpOnTargetOption: text("enableRdpOnTargetOption") ?? "Never",
        multiVmGroupName: text("multiVmGroupName") ?? "",
        multiVmGroupId: text("multiVmGroupId"),
      }),
  });
}

const REFERENCES = [
  "targetAzureV2ResourceGroupId",
  "targetAzureNetworkId",
  "targetAvailabilitySetId",
  "targetProximityPlacementGroupId",
  "storageAccountId",
  "logStorageAccountId",
];

/** One log account for all disks; with unmanaged disks the storage account itself (CH-CLASSIC-ACCOUNTS). */
function defaultDisk(input: JsonObject) {
  const account = textAt(input, "logStorageAccountId") ?? textAt(input, "storageAccountId");
  if (account === undefined) return undefined;
  return {
    logStorageAccountId: account,
    diskType: textAt(input, "diskType") ?? "Premium_LRS",
    encryptionSetId: textAt(input, "diskEncryptionSetId") ?? null,
  };
}
