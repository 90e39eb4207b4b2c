import type { NicFacts, TargetFacts } from "../../../recovery/model.ts";
import { textOf, truthOf, type Wire, wiresOf } from "./wire.ts";

/** True when the id, given by a user or read, means this interface: its ARM id, the service's guid or a hardware address. */
export function isNic(nic: Wire, id: string): boolean {
  const wanted = id.toLowerCase();
  return ["sourceNicArmId", "nicId", "macAddress"]
    .map((name) => textOf(nic, name))
    .some((each) => each !== "" && each.toLowerCase() === wanted);
}

/** The address that counts: the primary one, else the first. */
export function primaryIpConfig(nic: Wire): Wire {
  const configs = wiresOf(nic, "ipConfigs");
  return configs.find((each) => truthOf(each, "isPrimary")) ?? configs[0] ?? {};
}

/**
 * The interfaces of an item; the first is primary unless another says so. Interfaces that name no network
 * of their own have that of the machine.
 */
export function nicFacts(
  nics: readonly Wire[],
  machine: Pick<TargetFacts, "networkId" | "testNetworkId"> = { networkId: "", testNetworkId: "" },
): readonly NicFacts[] {
  const marked = nics.some((nic) => truthOf(nic, "isPrimaryNic"));
  return nics.map((nic, index) => {
    const address = primaryIpConfig(nic);
    return {
      nicId: textOf(nic, "sourceNicArmId", "nicId", "macAddress"),
      sourceNetworkId: textOf(nic, "vMNetworkName", "sourceNetworkId", "networkName"),
      sourceSubnetName:
        textOf(address, "subnetName") || textOf(nic, "vMSubnetName", "sourceSubnetName"),
      sourceAddress:
        textOf(address, "staticIPAddress") ||
        textOf(nic, "primaryNicStaticIPAddress", "sourceIPAddress", "sourceIpAddress"),
      recoveryNetworkId: textOf(nic, "recoveryVMNetworkId") || machine.networkId,
      recoverySubnetName:
        textOf(address, "recoverySubnetName") ||
        textOf(nic, "recoveryVMSubnetName", "targetSubnetName"),
      recoveryAddress:
        textOf(address, "recoveryStaticIPAddress") ||
        textOf(nic, "replicaNicStaticIPAddress", "targetIPAddress"),
      testNetworkId: textOf(nic, "tfoVMNetworkId") || machine.testNetworkId,
      testSubnetName: textOf(address, "tfoSubnetName") || textOf(nic, "testSubnetName"),
      testAddress: textOf(address, "tfoStaticIPAddress") || textOf(nic, "testIPAddress"),
      primary: marked ? truthOf(nic, "isPrimaryNic") : index === 0,
    };
  });
}
