import type {
  ReverseReplicationInput,
  ReverseReplicationProviderSpecificInputUnion,
  SwitchProtectionInput,
} from "@azure/arm-recoveryservices-siterecovery";
import { optional } from "../facts/wire.ts";
import type {
  ReprotectRequest,
  ReprotectToAzure,
  ReprotectToRegion,
  ReprotectToSite,
} from "../verb-request.ts";
import { managedDisks } from "./item.ts";
import type { VerbCall } from "./verb.ts";
import { reverseReplicationBody } from "./verb-hyper-v.ts";

/** Azure's temporary disk stays in Azure. */
const withoutTemporaryDisk = {
  volumeOptions: [{ volumeLabel: "Temporary Storage", onlyExcludeIfSingleVolume: "Yes" }],
};

/** The call for a reprotect: between regions on the container, for everything of a site on the item. */
export function reprotectCall(request: ReprotectRequest): VerbCall {
  const { item } = request.target;
  if (request.way === "toRegion") {
    // Region to region is switched on the container that the item lies in now.
    return {
      path: `${item.primary.containerId}/switchprotection`,
      body: switchProtectionBody(item.name, request),
    };
  }
  return { path: `${item.armId}/reProtect`, body: onItemBody(request) };
}

function onItemBody(request: Exclude<ReprotectRequest, ReprotectToRegion>): object {
  const { item } = request.target;
  switch (request.way) {
    case "toSite":
      return toSiteBody(request);
    case "toAzure":
      return toAzureBody(item.scenario, request);
    case "reverse":
      return reverseReplicationBody(item, request);
  }
}

function toSiteBody({ carrier, datastoreName }: ReprotectToSite): ReverseReplicationInput {
  const details: ReverseReplicationProviderSpecificInputUnion =
    carrier.kind === "appliance"
      ? {
          instanceType: "InMageRcm",
          reprotectAgentId: carrier.applianceId,
          datastoreName,
          logStorageAccountId: carrier.logStorageAccountId,
          ...optional("policyId", carrier.policyId),
        }
      : {
          instanceType: "InMage",
          masterTargetId: carrier.masterTargetId,
          processServerId: carrier.processServerId,
          retentionDrive: carrier.retentionVolume,
          ...optional("runAsAccountId", carrier.runAsAccountId),
          datastoreName,
          diskExclusionInput: withoutTemporaryDisk,
          profileId: carrier.policyId,
        };
  return {
    properties: { failoverDirection: "RecoveryToPrimary", providerSpecificDetails: details },
  };
}

function toAzureBody(scenario: string, request: ReprotectToAzure): ReverseReplicationInput {
  const { processServerId, policyId } = request;
  const account = optional("runAsAccountId", request.runAsAccountId);
  if (scenario !== "VmwareToAzureClassic") {
    // Recorded without a direction.
    return {
      properties: {
        providerSpecificDetails: {
          instanceType: "InMageRcmFailback",
          processServerId,
          ...account,
          policyId,
        },
      },
    };
  }
  return {
    properties: {
      failoverDirection: "RecoveryToPrimary",
      providerSpecificDetails: {
        instanceType: "InMageAzureV2",
        // Towards Azure the process server is its own master target.
        masterTargetId: processServerId,
        processServerId,
        ...account,
        policyId,
        ...optional("logStorageAccountId", request.logStorageAccountId),
      },
    },
  };
}

function switchProtectionBody(itemName: string, request: ReprotectToRegion): SwitchProtectionInput {
  return {
    properties: {
      replicationProtectedItemName: itemName,
      providerSpecificDetails: {
        instanceType: "A2A",
        recoveryContainerId: request.recoveryContainerId,
        policyId: request.policyId,
        recoveryResourceGroupId: request.recoveryResourceGroupId,
        ...optional("recoveryAvailabilitySetId", request.recoveryAvailabilitySetId),
        ...optional("recoveryAvailabilityZone", request.recoveryAvailabilityZone),
        ...optional("recoveryProximityPlacementGroupId", request.recoveryProximityPlacementGroupId),
        ...optional("recoveryBootDiagStorageAccountId", request.bootDiagnosticsStorageAccountId),
        vmManagedDisks: managedDisks(request.disks),
      },
    },
  };
}
