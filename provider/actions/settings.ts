import type { CheckFailure } from "../handler.ts";
import { durationMilliseconds } from "../inputs/duration.ts";
import { knownElements } from "../inputs/known-elements.ts";
import type { ActionKind } from "../recovery/action-kinds.ts";
import { isPointInTime, isRecoveryPointWord } from "../recovery/recovery-point.ts";
import { actionRules } from "../recovery/rules/plan-rules.ts";
import { machineRules } from "../recovery/rules/rules.ts";
import { isUnknown } from "../unknown.ts";
import type { ActionInputs, FailoverActionInputs } from "./action-inputs.ts";
import type { CompleteMigrationInputs } from "./complete-migration.ts";
import type { FailbackInputs } from "./failback.ts";
import type { FailoverInputs } from "./failover.ts";
import type { ReprotectInputs } from "./reprotect.ts";
import type { TestFailoverInputs } from "./test-failover.ts";

/** The inputs of any action, as the code that all of them share sees them. */
export type AnyActionInputs = ActionInputs &
  Partial<Omit<FailoverActionInputs, keyof ActionInputs>> &
  Partial<Omit<TestFailoverInputs, keyof FailoverActionInputs>> &
  Partial<Omit<ReprotectInputs, keyof ActionInputs>> &
  Partial<Omit<FailoverInputs, keyof FailoverActionInputs>> &
  Partial<Omit<FailbackInputs, keyof FailoverActionInputs | "manage">> &
  Partial<Omit<CompleteMigrationInputs, keyof ActionInputs>>;

/** How long each action waits when its inputs do not say, ISO 8601. A reprotect copies whole disks. */
export const defaultTimeouts: Readonly<Record<ActionKind, string>> = {
  TestFailover: "PT2H",
  TestFailoverCleanup: "PT2H",
  Failover: "PT4H",
  Reprotect: "P1D",
  Failback: "PT4H",
  CompleteMigration: "PT2H",
  CancelFailover: "PT2H",
  Resynchronize: "P1D",
};

/** Inputs that are fulfilled by recording them: a change of them alone touches no machine. */
export const recordedOnly = [
  "timeout",
  "waive",
  "expect",
  "onFailure",
  "vault",
  "comments",
  "placement",
  "manage",
  "agentTimeout",
  "vcenter",
  "confirm",
] as const;

/** True when the changed inputs, given by name or path, are all fulfilled by recording them. */
export function isRecordedOnly(changed: readonly string[]): boolean {
  return changed.every((path) =>
    recordedOnly.some(
      (name) => path === name || path.startsWith(`${name}.`) || path.startsWith(`${name}[`),
    ),
  );
}

/**
 * Inputs that say how an action goes: once it is through, a change of them is recorded; until then the rest of it
 * goes as they say now.
 */
export const waysOfGoing = [
  "mode",
  "dataSynchronization",
  "createMachineIfAbsent",
  "alternateHost",
] as const;

/** Inputs whose change means another run. */
const rerunning: readonly string[] = ["trigger", "network"];

/** True when a change of these inputs means another run; a drill cannot go to another point while it runs. */
export function runsAgain(action: ActionKind, changed: readonly string[]): boolean {
  const names = action === "TestFailover" ? [...rerunning, "recoveryPoint"] : rerunning;
  return changed.some((path) => names.some((name) => path.startsWith(name)));
}

/** What is wrong with an action's inputs beyond their types. */
export function settingFailures(
  action: ActionKind,
  inputs: AnyActionInputs,
): readonly CheckFailure[] {
  const failures: CheckFailure[] = [...manageFailures(action, inputs.manage ?? [])];
  const given = (["item", "items", "recoveryPlan"] as const).filter(
    (name) => inputs[name] !== undefined,
  );
  if (given.length !== 1) {
    failures.push({
      path: given[1] ?? "item",
      reason: `exactly one of item, items and recoveryPlan is needed, ${given.length === 0 ? "none is given" : `${given.join(" and ")} are given`}`,
    });
  }
  if (Array.isArray(inputs.items)) failures.push(...listFailures(inputs.items));
  for (const [path, value] of [
    ["timeout", inputs.timeout],
    ["agentTimeout", inputs.agentTimeout],
    ["expect.recoveryPointMaximumAge", inputs.expect?.recoveryPointMaximumAge],
  ] as const) {
    const malformed =
      value !== undefined && !isUnknown(value) && durationMilliseconds(value) === undefined;
    if (malformed) {
      failures.push({
        path,
        reason: `"${value.slice(0, 60)}" is no ISO 8601 duration; write PT30M, PT4H or P1D`,
      });
    }
  }
  const { network } = inputs;
  if (network !== undefined && !isUnknown(network) && !network.startsWith("/")) {
    failures.push({
      path: "network",
      reason: `"${network.slice(0, 60)}" is no ARM id; give the network's id, beginning with /subscriptions/`,
    });
  }
  failures.push(...pointFailures(inputs.recoveryPoint), ...waiverFailures(inputs.waive ?? []));
  return failures;
}

/** A failback mends less than a reprotect; what it may not be given must not be done because it was. */
function manageFailures(action: ActionKind, manage: readonly string[]): readonly CheckFailure[] {
  return knownElements(manage).flatMap(([index, each]) =>
    action !== "Failback" || each === "startAzureMachine"
      ? []
      : [
          {
            path: `manage[${index}]`,
            reason: `"${each.slice(0, 60)}" is nothing that a failback puts right; it takes startAzureMachine`,
          },
        ],
  );
}

function listFailures(items: readonly string[]): readonly CheckFailure[] {
  if (items.length === 0) return [{ path: "items", reason: "the list is empty; name an item" }];
  const named = new Set<string>();
  return knownElements(items).flatMap(([index, each]) => {
    const key = each.toLowerCase();
    const isRepeated = named.has(key);
    named.add(key);
    return isRepeated
      ? [{ path: `items[${index}]`, reason: `${each.slice(0, 300)} is named twice; name it once` }]
      : [];
  });
}

function pointFailures(recoveryPoint: string | undefined): readonly CheckFailure[] {
  if (recoveryPoint === undefined || isUnknown(recoveryPoint)) return [];
  // A word with a typing error must not be taken for a point's name: those are guids.
  const known =
    isRecoveryPointWord(recoveryPoint) ||
    isPointInTime(recoveryPoint) ||
    /[0-9a-f]{8}-/i.test(recoveryPoint) ||
    recoveryPoint.includes("/");
  return known
    ? []
    : [
        {
          path: "recoveryPoint",
          reason: `"${recoveryPoint.slice(0, 60)}" is no recovery point; use latest, latestProcessed, latestApplicationConsistent, latestCrashConsistent, a point's name or id, or a time such as 2026-01-31T12:00:00Z`,
        },
      ];
}

function waiverFailures(waive: readonly string[]): readonly CheckFailure[] {
  const known = [...machineRules, ...actionRules].map((rule) => rule.id);
  return knownElements(waive).flatMap(([index, each]) =>
    known.includes(each)
      ? []
      : [
          {
            path: `waive[${index}]`,
            reason: `there is no rule "${each.slice(0, 60)}"; rules: ${known.join(", ")}`,
          },
        ],
  );
}
