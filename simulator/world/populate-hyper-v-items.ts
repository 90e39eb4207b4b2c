import { containerNamed, MICROSOFT_AZURE } from "../recovery/vault/find.ts";
import type { Simulation } from "../simulation.ts";
import type { Container, Vault } from "../state/model.ts";
import { lookUp } from "./look-up.ts";
import { type HyperVItemParts, populateHyperVItem } from "./populate-hyper-v-item.ts";
import { hyperVNameKey } from "./populate-hyper-v-machines.ts";
import { azureOf, checkName, type ItemSurroundings, networkOf } from "./populate-item-parts.ts";
import { WorldError } from "./read-world.ts";
import type { WorldItem } from "./world-document.ts";

interface Around extends ItemSurroundings {
  readonly source: Container;
  readonly policyName: string;
}

/** Makes the items of machines of a Hyper-V site or of a VMM cloud that are protected from the start. */
export function populateHyperVItems(
  simulation: Simulation,
  vault: Vault,
  world: WorldItem,
  around: Around,
): void {
  const { hyperV, locate, path, policyName, source } = around;
  if (!vault.fabrics[source.fabricName.toLowerCase()])
    throw new WorldError(
      `${locate([...path, "container"])} is of the fabric '${source.fabricName}', which is not there from the start.`,
    );
  const here = hyperVNameKey(source, "");
  const known = new Map(
    [...hyperV].flatMap(([key, machines]) =>
      key.startsWith(here) ? [[key.slice(here.length), machines] as const] : [],
    ),
  );
  const machines = lookUp(known, world.machine, "machine", locate, [...path, "machine"]);
  checkName(world, machines, locate, [...path, "name"]);
  const isToAzure = vault.policies[policyName.toLowerCase()]?.instanceType === "HyperVReplicaAzure";
  const network = world.network === undefined ? {} : networkOf(world, around);
  const parts: Omit<HyperVItemParts, "machine"> = {
    source,
    policyName,
    to: isToAzure ? { ...azureOf(world, around), ...network } : targetOf(vault, world, around),
  };
  for (const machine of machines)
    populateHyperVItem(simulation, vault, world, { ...parts, machine });
}

/** The second cloud: the one that is named, or that of the mapping with the item's policy. */
function targetOf(vault: Vault, world: WorldItem, around: Around): Container {
  const { containers, locate, path, policyName, source } = around;
  if (world.recoveryContainer !== undefined)
    return lookUp(containers, world.recoveryContainer, "container", locate, [
      ...path,
      "recoveryContainer",
    ]);
  const mapping = Object.values(vault.mappings).find(
    (each) =>
      each.fabricName === source.fabricName &&
      each.containerName === source.name &&
      each.policyName === policyName &&
      each.targetFabricName !== MICROSOFT_AZURE,
  );
  if (!mapping) throw new WorldError(`${locate(path)} lacks the field 'recoveryContainer'.`);
  return containerNamed(vault, mapping.targetFabricName, mapping.targetContainerName);
}
