import { machineIdIn } from "../../../azure/machines.ts";
import { findResource } from "../../../azure/resources.ts";
import { machineByDiscoveryId } from "../../../estate/find.ts";
import type { Answer } from "../../../http/answer.ts";
import type { Call } from "../../../http/route.ts";
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
  namedProcessServer,
  policyForItem,
  subnetOf,
  wantedDisks,
} from "../on-premises/enable-checks.ts";
import { newSiteItem } from "../on-premises/new-site-item.ts";

/** PUT of an item in the fabric of appliances: `InMageRcm` (recording V2A_RCMInMage.025). */
export function putRcmItem(call: Call, vault: Vault, source: Container): Answer {
  const { simulation } = call;
  checkInputKind(call, "InMageRcm", `the fabric '${source.fabricName}'`);
  const input = objectAt(call.body, "properties", "providerSpecificDetails") ?? {};
  const text = (field: string) => textAt(input, field);
  const policy = policyForItem(call, vault, "InMageRcm");
  const discoveryId = text("fabricDiscoveryMachineId") ?? "";
  const found = machineByDiscoveryId(simulation, discoveryId);
  if (found?.fabricName !== source.fabricName || found.machine.deleted)
    throw missingReference(`${DETAILS}.fabricDiscoveryMachineId`, discoveryId);
  const server = namedProcessServer(vault, source.fabricName, text("processServerId"));
  checkRunAsAccount(vault, source.fabricName, text("runAsAccountId"));
  checkMappedToAzure(vault, source, policy);
  checkResources(simulation, input, REFERENCES);
  const defaults = defaultDisk(call, input);
  const { machine } = found;
  const name = param(call, "item");
  const vmName = text("targetVmName") ?? machine.name;
  const resourceGroupId = text("targetResourceGroupId") ?? "";
  const disks = wantedDisks(simulation, machine, input, defaults);
  const subnetName = subnetOf(
    simulation,
    text("targetNetworkId"),
    text("targetSubnetName"),
    "targetSubnetName",
  );
  const testSubnetName =
    text("testNetworkId") === undefined
      ? null
      : subnetOf(simulation, text("testNetworkId"), text("testSubnetName"), "testSubnetName");
  const taken = findResource(simulation, machineIdIn(resourceGroupId, vmName)) !== undefined;
  return enableItem(call, vault, {
    name,
    source,
    machineId: discoveryId,
    machineName: machine.name,
    make: () =>
      newSiteItem(simulation, vault, {
        kind: "InMageRcm",
        name,
        source,
        policyName: policy.name,
        machine,
        discoveryId,
        processServerId: server.id,
        runAsAccountId: text("runAsAccountId") ?? null,
        masterTargetId: null,
        logStorageAccountId: [...disks.values()][0]?.logStorageAccountId ?? "",
        storageAccountId: null,
        disks,
        resourceGroupId,
        networkId: text("targetNetworkId") ?? null,
        subnetName,
        testNetworkId: text("testNetworkId") ?? null,
        testSubnetName,
        vmName,
        vmSize: text("targetVmSize") ?? null,
        availabilitySetId: text("targetAvailabilitySetId") ?? null,
        availabilityZone: text("targetAvailabilityZone") ?? null,
        proximityPlacementGroupId: text("targetProximityPlacementGroupId") ?? null,
        bootDiagnosticsStorageAccountId: text("targetBootDiagnosticsStorageAccountId") ?? null,
        licenseType: text("licenseType") ?? "NotSpecified",
        enableRdpOnTargetOption: "Never",
        multiVmGroupName: text("multiVmGroupName") ?? "",
        multiVmGroupId: undefined,
      }),
    ...(taken && {
      warning: {
        code: "310024",
        message: `The name provided for the virtual machine '${vmName}' is unavailable.`,
      },
    }),
  });
}

const REFERENCES = [
  "targetResourceGroupId",
  "targetNetworkId",
  "testNetworkId",
  "targetAvailabilitySetId",
  "targetProximityPlacementGroupId",
  "targetBootDiagnosticsStorageAccountId",
];

function defaultDisk(call: Call, input: JsonObject) {
  const account = textAt(input, "disksDefault", "logStorageAccountId");
  if (account === undefined) return undefined;
  if (!findResource(call.simulation, account))
    throw missingReference(`${DETAILS}.disksDefault.logStorageAccountId`, account);
  return {
    logStorageAccountId: account,
    diskType: textAt(input, "disksDefault", "diskType") ?? "Premium_LRS",
    encryptionSetId: textAt(input, "disksDefault", "diskEncryptionSetId") ?? null,
  };
}
