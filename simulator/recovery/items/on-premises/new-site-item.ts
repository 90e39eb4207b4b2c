import { guidOf, newGuid, type Simulation } from "../../../simulation.ts";
import type { EstateMachine } from "../../../state/estate-model.ts";
import type { Container, Vault } from "../../../state/model.ts";
import { MICROSOFT_AZURE } from "../../vault/find.ts";
import { AGENT_CERTIFICATE_MS, type ProtectedItem } from "../item.ts";
import { groupIdOf, notReplicating, UNTOUCHED } from "../new-item.ts";
import {
  firstLocationOf,
  protectSiteDisk,
  protectSiteNic,
  type SiteDiskTarget,
  sizeFor,
} from "./describe-site-machine.ts";

/** The network that interfaces of machines on premises are told to be in. */
const SITE_NETWORK = "VM Network";

/** What protects a machine of a site: the parts of a request of either generation, and of a world file. */
export interface SiteEnableRequest {
  readonly kind: "InMageRcm" | "InMageAzureV2";
  readonly name: string;
  readonly source: Container;
  readonly policyName: string;
  readonly machine: EstateMachine;
  readonly discoveryId: string;
  readonly processServerId: string;
  readonly runAsAccountId: string | null;
  readonly masterTargetId: string | null;
  readonly logStorageAccountId: string;
  readonly storageAccountId: string | null;
  /** Disks by their ids; others of the machine are not replicated. */
  readonly disks: ReadonlyMap<string, Omit<SiteDiskTarget, "resourceGroupId">>;
  readonly resourceGroupId: string;
  readonly networkId: string | null;
  readonly subnetName: string | null;
  readonly testNetworkId: string | null;
  readonly testSubnetName: string | null;
  readonly vmName: string;
  readonly vmSize: string | null;
  readonly availabilitySetId: string | null;
  readonly availabilityZone: string | null;
  readonly proximityPlacementGroupId: string | null;
  readonly bootDiagnosticsStorageAccountId: string | null;
  readonly licenseType: string;
  readonly enableRdpOnTargetOption: string;
  readonly multiVmGroupName: string;
  readonly multiVmGroupId: string | undefined;
}

/** Makes the item of a machine of a site, not yet replicating and not yet in the vault. */
export function newSiteItem(
  simulation: Simulation,
  vault: Vault,
  request: SiteEnableRequest,
): ProtectedItem {
  const { machine, source, vmName } = request;
  const lifecycleId = newGuid(simulation);
  const targetLocation = firstLocationOf(simulation, [request.networkId, request.resourceGroupId]);
  return {
    name: request.name,
    kind: request.kind,
    lifecycleId,
    fabricName: source.fabricName,
    containerName: source.name,
    recoveryFabricName: MICROSOFT_AZURE,
    recoveryContainerName: MICROSOFT_AZURE,
    policyName: request.policyName,
    friendlyName: machine.name,
    ...UNTOUCHED,
    replication: notReplicating(),
    eventCorrelationId: newGuid(simulation),
    machineId: request.discoveryId,
    osType: machine.osType,
    generation: "V1",
    managementId: guidOf(simulation, "management", lifecycleId, machine.key),
    multiVmGroupId:
      request.multiVmGroupId ?? groupIdOf(simulation, vault, request.multiVmGroupName, lifecycleId),
    multiVmGroupName: request.multiVmGroupName,
    initialPrimaryLocation: "",
    initialPrimaryZone: "",
    initialRecoveryLocation: targetLocation,
    initialRecoveryZone: request.availabilityZone ?? "",
    primaryZone: null,
    autoProtectionOfDataDisk: "Disabled",
    certificateExpiresAt: simulation.now + AGENT_CERTIFICATE_MS,
    disks: machine.disks.flatMap((disk) => {
      const target = request.disks.get(disk.id);
      if (!target) return [];
      const { resourceGroupId } = request;
      return [protectSiteDisk(simulation, machine, disk, { ...target, resourceGroupId })];
    }),
    nics: [
      protectSiteNic(
        {
          nicId: machine.macAddress,
          networkId: SITE_NETWORK,
          address: machine.address,
          addressType: "Static",
        },
        request,
      ),
    ],
    recovery: {
      vmName,
      vmSize: request.vmSize ?? sizeFor(machine),
      resourceGroupId: request.resourceGroupId,
      networkId: request.networkId,
      tfoNetworkId: request.testNetworkId,
      tfoVmName: `${vmName}-test`,
      cloudServiceId: null,
      availabilitySetId: request.availabilitySetId,
      availabilityZone: request.availabilityZone,
      proximityPlacementGroupId: request.proximityPlacementGroupId,
      scaleSetId: null,
      capacityReservationGroupId: null,
      bootDiagnosticsStorageAccountId: request.bootDiagnosticsStorageAccountId,
    },
    onPremises: {
      machine: machine.key,
      discoveryId: request.discoveryId,
      internalIdentifier: guidOf(simulation, "internal", lifecycleId, 0),
      processServerId: request.processServerId,
      runAsAccountId: request.runAsAccountId,
      masterTargetId: request.masterTargetId,
      reprotectAgentId: null,
      logStorageAccountId: request.logStorageAccountId,
      storageAccountId: request.storageAccountId,
      datastoreName: null,
      retentionVolume: null,
      targetLocation,
      licenseType: request.licenseType,
      enableRdpOnTargetOption: request.enableRdpOnTargetOption,
      lastUsedPolicyName: null,
      bootedAt: null,
      lastPlannedFailover: null,
      isOneWay: isOneWay(machine),
      pointForgotten: false,
    },
  };
}

/** Instances of AWS are migrated only, and a physical Windows Server 2008 R2 cannot come back. */
function isOneWay({ vcenter, discoveryType = "", osVersion }: EstateMachine): boolean {
  return vcenter === null && (/aws/i.test(discoveryType) || /2008 R2/i.test(osVersion));
}
