import { startJob } from "../recovery/jobs/run.ts";
import { containerKey, fabricId } from "../recovery/vault/find.ts";
import { guidOf, type Simulation, schedule } from "../simulation.ts";
import type { SiteServer } from "../state/estate-model.ts";
import type { HyperVHost, HyperVSite, VmmServer } from "../state/hyper-v-model.ts";
import type { Fabric, Vault } from "../state/model.ts";
import { type HYPER_V_SITE, VMM } from "./fabric-kinds.ts";
import { hyperVEstate, hyperVKey, hyperVSiteOf, vmmServerOf } from "./find.ts";

/** The registration time of a host whose site is not made. */
const NOT_YET: number = Number.MAX_SAFE_INTEGER;

/** The fabric of a Hyper-V site or of a VMM server. */
export function newHyperVFabric(
  simulation: Simulation,
  vault: Vault,
  name: string,
  instanceType: typeof HYPER_V_SITE | typeof VMM,
  friendlyName: string = name,
): Fabric {
  const internalIdentifier = guidOf(simulation, "fabric", fabricId(vault, name));
  return { name, instanceType, location: "", internalIdentifier, friendlyName };
}

/** The name of the only container of a Hyper-V site. */
export function hyperVContainerName({ internalIdentifier }: Fabric): string {
  return `cloud_${internalIdentifier}`;
}

/**
 * Puts a Hyper-V site into its vault, with its container; the hosts of the world's site register by and by. Of
 * hosts that do so at once in a world from its start there is no job.
 */
export function putHyperVSite(
  simulation: Simulation,
  vault: Vault,
  fabric: Fabric,
  { isStart = false }: { readonly isStart?: boolean } = {},
): void {
  simulation.changed = true;
  if (vault.fabrics[fabric.name.toLowerCase()]) return;
  vault.fabrics[fabric.name.toLowerCase()] = fabric;
  const name = hyperVContainerName(fabric);
  vault.containers[containerKey(fabric.name, name)] = {
    name,
    fabricName: fabric.name,
    friendlyName: fabric.name,
  };
  const { sites } = hyperVEstate(simulation);
  const key = hyperVKey(vault.name, fabric.name);
  const site: HyperVSite = sites[key] ?? { fabricName: fabric.name, vault: vault.name, hosts: [] };
  sites[key] = site;
  site.hosts = site.hosts.map((host) => ({
    ...host,
    registersAt: simulation.now + host.registersAfterMs,
  }));
  for (const { id, registersAfterMs } of site.hosts) {
    if (isStart && registersAfterMs === 0) continue;
    schedule(simulation, vault, "hyperVRegisters", fabric.name, registersAfterMs, { server: id });
  }
}

/** Puts the fabric of a VMM server into its vault, with a container for each cloud, as the server does by itself. */
export function putVmmServer(simulation: Simulation, vault: Vault, server: VmmServer): void {
  simulation.changed = true;
  const { fabricName, name, clouds } = server;
  vault.fabrics[fabricName.toLowerCase()] ??= newHyperVFabric(
    simulation,
    vault,
    fabricName,
    VMM,
    name,
  );
  for (const cloud of clouds) {
    vault.containers[containerKey(fabricName, cloud.id)] ??= {
      name: cloud.id,
      fabricName,
      friendlyName: cloud.name,
    };
  }
}

/** A host of a Hyper-V site, or a VMM server, registers in the vault: job RegisterDra (CH-HV-REGISTERS). */
export function registerHyperVServer(
  simulation: Simulation,
  vault: Vault,
  fabricName: string,
  serverId: string,
): void {
  const vmm = vmmServerOf(simulation, vault, fabricName);
  if (vmm) putVmmServer(simulation, vault, vmm);
  const hosts = hyperVSiteOf(simulation, vault, fabricName)?.hosts ?? [];
  const server = vmm ?? hosts.find(({ id }) => id === serverId);
  // A site that was removed meanwhile, or made again: its hosts register at another time.
  if (!server || server.registersAt !== simulation.now) return;
  startRegistration(simulation, vault, fabricName, server);
}

function startRegistration(
  simulation: Simulation,
  vault: Vault,
  fabricName: string,
  server: SiteServer,
): void {
  const id = fabricId(vault, fabricName);
  startJob(simulation, vault, {
    scenario: "RegisterDra",
    subject: { kind: "object", path: id.split("/") },
    targetObjectId: server.id,
    targetObjectName: server.name,
  });
}

/** A host of a site whose fabric nobody has made, or that was removed. */
export function unregisteredHost(host: HyperVHost): HyperVHost {
  return { ...host, registersAt: NOT_YET };
}
