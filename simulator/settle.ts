import { registerSite } from "./estate/register.ts";
import { registerHyperVServer } from "./hyper-v/register.ts";
import { advanceHyperVReplication } from "./recovery/items/hyper-v-replication/transitions.ts";
import type { ProtectionState } from "./recovery/items/item.ts";
import { advanceReplication } from "./recovery/items/replication.ts";
import { stepJob } from "./recovery/jobs/run.ts";
import type { Simulation } from "./simulation.ts";
import { numberAt, textAt, valueAt } from "./state/json.ts";
import type { Container, Fabric, Transition, Vault } from "./state/model.ts";

/** Lets everything happen that is due by the clock, in order of time, and takes the clock's time as now. */
export function settle(simulation: Simulation): void {
  const until = simulation.clock.now();
  for (;;) {
    const next = simulation.state.schedule[0];
    if (!next || next.at > until) break;
    simulation.state.schedule.shift();
    simulation.now = next.at;
    simulation.changed = true;
    const vault = simulation.state.vaults[next.vault];
    if (vault) happen(simulation, vault, next);
  }
  simulation.now = until;
}

function happen(simulation: Simulation, vault: Vault, transition: Transition): void {
  switch (transition.kind) {
    case "jobStep": {
      const job = vault.jobs[transition.subject];
      if (job) stepJob(simulation, vault, job);
      return;
    }
    case "siteRegisters": {
      const fabric = valueAt(transition.data, "fabric") as Fabric;
      registerSite(simulation, vault, fabric, valueAt(transition.data, "container") as Container);
      return;
    }
    case "hyperVRegisters": {
      const server = textAt(transition.data, "server") ?? "";
      registerHyperVServer(simulation, vault, transition.subject, server);
      return;
    }
    case "hyperVReplication":
      advanceHyperVReplication(simulation, vault, transition.subject, transition.data);
      return;
    case "itemReplication": {
      const state = textAt(transition.data, "protectionState") as ProtectionState;
      advanceReplication(
        simulation,
        vault,
        transition.subject,
        state,
        numberAt(transition.data, "startedAt") ?? 0,
      );
    }
  }
}
