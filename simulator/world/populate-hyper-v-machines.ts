import { newHyperVMachine } from "../hyper-v/new-machine.ts";
import type { SiteServer } from "../state/estate-model.ts";
import type { HyperVMachine, StorageClassification, VmNetwork } from "../state/hyper-v-model.ts";
import type { Container } from "../state/model.ts";
import type { WorldHyperVMachine } from "./hyper-v-document.ts";
import { lookUp } from "./look-up.ts";
import type { Surroundings } from "./populate-sites.ts";
import { WorldError } from "./read-world.ts";

/** Where machines of a Hyper-V site or of a cloud lie. */
export interface HyperVHome {
  readonly container: Container;
  readonly hosts: readonly SiteServer[];
  /** Those of its VMM server; undefined in a Hyper-V site, whose virtual switches are not described. */
  readonly networks: readonly VmNetwork[] | undefined;
  readonly classifications: readonly StorageClassification[] | undefined;
}

/** The key of a machine's name in a container, for references of the document. */
export function hyperVNameKey({ fabricName, name }: Container, machine: string): string {
  return `${fabricName}/${name}/${machine}`.toLowerCase();
}

/** Makes the machines of a Hyper-V site or of a cloud, and notes them by their names. */
export function populateHyperVMachines(
  around: Surroundings,
  names: Map<string, readonly HyperVMachine[]>,
  machines: readonly WorldHyperVMachine[],
  home: HyperVHome,
  path: readonly (string | number)[],
): void {
  for (const [number, world] of machines.entries()) {
    const at = [...path, "machines", number];
    const made = populateMachines(around, world, home, at);
    const key = hyperVNameKey(home.container, world.name);
    names.set(key, [...(names.get(key) ?? []), ...made]);
    const host = made[0]?.host;
    if (host) names.set(hyperVNameKey(home.container, `${host}/${world.name}`), made);
  }
}

function populateMachines(
  around: Surroundings,
  world: WorldHyperVMachine,
  home: HyperVHome,
  path: readonly (string | number)[],
): readonly HyperVMachine[] {
  const { simulation, vault, locate } = around;
  const one = <T extends { readonly name: string }>(
    field: "host" | "network" | "storageClassification",
    known: readonly T[] | undefined,
  ): string => {
    const given = world[field];
    if (known === undefined) return given ?? "";
    if (given === undefined) return known[0]?.name ?? "";
    const byName = new Map(known.map((each) => [each.name.toLowerCase(), each.name]));
    return lookUp(byName, given, field, locate, [...path, field]);
  };
  const osType = world.os ?? "Windows";
  const digits = String(world.count ?? 1).length;
  return Array.from({ length: world.count ?? 1 }, (_, number) => {
    const suffix = world.count === undefined ? "" : String(number + 1).padStart(digits, "0");
    const name = `${world.name}${suffix}`;
    const made = newHyperVMachine(simulation, {
      name,
      vault: vault.name,
      fabricName: home.container.fabricName,
      containerName: home.container.name,
      host: one("host", home.hosts) || null,
      osType,
      osVersion: world.osVersion ?? (osType === "Windows" ? "Windows Server 2019" : "Ubuntu 22.04"),
      generation: world.generation === 2 ? "2" : "1",
      memoryMiB: world.memoryMiB ?? 4096,
      processors: world.processors ?? 2,
      address: addressOf(world, number),
      network: one("network", home.networks),
      storageClassification: one("storageClassification", home.classifications),
      disks: (world.disks ?? [{ sizeGiB: 64 }]).map((disk, index) => ({
        sizeMiB: disk.sizeGiB * 1024,
        // As recorded: the first disk often bears the machine's name.
        name:
          ("name" in disk ? disk.name : undefined) ??
          (index === 0 ? name : `${name}_disk_${index}`),
      })),
      power: world.power ?? "on",
      shutdown: world.shutdown ?? "works",
      churnMiBPerSecond: world.churnMiBPerSecond ?? 0,
    });
    if (made) return made;
    throw new WorldError(`${locate(path)} is there a second time on its host.`);
  });
}

/** Addresses of further machines follow the first one's; by DHCP none is told. */
function addressOf({ address }: WorldHyperVMachine, number: number): string {
  if (address === undefined) return "";
  const next = address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0) + number;
  return [24, 16, 8, 0].map((shift) => Math.floor(next / 2 ** shift) % 256).join(".");
}
