import { parentOf } from "../../inputs/vault-object.ts";
import { nameOf, sameId } from "../../recovery/identity.ts";
import { hasUnknown } from "../../unknown.ts";
import { isRegistering } from "../hyper-v/registration.ts";
import { isCalled } from "../hyper-v/site-agents.ts";
import type { ItemSurroundings } from "./item-kind.ts";

/**
 * True when this very run makes the machine known to its site, so that nobody can find it yet: as a physical
 * server of its name, by a vCenter that the site does not have so far, or by a Hyper-V host that has still to
 * register.
 */
export async function willBeDiscovered({
  context,
  vault,
  inputs,
  fabric,
}: ItemSurroundings): Promise<boolean> {
  const { declared } = context;
  if (fabric !== undefined && isRegistering(context, fabric)) return true;
  if (declared.has(`${inputs.container}/physicalServers/${inputs.machine}`.toLowerCase())) {
    return true;
  }
  // A host of a Hyper-V site that this run waits for brings machines of its own.
  const host = `${parentOf(inputs.container)}/hyperVHosts/`.toLowerCase();
  const hosts = [...declared].filter((id) => id.startsWith(host));
  if (hosts.length > 0) return await isComing(hosts, { context, vault, inputs });
  const start = `${parentOf(inputs.container)}/replicationvCenters/`.toLowerCase();
  const added = [...declared].filter((id) => id.startsWith(start));
  if (added.length === 0) return false;
  const known = await vault.onPremises.vcenters(context);
  return added.some((id) => !known.some((each) => sameId(each.id, id)));
}

async function isComing(
  hosts: readonly string[],
  { context, vault }: Pick<ItemSurroundings, "context" | "vault" | "inputs">,
): Promise<boolean> {
  const agents = await vault.hyperV.providers(context);
  return hosts.some((id) => !agents.some((each) => isCalled(each, nameOf(id))));
}

/** True when the process server that is named is made by this very run and registers itself only then. */
export function isServerDeclared({ context, inputs }: ItemSurroundings): boolean {
  const { processServer, container } = inputs;
  if (!processServer || hasUnknown(processServer)) return false;
  const id = `${parentOf(container)}/processServers/${processServer}`;
  return context.declared.has(id.toLowerCase());
}
