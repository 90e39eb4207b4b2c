import { conditionOf } from "../azure/machines.ts";
import { findResource } from "../azure/resources.ts";
import { type Answer, ok } from "../http/answer.ts";
import { noteSource, noteSources } from "../recovery/items/source.ts";
import { itemId } from "../recovery/vault/find.ts";
import type { Simulation } from "../simulation.ts";
import { sameId } from "../state/identifiers.ts";
import { type JsonObject, numberAt, textAt, valueAt } from "../state/json.ts";
import { missing, oneOf, refused } from "./admin-input.ts";

/** Changes how a machine behaves: its shutdown, its agent, what it writes. */
export function setMachine(simulation: Simulation, body: JsonObject): Answer {
  const id = textAt(body, "id") ?? "";
  if (!findResource(simulation, id)) throw missing(`There is no machine '${id}'.`);
  const condition = conditionOf(simulation, id);
  condition.sourceShutdown =
    oneOf(body, "sourceShutdown", ["works", "fails"]) ?? condition.sourceShutdown;
  const agent = oneOf(body, "agent", ["reports", "silent"]);
  if (agent !== undefined) condition.agent = agent;
  const agentVersion = oneOf(body, "agentVersion", ["current", "outdated"]);
  if (agentVersion !== undefined) condition.agentVersion = agentVersion;
  const churn = numberAt(body, "churnMiBPerSecond");
  if (churn !== undefined && churn < 0) throw refused("churnMiBPerSecond must not be below 0.");
  if (churn !== undefined) condition.churnMiBPerSecond = churn;
  simulation.changed = true;
  noteSources(simulation);
  return ok({ ...condition });
}

/** Makes a resynchronization of an item due, or no longer due (CH-RESYNC). */
export function setItem(simulation: Simulation, body: JsonObject): Answer {
  const id = textAt(body, "id") ?? "";
  for (const vault of Object.values(simulation.state.vaults)) {
    for (const item of Object.values(vault.items)) {
      if (!sameId(itemId(vault, item), id)) continue;
      const due = valueAt(body, "resyncRequired");
      if (typeof due !== "boolean") throw refused("resyncRequired must be true or false.");
      item.replication.resyncRequired = due;
      noteSource(simulation, vault, item);
      simulation.changed = true;
      return ok({ id: itemId(vault, item), resyncRequired: due });
    }
  }
  throw missing(`There is no protected item '${id}'.`);
}
