import { parentOf } from "../../inputs/vault-object.ts";
import { sameId } from "../../recovery/identity.ts";
import { hasUnknown } from "../../unknown.ts";
import type { ItemSurroundings } from "./item-kind.ts";

/**
 * True when this very run makes the machine known to its site, so that nobody can find it yet: as a physical
 * server of its name, or by a vCenter that the site does not have so far.
 */
export async function willBeDiscovered({
  context,
  vault,
  inputs,
}: ItemSurroundings): Promise<boolean> {
  const { declared } = context;
  if (declared.has(`${inputs.container}/physicalServers/${inputs.machine}`.toLowerCase())) {
    return true;
  }
  const start = `${parentOf(inputs.container)}/replicationvCenters/`.toLowerCase();
  const added = [...declared].filter((id) => id.startsWith(start));
  if (added.length === 0) return false;
  const known = await vault.onPremises.vcenters(context);
  return added.some((id) => !known.some((each) => sameId(each.id, id)));
}

/** True when the process server that is named is made by this very run and registers itself only then. */
export function isServerDeclared({ context, inputs }: ItemSurroundings): boolean {
  const { processServer, container } = inputs;
  if (!processServer || hasUnknown(processServer)) return false;
  const id = `${parentOf(container)}/processServers/${processServer}`;
  return context.declared.has(id.toLowerCase());
}
