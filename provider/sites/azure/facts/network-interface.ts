import type { NicFacts } from "../../../recovery/model.ts";
import { textOf, truthOf, type Wire, wiresOf } from "./wire.ts";

/** True when the id, given by a user or read, means this interface: its ARM id or the service's guid. */
export function isNic(nic: Wire, id: string): boolean {
  const wanted = id.toLowerCase();
  return [textOf(nic, "sourceNicArmId"), textOf(nic, "nicId")].some(
    (each) => each !== "" && each.toLowerCase() === wanted,
  );
}

/** The address that counts: the primary one, else the first. */
export function primaryIpConfig(nic: Wire): Wire {
  const configs = wiresOf(nic, "ipConfigs");
  return configs.find((each) => truthOf(each, "isPrimary")) ?? configs[0] ?? {};
}

/** The interfaces of an item; the first is primary unless another says so. */
export function nicFacts(nics: readonly Wire[]): readonly NicFacts[] {
  const marked = nics.some((nic) => truthOf(nic, "isPrimaryNic"));
  return nics.map((nic, index) => {
    const address = primaryIpConfig(nic);
    return {
      nicId: textOf(nic, "sourceNicArmId", "nicId"),
      sourceNetworkId: textOf(nic, "vMNetworkName", "sourceNetworkId"),
      sourceSubnetName: textOf(address, "subnetName") || textOf(nic, "vMSubnetName"),
      sourceAddress:
        textOf(address, "staticIPAddress") ||
        textOf(nic, "primaryNicStaticIPAddress", "sourceIPAddress"),
      recoveryNetworkId: textOf(nic, "recoveryVMNetworkId"),
      recoverySubnetName:
        textOf(address, "recoverySubnetName") ||
        textOf(nic, "recoveryVMSubnetName", "targetSubnetName"),
      recoveryAddress:
        textOf(address, "recoveryStaticIPAddress") ||
        textOf(nic, "replicaNicStaticIPAddress", "targetIPAddress"),
      testNetworkId: textOf(nic, "tfoVMNetworkId"),
      testSubnetName: textOf(address, "tfoSubnetName") || textOf(nic, "testSubnetName"),
      testAddress: textOf(address, "tfoStaticIPAddress") || textOf(nic, "testIPAddress"),
      primary: marked ? truthOf(nic, "isPrimaryNic") : index === 0,
    };
  });
}
