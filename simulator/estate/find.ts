import { containerId } from "../recovery/vault/find.ts";
import { guidOf, type Simulation } from "../simulation.ts";
import type {
  ApplianceSite,
  ConfigurationServer,
  EstateMachine,
  EstateVCenter,
} from "../state/estate-model.ts";
import { idKey, nameOf, sameId, segmentAfter } from "../state/identifiers.ts";
import type { Container, Vault } from "../state/model.ts";

/** The machine with that key (`vcenter/machine` or `physical/machine`), if there is one. */
export function estateMachine(
  simulation: Simulation,
  key: string | null | undefined,
): EstateMachine | undefined {
  return key ? simulation.state.estate.machines[key.toLowerCase()] : undefined;
}

/** The machines of that name, of all vCenters and physical ones. */
export function estateMachinesNamed(
  simulation: Simulation,
  name: string,
): readonly EstateMachine[] {
  return Object.values(simulation.state.estate.machines).filter(
    (machine) => machine.name.toLowerCase() === name.toLowerCase(),
  );
}

/** The vCenter of that name, if the world has one. */
export function estateVCenter(
  simulation: Simulation,
  name: string | null,
): EstateVCenter | undefined {
  return name === null ? undefined : simulation.state.estate.vcenters[name.toLowerCase()];
}

/** The configuration server that a fabric is; undefined for a fabric of another kind. */
export function configurationServerOf(
  vault: Vault,
  fabricName: string,
): ConfigurationServer | undefined {
  return vault.configurationServers[fabricName.toLowerCase()];
}

/** The appliances that a fabric is made of; undefined for a fabric of another kind. */
export function applianceSiteOf(vault: Vault, fabricName: string): ApplianceSite | undefined {
  return vault.applianceSites[fabricName.toLowerCase()];
}

/** The only container of an on-premises fabric. */
export function containerOfSite(vault: Vault, fabricName: string): Container | undefined {
  return Object.values(vault.containers).find(
    (container) => container.fabricName.toLowerCase() === fabricName.toLowerCase(),
  );
}

/** The machines a configuration server knows: those of vCenters it has discovered, and physical ones it was shown. */
export function machinesOfConfigurationServer(
  simulation: Simulation,
  vault: Vault,
  server: ConfigurationServer,
): readonly EstateMachine[] {
  const addresses = Object.values(vault.vcenters)
    .filter((each) => each.fabricName === server.fabricName && each.discoveredAt <= simulation.now)
    .map((each) => each.address.toLowerCase());
  return Object.values(simulation.state.estate.machines).filter((machine) => {
    if (machine.deleted) return false;
    const vcenter = estateVCenter(simulation, machine.vcenter);
    return vcenter
      ? addresses.includes(vcenter.address.toLowerCase())
      : server.discovered.includes(machine.key);
  });
}

/** The machines that the appliances of a site discover. */
export function machinesOfApplianceSite(
  simulation: Simulation,
  site: ApplianceSite,
): readonly EstateMachine[] {
  const vcenters = site.vcenters.map((name) => name.toLowerCase());
  return Object.values(simulation.state.estate.machines).filter((machine) =>
    machine.vcenter === null
      ? site.physicalServers.includes(machine.key)
      : vcenters.includes(machine.vcenter.toLowerCase()),
  );
}

/** The ARM id under which a site's appliances show a machine; physical servers lie in the server site. */
export function discoveryIdOf(
  simulation: Simulation,
  site: ApplianceSite,
  machine: EstateMachine,
): string {
  if (machine.vcenter === null) {
    const guid = guidOf(simulation, "server", site.physicalSiteId, machine.key);
    return `${site.physicalSiteId}/machines/${guid}`;
  }
  return `${site.vmwareSiteId}/machines/${machine.vcenter.toLowerCase()}_${machine.instanceUuid}`;
}

/** A machine that was found by an id, and where. */
export interface FoundMachine {
  readonly machine: EstateMachine;
  readonly vault: Vault;
  readonly fabricName: string;
}

/** The machine with that discovery id (`Microsoft.OffAzure`), in whatever vault's site it lies. */
export function machineByDiscoveryId(
  simulation: Simulation,
  id: string,
): (FoundMachine & { readonly site: ApplianceSite }) | undefined {
  for (const vault of Object.values(simulation.state.vaults)) {
    for (const site of Object.values(vault.applianceSites)) {
      const key = idKey(id);
      if (!key.startsWith(idKey(site.vmwareSiteId)) && !key.startsWith(idKey(site.physicalSiteId)))
        continue;
      const machine = machinesOfApplianceSite(simulation, site).find((each) =>
        sameId(discoveryIdOf(simulation, site, each), id),
      );
      if (machine) return { machine, vault, site, fabricName: site.fabricName };
    }
  }
  return undefined;
}

/** The name of the protectable item that a machine is in a container: a GUID. */
export function protectableItemName(
  simulation: Simulation,
  vault: Vault,
  container: Container,
  machine: EstateMachine,
): string {
  const id = containerId(vault, container.fabricName, container.name);
  return guidOf(simulation, "protectable", id, machine.key);
}

/** The ARM id of the protectable item that a machine is in a container. */
export function protectableItemIdOf(
  simulation: Simulation,
  vault: Vault,
  container: Container,
  machine: EstateMachine,
): string {
  const id = containerId(vault, container.fabricName, container.name);
  const name = protectableItemName(simulation, vault, container, machine);
  return `${id}/replicationProtectableItems/${name}`;
}

/** The machine of a configuration server that the ARM id of a protectable item of this vault leads to. */
export function machineByProtectableItem(
  simulation: Simulation,
  vault: Vault,
  id: string,
): (FoundMachine & { readonly server: ConfigurationServer }) | undefined {
  const server = configurationServerOf(vault, segmentAfter(id, "replicationFabrics") ?? "");
  const container = server && containerOfSite(vault, server.fabricName);
  if (!container) return undefined;
  const machine = machinesOfConfigurationServer(simulation, vault, server).find(
    (each) => protectableItemName(simulation, vault, container, each) === nameOf(id).toLowerCase(),
  );
  return machine && { machine, vault, server, fabricName: server.fabricName };
}
