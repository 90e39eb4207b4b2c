import { SiteError } from "../../../errors.ts";
import type { Verb } from "../../../recovery/model.ts";
import type { Situation } from "../../../recovery/situation.ts";
import { verbWords } from "../../../recovery/verbs.ts";
import type { ActionTargets } from "../../observation/targets.ts";
import { noteRemoval } from "../record/outcome.ts";
import { notePlacement } from "../record/placement.ts";
import { noteWarning } from "../record/warnings.ts";
import type { Run } from "../run.ts";
import type { Lane } from "./lane.ts";

/** A job that the service has lost all record of while its work goes on. */
export interface LostJob {
  readonly jobName: string;
  /** The machines as they were before it. */
  readonly before: readonly Situation[];
  /** Looks one after the other that found nothing at work, and the machine as it was before. */
  idleLooks: number;
}

/** Looks at an idle machine, with no work seen between them, after which a lost job counts as one that has come to nothing. */
const maximumIdleLooks = 5;

/**
 * Notes that the service has lost the job of a verb: from here on only the machines tell what it does. The verb
 * is not sent again in this run.
 */
export function noteLoss(
  run: Run,
  lane: Lane,
  verb: Verb,
  jobName: string,
  before: readonly Situation[],
): void {
  if (lane.readiness.lostJobs.has(verb)) return;
  lane.readiness.lostJobs.set(verb, { jobName, before, idleLooks: 0 });
  noteWarning(
    run.context,
    run.record,
    `${lane.name}: the service has lost job ${jobName} of the ${verbWords[verb].noun}; what it does is seen from the machine itself.`,
  );
}

/** What is waited for while a lost job may still be at work. */
export function afterLoss(lane: Lane, verb: Verb): string {
  return `the service has lost job ${lane.readiness.lostJobs.get(verb)?.jobName} of the ${verbWords[verb].noun}, whose work may go on`;
}

/** Counts a look that found a lost job's machines as they were; throws when nothing will come of it any more. */
export function countIdleLook(
  lane: Lane,
  verb: Verb,
  { situations, targets }: { situations: readonly Situation[]; targets: ActionTargets },
): void {
  const lost = lane.readiness.lostJobs.get(verb);
  if (lost === undefined) return;
  if (isAtWork(lane, verb, situations, targets)) {
    lost.idleLooks = 0;
    return;
  }
  lost.idleLooks += 1;
  if (lost.idleLooks < maximumIdleLooks) return;
  const { noun } = verbWords[verb];
  const left = situations.filter(({ decision }) => decision.kind !== "done");
  const states = left.map(
    ({ item }) =>
      `${item.friendlyName} is idle and still "${item.protectionStateDescription || item.protectionState}"`,
  );
  throw new SiteError(
    `${lane.name}: ${noun} failed. The service has lost its job ${lost.jobName}, and ${states.join(", ")}.`,
    {
      site: "azure",
      operation: verb,
      hint: `Look at the machine in the vault, then run \`pulumi up\` again: it begins the ${noun} anew.`,
    },
  );
}

/** True while something holds a machine, or a recovery plan says that it runs. */
function isAtWork(
  { byPlan }: Lane,
  verb: Verb,
  situations: readonly Situation[],
  { plan }: ActionTargets,
): boolean {
  const running = byPlan && plan?.currentScenario?.status === "InProgress";
  const scenarios = verbWords[verb].jobScenarios;
  return (
    (running && scenarios.includes(plan?.currentScenario?.name ?? "")) ||
    situations.some(({ item }) => item.allowedOperations.length === 0)
  );
}

/** Writes into the record what the verbs whose jobs were lost have brought about, once the machines show it. */
export async function noteEffectsOfLost(
  run: Run,
  lane: Lane,
  targets: ActionTargets,
  now: readonly Situation[],
): Promise<void> {
  for (const [verb, { before }] of lane.readiness.lostJobs) {
    for (const situation of before) noteRemoval(run.record, situation, verb);
    if (verb !== "reprotect") continue;
    for (const situation of now) await notePlacement(run, targets, situation);
  }
}
