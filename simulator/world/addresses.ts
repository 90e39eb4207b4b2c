import { freeAddressBut, type Subnet, takenAddresses } from "../azure/networks.ts";
import type { Simulation } from "../simulation.ts";

/** Addresses in use by the ids of their subnets, so that thousands of machines are quick to make. */
export type TakenAddresses = Map<string, Set<string>>;

/** Finds an address in a subnet for a machine of the world, and notes that it is taken. */
export function takeAddress(
  simulation: Simulation,
  addresses: TakenAddresses,
  subnet: Subnet,
  wanted: string | undefined,
): string {
  const taken = addresses.get(subnet.id) ?? takenAddresses(simulation, subnet);
  addresses.set(subnet.id, taken);
  const address = freeAddressBut(taken, subnet, wanted);
  taken.add(address);
  return address;
}
