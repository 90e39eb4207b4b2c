import type { Simulation } from "../../../simulation.ts";
import type { Vault } from "../../../state/model.ts";
import type { TaskOutcome } from "../../jobs/behaviour.ts";
import type { Job } from "../../jobs/job.ts";
import type { ProtectedItem } from "../item.ts";
import { isSiteSourceSilent } from "./source-machine.ts";

/** Updates the agent of a machine on premises; it fails as recorded where nobody can sign in to it (CH-MOBILITY). */
export function updateMobilityService(
  simulation: Simulation,
  vault: Vault,
  _job: Job,
  item: ProtectedItem,
): TaskOutcome {
  if (!isSiteSourceSilent(simulation, vault, item)) return undefined;
  const possibleCauses =
    "The machine runs in Azure, is turned off, or the run-as account cannot sign in to it.";
  const recommendedAction = "Check that the machine runs on premises and can be reached.";
  return {
    failed: {
      code: "559",
      message: `The Mobility service of '${item.friendlyName}' could not be updated.`,
      possibleCauses,
      recommendedAction,
    },
    provider: {
      errorCode: 95_222,
      errorMessage: `The process server cannot reach '${item.friendlyName}'.`,
      possibleCauses,
      recommendedAction,
    },
  };
}
