import { addressesOf, freeAddressBut, type Subnet, takenAddresses } from "../azure/networks.ts";
import type { Simulation } from "../simulation.ts";

interface SubnetAddresses {
  readonly taken: Set<string>;
  /** Goes on where the last search ended: what lies before is taken. */
  readonly candidates: Iterator<string, string>;
}

/** Addresses in use by the ids of their subnets, so that thousands of machines are quick to make. */
export type TakenAddresses = Map<string, SubnetAddresses>;

/** Finds an address in a subnet for a machine of the world, and notes that it is taken. */
export function takeAddress(
  simulation: Simulation,
  addresses: TakenAddresses,
  subnet: Subnet,
  wanted: string | undefined,
): string {
  let known = addresses.get(subnet.id);
  if (!known) {
    known = { taken: takenAddresses(simulation, subnet), candidates: addressesOf(subnet) };
    addresses.set(subnet.id, known);
  }
  const address = freeAddressBut(known.taken, subnet, wanted, known.candidates);
  known.taken.add(address);
  return address;
}
