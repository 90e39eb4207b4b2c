import type { Simulation } from "../simulation.ts";
import { idKey } from "../state/identifiers.ts";
import { type JsonObject, listAt, textAt } from "../state/json.ts";
import type { AzureResource } from "../state/model.ts";
import { NIC } from "./machines.ts";
import { findResource, storeResource } from "./resources.ts";

/** The virtual network type. */
export const NETWORK = "Microsoft.Network/virtualNetworks";

/** A subnet with its address range. */
export interface Subnet {
  readonly id: string;
  readonly name: string;
  /** CIDR notation. */
  readonly prefix: string;
}

/** The subnets of a virtual network. */
export function subnetsOf(network: AzureResource): readonly Subnet[] {
  return listAt(network.properties, "subnets").map((subnet) => ({
    id: textAt(subnet, "id") ?? "",
    name: textAt(subnet, "name") ?? "",
    prefix:
      textAt(subnet, "properties", "addressPrefix") ??
      String(listAt(subnet, "properties", "addressPrefixes")[0] ?? "10.0.0.0/24"),
  }));
}

/** Gives subnets of a PUT the ids and states they are read with. */
export function completeSubnets(networkId: string, properties: JsonObject): JsonObject {
  const subnets = listAt(properties, "subnets").map((subnet) => ({
    id: `${networkId}/subnets/${textAt(subnet, "name")}`,
    name: textAt(subnet, "name") ?? "",
    type: `${NETWORK}/subnets`,
    properties: {
      addressPrefix:
        textAt(subnet, "properties", "addressPrefix") ??
        String(listAt(subnet, "properties", "addressPrefixes")[0] ?? ""),
      provisioningState: "Succeeded",
    },
  }));
  return { ...properties, subnets };
}

/** The network a subnet id lies in. */
export function networkOfSubnet(subnetId: string): string {
  return subnetId.replace(/\/subnets\/[^/]+$/i, "");
}

/** Finds an address for a network interface: the wanted one if it lies in the subnet and is free, else the next free. */
export function freeAddress(
  simulation: Simulation,
  subnet: Subnet,
  wanted?: string | null,
): string {
  return freeAddressBut(takenAddresses(simulation, subnet), subnet, wanted);
}

/** The addresses that network interfaces have in a subnet. */
export function takenAddresses(simulation: Simulation, subnet: Subnet): Set<string> {
  const key = idKey(subnet.id);
  return new Set(
    Object.values(simulation.state.resources)
      .filter((resource) => resource.type === NIC)
      .flatMap((nic) => listAt(nic.properties, "ipConfigurations"))
      .filter(
        (configuration) => idKey(textAt(configuration, "properties", "subnet", "id") ?? "") === key,
      )
      .map((configuration) => textAt(configuration, "properties", "privateIPAddress") ?? ""),
  );
}

/** Finds an address as {@link freeAddress} does, where the taken ones are known. */
export function freeAddressBut(
  taken: ReadonlySet<string>,
  subnet: Subnet,
  wanted?: string | null,
  candidates: Iterator<string, string> = addressesOf(subnet),
): string {
  if (wanted && contains(subnet.prefix, wanted) && !taken.has(wanted)) return wanted;
  for (;;) {
    const { value, done } = candidates.next();
    if (done || !taken.has(value)) return value;
  }
}

/** The addresses of a subnet that machines may have, from the lowest; in the end the last one. */
export function* addressesOf({ prefix }: Subnet): Generator<string, string> {
  const [base = "10.0.0.0", bits = "24"] = prefix.split("/");
  const first = toNumber(base);
  const last = first + 2 ** (32 - Number(bits)) - 2;
  // Azure keeps the first four addresses of a subnet for itself.
  for (let address = first + 4; address <= last; address += 1) yield toText(address);
  return toText(last);
}

/** Tells whether an address lies in a range given in CIDR notation. */
export function contains(prefix: string, address: string): boolean {
  const [base = "", bits = "32"] = prefix.split("/");
  const size = 2 ** (32 - Number(bits));
  return Math.floor(toNumber(base) / size) === Math.floor(toNumber(address) / size);
}

function toNumber(address: string): number {
  return address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
}

function toText(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join(".");
}

/** One IP configuration of a network interface to be made. */
export interface NicConfiguration {
  readonly name: string;
  readonly subnet: Subnet;
  readonly isPrimary: boolean;
  readonly address: string;
  readonly allocation: string;
  readonly publicIpId: string | null;
}

/** Makes a network interface. */
export function buildNic(
  simulation: Simulation,
  nic: {
    id: string;
    location: string;
    configurations: readonly NicConfiguration[];
    securityGroupId: string | null;
    accelerated: boolean;
  },
): AzureResource {
  return storeResource(simulation, {
    id: nic.id,
    name: nic.id.split("/").at(-1) ?? "",
    type: NIC,
    location: nic.location,
    properties: {
      ipConfigurations: nic.configurations.map((configuration) => ({
        id: `${nic.id}/ipConfigurations/${configuration.name}`,
        name: configuration.name,
        properties: {
          primary: configuration.isPrimary,
          privateIPAddress: configuration.address,
          privateIPAllocationMethod: configuration.allocation,
          subnet: { id: configuration.subnet.id },
          ...(configuration.publicIpId !== null && {
            publicIPAddress: { id: configuration.publicIpId },
          }),
        },
      })),
      ...(nic.securityGroupId !== null && { networkSecurityGroup: { id: nic.securityGroupId } }),
      enableAcceleratedNetworking: nic.accelerated,
      provisioningState: "Succeeded",
    },
  });
}

/** The network with that id, if it exists. */
export function findNetwork(
  simulation: Simulation,
  id: string | null | undefined,
): AzureResource | undefined {
  const found = findResource(simulation, id);
  return found?.type === NETWORK ? found : undefined;
}
