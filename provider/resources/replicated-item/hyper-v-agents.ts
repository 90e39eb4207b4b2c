import type { CheckFailure } from "../../handler.ts";
import { parentOf } from "../../inputs/vault-object.ts";
import type { SiteProviderFacts } from "../../recovery/hyper-v.ts";
import { nameOf, sameId } from "../../recovery/identity.ts";
import { agentObstacles } from "../hyper-v/site-agents.ts";
import type { HyperVMachine } from "./hyper-v-machine.ts";
import type { ItemSurroundings } from "./item-kind.ts";

/**
 * What speaks against the agents through which a machine would be protected: none is registered, the machine's own
 * is silent. Others of the site that are silent are warned of.
 */
export async function agentProblems(
  at: ItemSurroundings,
  machine: HyperVMachine | undefined,
): Promise<readonly CheckFailure[]> {
  const { context, site, vault, fabric } = at;
  if (fabric === undefined) return [];
  const agents = (await vault.hyperV.providers(context)).filter((each) =>
    sameId(each.fabricName, fabric.name),
  );
  const name = fabric.friendlyName || fabric.name;
  if (agents.length === 0) {
    if (isHostDeclared(at)) return [];
    const reason = `no host of ${name} is registered. Run the provider's set-up on one with the registration key of the vault (valid for 5 days), and declare a HyperVHost or VmmServer to wait for it. [HV-CONNECTED]`;
    return [{ path: "container", reason }];
  }
  const now = site.now(context);
  const own = agents.length === 1 ? agents[0] : agents.find((each) => isAgentOf(each, machine));
  const failures: CheckFailure[] = [];
  for (const agent of agents) {
    for (const { text } of agentObstacles(agent, now)) {
      if (agent === own) {
        const reason = `cannot be protected through ${agent.friendlyName}: ${text}`;
        failures.push({ path: "machine", reason });
      } else {
        context.log.warn(`${name}: of its host ${agent.friendlyName} is to be known that ${text}`);
      }
    }
  }
  return failures;
}

/** Machines name their agent by an id that ends in the agent's guid. */
function isAgentOf(agent: SiteProviderFacts, machine: HyperVMachine | undefined): boolean {
  const { providerId } = machine ?? {};
  if (providerId === undefined) return false;
  const end = nameOf(providerId);
  return sameId(agent.id, providerId) || sameId(agent.name, end) || sameId(agent.identifier, end);
}

/** True when a host of the site is waited for by this very run. */
function isHostDeclared({ context, inputs }: ItemSurroundings): boolean {
  const start = `${parentOf(inputs.container)}/hyperVHosts/`.toLowerCase();
  return [...context.declared].some((id) => id.startsWith(start));
}
