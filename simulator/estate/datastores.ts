import type { Simulation } from "../simulation.ts";
import type { EstateDatastore, SiteServer } from "../state/estate-model.ts";
import { estateMachine, estateVCenter } from "./find.ts";

/** Types of datastores that a failback can write to; others are not listed. */
const USABLE = ["vmfs", "vsan"];

/**
 * The datastores that Azure sees through a server of a site: those of the host on which its machine lies.
 * None are seen while the vCenter's account may only read, VMware Tools do not run in the machine, or the
 * machine is off or not of a known vCenter (CH-DATASTORES).
 */
export function visibleDatastores(
  simulation: Simulation,
  server: SiteServer,
): readonly EstateDatastore[] {
  const machine = estateMachine(simulation, server.machine);
  const vcenter = estateVCenter(simulation, machine?.vcenter ?? null);
  if (!machine || machine.deleted || machine.power === "off" || !machine.toolsRunning) return [];
  if (vcenter?.account !== "readWrite") return [];
  const host = vcenter.hosts.find((each) => each.name === machine.host);
  return vcenter.datastores.filter(
    ({ name, type }) => host?.datastores.includes(name) && USABLE.includes(type.toLowerCase()),
  );
}
