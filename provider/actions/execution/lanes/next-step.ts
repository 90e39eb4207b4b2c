import { verbsOf } from "../../../recovery/action-plan.ts";
import type { ItemFacts, Verb } from "../../../recovery/model.ts";
import { standingOf } from "../../../recovery/position.ts";
import type { Situation } from "../../../recovery/situation.ts";
import { verbWords } from "../../../recovery/verbs.ts";
import type { Lane } from "./lane.ts";
import { afterLoss } from "./lost-job.ts";

/** What a lane does next. */
export type Step =
  | { readonly kind: "settled" }
  | {
      readonly kind: "wait";
      readonly waitsFor: string;
      readonly afterJob?: true;
      /** True while the job of somebody else holds the machine. */
      readonly foreign?: true;
      /** The verb whose job the service has lost. */
      readonly lost?: Verb;
    }
  | { readonly kind: "follow"; readonly jobName: string; readonly verb: Verb }
  | { readonly kind: "nowhere"; readonly item: ItemFacts }
  | { readonly kind: "start"; readonly verb: Verb; readonly situation: Situation };

/** True for a step that begins something, or waits to begin it: none is taken once the run is halted. */
export function begins(step: Step): boolean {
  return (
    step.kind === "start" ||
    step.kind === "nowhere" ||
    (step.kind === "wait" && step.foreign === true)
  );
}

/** Decides what the lane does next from where its machines stand: the recovery point first, then their verbs. */
export function nextStep(lane: Lane, situations: readonly Situation[]): Step {
  const changing = situations.find((each) => each.changesRecoveryPoint);
  if (changing !== undefined && !lane.finishedVerbs.has("changeRecoveryPoint")) {
    return startOrWait(lane, "changeRecoveryPoint", changing);
  }
  for (const situation of situations) {
    const { decision, item } = situation;
    if (decision.kind === "follow") {
      if (lane.readiness.lostJobs.get(decision.verb)?.jobName === decision.jobName) {
        return startOrWait(lane, decision.verb, situation);
      }
      return { kind: "follow", jobName: decision.jobName, verb: decision.verb };
    }
    if (decision.kind === "busy") {
      const waitsFor = `job ${decision.jobName} (${decision.scenario}) holds it`;
      return { kind: "wait", waitsFor, foreign: true };
    }
    if (decision.kind === "impossible") {
      const last = [...lane.finishedVerbs.keys()].at(-1);
      const lost = [...lane.readiness.lostJobs.keys()].at(-1);
      if (lost !== undefined) return startOrWait(lane, lost, situation);
      if (last !== undefined) return startOrWait(lane, last, situation);
      return { kind: "nowhere", item };
    }
  }
  const starting = situations.find(({ decision }) => verbsOf(decision).length > 0);
  const [verb] = starting === undefined ? [] : verbsOf(starting.decision);
  if (starting !== undefined && verb !== undefined) {
    return startOrWait(lane, verb, starting);
  }
  const replicating = situations.find(
    ({ decision }) => decision.kind === "done" && decision.waitFor !== undefined,
  );
  return replicating === undefined
    ? { kind: "settled" }
    : { kind: "wait", waitsFor: replicationWords(replicating.item) };
}

/** A verb is begun once: after its job only its effect is waited for, also when the service has lost that job. */
function startOrWait(lane: Lane, verb: Verb, situation: Situation): Step {
  if (lane.finishedVerbs.has(verb)) {
    return { kind: "wait", waitsFor: unshown(lane, verb, situation.item), afterJob: true };
  }
  if (lane.readiness.lostJobs.has(verb)) {
    return { kind: "wait", waitsFor: afterLoss(lane, verb), lost: verb };
  }
  return { kind: "start", verb, situation };
}

/** A job is through before the machine is: what its item shows still, and which job it was. */
function unshown(lane: Lane, verb: Verb, item: ItemFacts): string {
  const state = item.protectionStateDescription || item.protectionState;
  const health =
    item.replicationHealth === "Critical" ? ", its replication health is critical" : "";
  return `the ${verbWords[verb].noun} has ended well (job ${lane.finishedVerbs.get(verb)}), and the service still shows the machine as "${state}"${health}`;
}

function replicationWords(item: ItemFacts): string {
  const { hyperV, initialReplicationPercent: percent, protectionState } = item;
  if (standingOf(item) === "protected") return "its resynchronization runs, its copy is not sound";
  // The service calls a Hyper-V machine protected before its network and settings are applied.
  const finalizes = hyperV !== undefined && protectionState === "Protected";
  const state = finalizes
    ? `its protection is finalized (${hyperV.machineProtectionStateDescription || hyperV.machineProtectionState})`
    : item.protectionStateDescription.toLowerCase();
  return percent === undefined || finalizes ? state : `${state} (${percent} %)`;
}
