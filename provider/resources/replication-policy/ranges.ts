import type { CheckFailure } from "../../handler.ts";
import { durationMilliseconds, parseDuration } from "../../inputs/duration.ts";
import { attempt } from "../../inputs/failures.ts";
import { isRetired } from "../../recovery/capabilities.ts";
import { isUnknown } from "../../unknown.ts";
import type { ReplicationPolicyInputs } from "../replication-policy.ts";
import { retiredReason, type SetUpScenario } from "../scenario.ts";
import { hyperVProblems, strangeProblems } from "./scenario-settings.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

interface Range {
  /** Durations are whole numbers of it. */
  readonly unit: { readonly milliseconds: number; readonly text: string };
  readonly longestRetention: { readonly milliseconds: number; readonly text: string };
  /** Bounds of the frequency of application-consistent points, apart from none. */
  readonly snapshots: {
    readonly shortest: number;
    readonly longest?: number;
    readonly text: string;
  };
  /** How often changes may be sent; absent where that is no setting. */
  readonly intervals?: readonly string[];
}

const minutes = { milliseconds: minute, text: "minutes" };

const hyperV: Range = {
  unit: { milliseconds: hour, text: "hours" },
  longestRetention: { milliseconds: 24 * hour, text: "PT24H" },
  snapshots: { shortest: hour, longest: 12 * hour, text: "PT1H to PT12H" },
  intervals: ["PT30S", "PT5M"],
};

/** What the service takes (site-recovery reference, 12.1). */
const ranges: Readonly<Record<SetUpScenario, Range>> = {
  AzureToAzure: {
    unit: minutes,
    longestRetention: { milliseconds: 15 * day, text: "P15D" },
    snapshots: { shortest: hour, text: "PT1H or more" },
  },
  VmwareToAzure: {
    unit: minutes,
    longestRetention: { milliseconds: 15 * day, text: "P15D" },
    snapshots: { shortest: minute, longest: 12 * hour, text: "PT1M to PT12H" },
  },
  VmwareToAzureClassic: {
    unit: minutes,
    longestRetention: { milliseconds: 3 * day, text: "P3D (P1D for premium disks)" },
    snapshots: { shortest: minute, longest: 12 * hour, text: "PT1M to PT12H" },
  },
  HyperVToAzure: hyperV,
  VmmToAzure: hyperV,
  VmmToVmm: { ...hyperV, intervals: ["PT30S", "PT5M", "PT15M"] },
};

/** The policy of a classic way back, which nobody can change (rule PO-FAILBACK). */
export const failbackValues: Readonly<
  Required<
    Pick<
      ReplicationPolicyInputs,
      "recoveryPointRetention" | "applicationConsistentSnapshotFrequency" | "recoveryPointThreshold"
    >
  >
> = {
  recoveryPointRetention: "PT24H",
  applicationConsistentSnapshotFrequency: "PT1H",
  recoveryPointThreshold: "PT15M",
};

const durations = Object.keys(failbackValues) as readonly (keyof typeof failbackValues)[];

/** What is wrong with complete inputs of a policy. */
export function policyProblems(inputs: ReplicationPolicyInputs): readonly CheckFailure[] {
  const form = durations.flatMap((path) => formProblems(path, inputs[path]));
  if (form.length > 0) return form;
  const { scenario = "AzureToAzure", failback } = inputs;
  if (isUnknown(scenario) || isUnknown(failback)) return [];
  if (isRetired(scenario)) {
    return [{ path: "scenario", reason: retiredReason(scenario) }];
  }
  if (failback === true) return failbackProblems(inputs);
  return [
    ...strangeProblems(inputs, scenario),
    ...unitProblems(inputs, scenario),
    ...rangeProblems(inputs, ranges[scenario]),
    ...intervalProblems(inputs, scenario),
    ...hyperVProblems(inputs),
  ];
}

function unitProblems(
  inputs: ReplicationPolicyInputs,
  scenario: SetUpScenario,
): readonly CheckFailure[] {
  const { unit } = ranges[scenario];
  return durations.flatMap((path) => {
    const length = lengthOf(inputs[path]);
    if (length === undefined || length % unit.milliseconds === 0) return [];
    const reason = `${inputs[path]} is no whole number of ${unit.text}, which the scenario ${scenario} takes.`;
    return [{ path, reason }];
  });
}

function intervalProblems(
  { replicationInterval }: ReplicationPolicyInputs,
  scenario: SetUpScenario,
): readonly CheckFailure[] {
  const { intervals } = ranges[scenario];
  const wanted = lengthOf(replicationInterval);
  if (intervals === undefined || wanted === undefined) return [];
  if (intervals.some((each) => durationMilliseconds(each) === wanted)) return [];
  const reason = `${replicationInterval} cannot be had in the scenario ${scenario}. Give ${intervals.join(" or ")}.`;
  return [{ path: "replicationInterval", reason }];
}

function failbackProblems(inputs: ReplicationPolicyInputs): readonly CheckFailure[] {
  if (inputs.scenario !== "VmwareToAzureClassic") {
    return [
      {
        path: "failback",
        reason:
          "is for VmwareToAzureClassic only: every other way back has no policy of its own, or one that the service makes itself. Leave it out.",
      },
    ];
  }
  return durations.flatMap((path) => {
    const given = lengthOf(inputs[path]);
    if (given === undefined || given === durationMilliseconds(failbackValues[path])) return [];
    return [
      {
        path,
        reason: `is fixed at ${failbackValues[path]} for the way back. Leave it out.`,
      },
    ];
  });
}

function rangeProblems(inputs: ReplicationPolicyInputs, range: Range): readonly CheckFailure[] {
  const { recoveryPointRetention, applicationConsistentSnapshotFrequency } = inputs;
  const { longestRetention, snapshots } = range;
  const path = "applicationConsistentSnapshotFrequency";
  const kept = lengthOf(recoveryPointRetention);
  const taken = lengthOf(applicationConsistentSnapshotFrequency);
  const failures: CheckFailure[] = [];
  if (kept !== undefined && kept > longestRetention.milliseconds) {
    failures.push({
      path: "recoveryPointRetention",
      reason: `${recoveryPointRetention} is longer than the service keeps recovery points. Give PT0S to ${longestRetention.text}.`,
    });
  }
  if (taken !== undefined && taken > 0 && taken < snapshots.shortest) {
    failures.push({
      path,
      reason: `${applicationConsistentSnapshotFrequency} is too often. Give ${snapshots.text}, or PT0S for none.`,
    });
  }
  if (taken !== undefined && snapshots.longest !== undefined && taken > snapshots.longest) {
    failures.push({
      path,
      reason: `${applicationConsistentSnapshotFrequency} is too seldom. Give ${snapshots.text}, or PT0S for none.`,
    });
  }
  if (taken !== undefined && kept !== undefined && taken > kept) {
    failures.push({
      path,
      reason: `${applicationConsistentSnapshotFrequency} is longer than the retention of ${recoveryPointRetention}: no such point would be kept. Give at most the retention, or PT0S for none.`,
    });
  }
  return failures;
}

function formProblems(path: string, text: string | undefined): readonly CheckFailure[] {
  if (text === undefined || isUnknown(text)) return [];
  const parsed = attempt(() => parseDuration(path, text));
  if ("failure" in parsed) return [parsed.failure];
  if (parsed.value % minute === 0) return [];
  return [{ path, reason: `${text} is no whole number of minutes.` }];
}

/** Milliseconds; undefined while the value is not known. */
function lengthOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : durationMilliseconds(text);
}
