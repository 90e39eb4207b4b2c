import type { Simulation } from "../../simulation.ts";
import { type JsonObject, listAt, textAt } from "../../state/json.ts";
import type { Vault } from "../../state/model.ts";
import type { Behaviour } from "../jobs/behaviour.ts";
import type { Job } from "../jobs/job.ts";
import { planOf } from "./plan-operations.ts";

/** How machines come home from Azure, as the plan's request says it for all of them. */
export function failbackInput(job: Job): JsonObject {
  if (job.scenario !== "PlanFailback") return {};
  const details = listAt(job.input, "providerSpecificDetails")[0];
  return {
    dataSyncOption: textAt(details, "dataSyncOption") ?? "ForSynchronization",
    creation: textAt(details, "recoveryVmCreationOption") ?? "NoAction",
    alternateProviderId: null,
  };
}

/** The data are copied: the machines in Azure run on until somebody lets the job go on (reference 8, CH-HV-PLAN-WAIT). */
function waitForUser(_simulation: Simulation, vault: Vault, job: Job): void {
  job.state = "Suspended";
  const plan = planOf(vault, job);
  if (plan?.scenario?.job !== job.name) return;
  plan.scenario.status = "Suspended";
  plan.scenario.description = "WaitingForUserInputForFailback";
}

function goOn(_simulation: Simulation, vault: Vault, job: Job): undefined {
  const plan = planOf(vault, job);
  if (plan?.scenario?.job !== job.name) return;
  plan.scenario.status = "InProgress";
  plan.scenario.description = "InProgress";
}

/** What the failback of Hyper-V machines does besides what all scenarios of plans do. */
export const FAILBACK_WAIT: Required<Pick<Behaviour, "skip" | "begin" | "end">> = {
  skip: {
    WaitForUserInputForFailback: (_simulation, _vault, job) =>
      failbackInput(job).dataSyncOption === "ForDownTime",
  },
  begin: { WaitForUserInputForFailback: waitForUser },
  end: { WaitForUserInputForFailback: goOn },
};
