import type { Context } from "../context.ts";
import { differences } from "../inputs/difference.ts";
import type { ActionKind } from "../recovery/action-kinds.ts";
import { nameOf, sameId } from "../recovery/identity.ts";
import { resourceSchema } from "../schema/schema.ts";
import type { ActionRecord, MachineRecord } from "./action-inputs.ts";
import { isThrough } from "./execution/record/machine-record.ts";
import { emptyRecord, type OpenRecord } from "./execution/record/record.ts";
import { newRun, type Run } from "./execution/run.ts";
import { spentByRecord } from "./observation/spent.ts";
import { type ActionTargets, resolveTargets } from "./observation/targets.ts";
import type { Placement } from "./placement.ts";
import { askedPoint, recordedPoints } from "./points-reached.ts";
import type { AnyActionInputs } from "./settings.ts";

/** Takes an action up where its record says that it stands; asks the site, and writes nothing there. */
export async function continueRun(
  context: Context,
  action: ActionKind,
  olds: AnyActionInputs & ActionRecord,
  inputs: AnyActionInputs,
): Promise<Run> {
  const record = await openAgain(context, olds, inputs);
  const points = recordedPoints(olds);
  const changed = changedInputs(`asr:index:${action}`, olds, inputs);
  const through = machinesThrough(record, inputs, changed, ({ item }) =>
    changed.has("recoveryPoint") || points.has(item)
      ? (points.get(item) ?? askedPoint(olds)) !== askedPoint(inputs)
      : false,
  );
  const { vault } = await resolveTargets(context, inputs);
  vault.forget();
  const spent = await spentByRecord(context, vault, record);
  const placement = new Map(Object.entries(placementOf(olds)));
  return { ...newRun(context, action, inputs), record, through, spent, olds, placement, points };
}

/** Names of the inputs that differ from those of the run before. */
export function changedInputs(token: string, olds: object, news: object): ReadonlySet<string> {
  const changes = differences(resourceSchema(token), { ...olds }, { ...news });
  return new Set(Object.keys(changes).map((path) => path.replace(/[.[].*$/, "")));
}

/** What the run before has recorded of where servers lie. */
export function placementOf(olds: object): Placement {
  return (olds as { readonly placement?: Placement }).placement ?? {};
}

/** The record of the run before, without machines that the inputs name no more. */
export async function openAgain(
  context: Context,
  olds: ActionRecord,
  inputs: AnyActionInputs,
): Promise<OpenRecord> {
  const { status, finished, startedAt, finishedAt, jobs, recoveryTime, dataLoss, warnings } = olds;
  const targets = await resolveTargets(context, inputs);
  const machines = olds.machines.filter((each) => isNamed(each, inputs, targets));
  const record = { status, finished, startedAt, finishedAt, recoveryTime, dataLoss };
  return { ...emptyRecord(), ...record, jobs: [...jobs], warnings: [...warnings], machines };
}

/**
 * True for a machine that the inputs name still. One that is in no vault any more, because it is migrated or
 * somebody ended its protection, stays history, and so do the machines of a recovery plan that somebody deleted.
 */
function isNamed(
  { item, machine, status }: MachineRecord,
  { recoveryPlan, item: one, items = [] }: AnyActionInputs,
  targets: ActionTargets,
): boolean {
  const name = nameOf(item);
  if (status === "migrated" || targets.items.some((each) => sameId(each.name, name))) return true;
  if (recoveryPlan !== undefined) {
    const isGone = targets.problems.some(({ subject }) => sameId(subject, name));
    return targets.plan === undefined || isGone || status === "ended";
  }
  return [...items, ...(one === undefined ? [] : [one])].some(
    (each) => sameId(nameOf(each), name) || sameId(each, machine),
  );
}

/** The machines that are through and not touched by the change of inputs; `isElsewhere` tells of their points. */
function machinesThrough(
  record: OpenRecord,
  inputs: AnyActionInputs,
  changed: ReadonlySet<string>,
  isElsewhere: (machine: MachineRecord) => boolean,
): ReadonlySet<string> {
  const reopened = (machine: MachineRecord): boolean =>
    isElsewhere(machine) ||
    (machine.status === "commitPending" && inputs.commit === "automatic") ||
    (machine.status === "committed" && changed.has("reverseReplicate"));
  return new Set(
    record.machines.filter((each) => isThrough(each) && !reopened(each)).map((each) => each.item),
  );
}
