import { guidOf, type Simulation } from "../../../simulation.ts";
import type { HyperVMachine } from "../../../state/hyper-v-model.ts";
import type { JsonObject } from "../../../state/json.ts";

/** The only network interface of a machine and of its replica, in the fields of recording H2A_E2A.040 (CH-VMM-BODY). */
export function nicOfMachine(
  simulation: Simulation,
  home: HyperVMachine,
  replica: HyperVMachine | undefined,
): JsonObject {
  return {
    nicId: guidOf(simulation, "nic", home.key),
    replicaNicId: replica ? guidOf(simulation, "nic", replica.key) : null,
    sourceNicArmId: null,
    vMNetworkName: home.network,
    recoveryVMNetworkId: replica ? replica.network : null,
    ipConfigs: [
      {
        name: null,
        isPrimary: true,
        subnetName: null,
        staticIPAddress: home.address === "" ? null : home.address,
        ipAddressType: home.address === "" ? "Dynamic" : "Static",
        isSeletedForFailover: true,
        recoverySubnetName: null,
        recoveryStaticIPAddress: "",
        recoveryIPAddressType: "Dynamic",
        recoveryPublicIPAddressId: null,
        recoveryLBBackendAddressPoolIds: null,
        tfoSubnetName: null,
        tfoStaticIPAddress: null,
        tfoPublicIPAddressId: null,
        tfoLBBackendAddressPoolIds: null,
      },
    ],
    selectionType: "SelectedByDefault",
    recoveryNetworkSecurityGroupId: null,
    enableAcceleratedNetworkingOnRecovery: null,
    tfoVMNetworkId: null,
    tfoNetworkSecurityGroupId: null,
    enableAcceleratedNetworkingOnTfo: null,
    recoveryNicName: null,
    recoveryNicResourceGroupName: null,
    reuseExistingNic: false,
    tfoRecoveryNicName: null,
    tfoRecoveryNicResourceGroupName: null,
    tfoReuseExistingNic: false,
    targetNicName: null,
  };
}
