import { BlockedError, SiteError } from "../../../errors.ts";
import { actionWords } from "../../../recovery/action-kinds.ts";
import { blockers, type Finding, finding } from "../../../recovery/findings.ts";
import { sameId } from "../../../recovery/identity.ts";
import type { ItemFacts, Verb } from "../../../recovery/model.ts";
import { listed } from "../../../recovery/rules/words.ts";
import { verbWords } from "../../../recovery/verbs.ts";
import type { Evaluation } from "../../observation/evaluation.ts";
import type { ActionTargets } from "../../observation/targets.ts";
import type { Run } from "../run.ts";
import type { Lane } from "./lane.ts";
import { makeReady, waitBefore } from "./readiness.ts";

/** Whether a lane may send its verb now. */
export type Verdict =
  | { readonly kind: "go" }
  | { readonly kind: "wait"; readonly waitsFor: string }
  /** The recovery plan is another one now, and part of the action is done: the rest goes machine by machine. */
  | { readonly kind: "apart" };

/** What the rules say of the verb. */
type Judgement = Verdict | { readonly kind: "refuse"; readonly findings: readonly Finding[] };

/**
 * Findings that are about the action as a whole, which was judged when it began: what the inputs name, and what
 * was typed to confirm it. A lane looks at its own machines alone.
 */
const rulesOfBegin: readonly string[] = [
  "VA-UNKNOWN",
  "IT-UNKNOWN",
  "IT-AMBIGUOUS",
  "PL-UNKNOWN",
  "PL-ALLOWED",
  "MG-CONFIRM",
];

/** Rules about the set of machines: a verb that one machine gets after its first does not widen it. */
const rulesOfSet: readonly string[] = ["EX-ITEMS", "EX-COUNT", "PL-EMPTY", "PL-LIMITS"];

/**
 * Time that a finding is given to pass when the action itself has just done something to the machine, whose
 * state may lag behind: 5 min.
 */
const patienceMilliseconds = 5 * 60_000;

/**
 * Decides whether a lane may send its verb now, and puts right before it what the inputs allow.
 * Throws BlockedError when something speaks against it that did not when the action began.
 */
export async function beforeVerb(
  run: Run,
  lane: Lane,
  verb: Verb,
  evaluation: Evaluation,
): Promise<Verdict> {
  const judgement = judge(lane, evaluation);
  if (judgement.kind === "refuse") {
    return { kind: "wait", waitsFor: refuseOrWait(run, lane, verb, judgement.findings) };
  }
  delete lane.readiness.blockedSince;
  if (judgement.kind !== "go") return judgement;
  const { context, inputs } = run;
  const { readiness } = lane;
  const fixed = readiness.fixed.size;
  const readying = { context, site: evaluation.targets.site, inputs, readiness };
  const waitsFor = await makeReady(readying, verb, evaluation.situations);
  if (waitsFor !== undefined) return { kind: "wait", waitsFor };
  // To put something right takes minutes: what was judged before it is old.
  return readiness.fixed.size > fixed
    ? { kind: "wait", waitsFor: `${lane.name}: looks again before it is asked to move` }
    : judgement;
}

/** What is waited for at a machine that no verb of the action leads on from; throws when it will not pass. */
export function waitNowhere(
  run: Run,
  lane: Lane,
  item: ItemFacts,
  { findings }: Evaluation,
): string {
  const waiting = findings.find((each) => each.severity === "wait");
  if (waiting !== undefined) return `${waiting.subject}: ${waiting.fact}`;
  const blocking = blockers(findings).filter(({ rule }) => !rulesOfBegin.includes(rule));
  if (blocking.length > 0) return refuseOrWait(run, lane, undefined, blocking);
  throw new SiteError(
    `${item.friendlyName}: its state "${item.protectionStateDescription}" leads nowhere.`,
    { site: "azure", operation: "observe", hint: "Look at the item in the vault." },
  );
}

/**
 * Compares once more, right before a verb is sent, what was compared when the action began: hours may lie
 * between, behind other jobs and other machines. Before the first verb of its machines every rule holds.
 * Before a later one all hold that speak of that verb; what only time has brought about, such as the age of the
 * recovery point, speaks of none.
 */
function judge(lane: Lane, { findings, targets }: Evaluation): Judgement {
  const begun = lane.finishedVerbs.size > 0;
  const changed = lane.byPlan ? changedPlan(lane, targets) : undefined;
  if (changed !== undefined) {
    return begun ? { kind: "apart" } : { kind: "refuse", findings: [changed] };
  }
  const passes = [...rulesOfBegin, ...(begun && !lane.byPlan ? rulesOfSet : [])];
  const blocking = blockers(findings).filter(({ rule }) => !passes.includes(rule));
  if (blocking.length > 0) return { kind: "refuse", findings: blocking };
  const waiting = waitBefore(findings);
  return waiting === undefined
    ? { kind: "go" }
    : { kind: "wait", waitsFor: `${waiting.subject}: ${waiting.fact}` };
}

/**
 * The recovery plan as it is now holds other machines than those that were judged and would be recorded: its
 * verb would move them all the same.
 */
function changedPlan({ items, name }: Lane, { plan }: ActionTargets): Finding | undefined {
  if (plan === undefined) return undefined;
  const planned = [...new Set(plan.groups.flatMap((group) => group.itemNames))];
  const added = planned.filter((each) => !items.some((item) => sameId(item.name, each)));
  const removed = items.filter((item) => !planned.some((each) => sameId(item.name, each)));
  if (added.length === 0 && removed.length === 0) return undefined;
  const parts = [
    ...(added.length > 0 ? [`new: ${listed(added)}`] : []),
    ...(removed.length > 0 ? [`gone: ${listed(removed.map((each) => each.name))}`] : []),
  ];
  return finding({
    rule: "PL-CHANGED",
    severity: "block",
    subject: name,
    fact: `it was changed since the action began (${parts.join("; ")}).`,
    remedy: "Look at the plan; `pulumi preview` shows what would be done now.",
    path: "recoveryPlan",
  });
}

/**
 * What has to be waited for before the verb is sent; undefined when it can be sent. What speaks against it right
 * after the action has done something gets time to pass. Throws BlockedError for everything else.
 */
function refuseOrWait(
  { context, action }: Pick<Run, "context" | "action">,
  lane: Lane,
  verb: Verb | undefined,
  findings: readonly Finding[],
): string {
  const { readiness, finishedVerbs, name } = lane;
  const acted = finishedVerbs.size > 0 || readiness.fixed.size > 0 || readiness.refusals > 0;
  const now = context.clock.now();
  readiness.blockedSince ??= now;
  const [first] = findings;
  if (acted && now.getTime() - readiness.blockedSince.getTime() < patienceMilliseconds) {
    return `waits a while, because ${first?.subject}: ${first?.fact}`;
  }
  const begun = finishedVerbs.size > 0 && verb !== undefined;
  const end = begun ? `was stopped before its ${verbWords[verb].noun}` : "was not begun";
  const list = findings.map((each) => `- ${each.text}`).join("\n");
  throw new BlockedError(`${actionWords[action].title} of ${name} ${end}:\n${list}`, findings);
}
