import { newGuid, type Simulation } from "../../simulation.ts";
import { listAt, textAt } from "../../state/json.ts";
import type { JobTask } from "../jobs/job.ts";
import { newTasks } from "../jobs/run.ts";
import type { ScenarioName } from "../jobs/scenarios.ts";
import type { PlanGroup, RecoveryPlan } from "./plan.ts";

/** Kinds of groups, `rpGroupType`; those of the first two were not recorded (CH-HV-PLAN-GROUPS). */
export type PlanGroupType = "RpDataSyncTask" | "RpShutdownTask" | "RpFailoverTask" | "BootGroup";

/** How a scenario of a plan names the task of a boot group, and what is done with all machines first. */
interface GroupForm {
  readonly label: string;
  /** Groups of all machines before the boot groups, by the own task of the scenario that they follow. */
  readonly first: readonly (readonly [afterTask: number, group: PlanGroupType])[];
  /** The `failoverTypes` an action must name to run in this scenario. */
  readonly actionType: string;
}

const PLAIN_GROUP = "RecoveryPlanGroupTaskDetails";

const FORMS: Readonly<Partial<Record<ScenarioName, GroupForm>>> = {
  PlanUnplannedFailover: {
    label: "Start",
    first: [[1, "RpFailoverTask"]],
    actionType: "UnplannedFailover",
  },
  PlanTestFailover: { label: "Start", first: [[1, "RpFailoverTask"]], actionType: "TestFailover" },
  PlanTestFailoverCleanup: {
    label: "Test failover cleanup",
    first: [],
    actionType: "TestFailoverCleanup",
  },
  PlanPlannedFailover: {
    label: "Start",
    first: [
      [1, "RpShutdownTask"],
      [1, "RpFailoverTask"],
    ],
    actionType: "PlannedFailover",
  },
  PlanFailback: {
    label: "Start",
    first: [
      [1, "RpDataSyncTask"],
      [2, "RpShutdownTask"],
      [2, "RpFailoverTask"],
    ],
    actionType: "PlannedFailover",
  },
  PlanCancelFailover: {
    label: "Cancel failover",
    first: [],
    actionType: "CancelFailover",
  },
  PlanCommitFailover: { label: "Commit", first: [], actionType: "Commit" },
};

/** Groups of all machines: task id, what they are called, and their task type. */
const ALL_GROUPS: Readonly<
  Record<
    Exclude<PlanGroupType, "BootGroup">,
    readonly [taskId: string, name: (count: number) => string, taskType: string]
  >
> = {
  RpDataSyncTask: ["DataSyncAllActionGroup", () => "Data synchronization", PLAIN_GROUP],
  RpShutdownTask: [
    "ShutdownAllActionGroup",
    (count) => `All groups shutdown (${count})`,
    "RecoveryPlanShutdownGroupTaskDetails",
  ],
  RpFailoverTask: ["FailoverAllActionGroup", () => "Recovery plan failover", PLAIN_GROUP],
};

/** The tasks of a plan's job: the scenario's own, and between them those of the groups and their actions. */
export function planTasks(
  simulation: Simulation,
  plan: RecoveryPlan,
  scenario: ScenarioName,
  direction: string,
  shutsDownFirst: boolean,
): JobTask[] {
  const own = newTasks(simulation, scenario);
  const form = FORMS[scenario];
  if (!form) return own;
  const boots = plan.groups.filter((group) => group.groupType === "Boot");
  const all = boots.flatMap((group) => group.members.map((member) => member.lifecycleId));
  const groups = boots.flatMap((group, index) => [
    ...actionTasks(simulation, group.startGroupActions, form.actionType, direction),
    groupTask(
      form.first.length > 0 ? `Group${index + 1}` : newGuid(simulation),
      `Group ${index + 1}: ${form.label} (${group.members.length})`,
      "BootGroup",
      memberIds(group),
    ),
    ...actionTasks(simulation, group.endGroupActions, form.actionType, direction),
  ]);
  const first = form.first.filter(([, group]) => shutsDownFirst || group !== "RpShutdownTask");
  const split = first.length > 0 ? Math.max(...first.map(([after]) => after)) + 1 : 1;
  const begun = own
    .slice(0, split)
    .flatMap((task, index) => [
      task,
      ...first.filter(([after]) => after === index).map(([, group]) => allGroup(group, all)),
    ]);
  return [...begun, ...groups, ...own.slice(split)];
}

function allGroup(group: PlanGroupType, all: readonly string[]): JobTask {
  const [taskId, name, taskType] = ALL_GROUPS[group as keyof typeof ALL_GROUPS];
  return { ...groupTask(taskId, name(all.length), group, all), taskType };
}

function memberIds(group: PlanGroup): readonly string[] {
  return group.members.map((member) => member.lifecycleId);
}

function groupTask(
  taskId: string,
  friendlyName: string,
  groupType: string,
  members: readonly string[],
): JobTask {
  return {
    taskId,
    name: "Unknown",
    friendlyName,
    taskType: PLAIN_GROUP,
    state: "NotStarted",
    startedAt: null,
    dueAt: null,
    endedAt: null,
    errors: [],
    children: [],
    members,
    groupType,
  };
}

function actionTasks(
  simulation: Simulation,
  actions: readonly unknown[],
  type: string,
  direction: string,
): JobTask[] {
  const wanted = actions.filter(
    (action) =>
      names(action, "failoverTypes", type) && names(action, "failoverDirections", direction),
  );
  return wanted.map((action) => {
    const kind = textAt(action, "customDetails", "instanceType") ?? "ManualActionDetails";
    return {
      ...groupTask(newGuid(simulation), textAt(action, "actionName") ?? "", "", []),
      name: kind.replace(/Details$/, ""),
      taskType: kind.replace(/(RunbookAction)?Details$/, (end) =>
        end === "Details" ? "TaskDetails" : "RunbookTaskDetails",
      ),
    };
  });
}

function names(action: unknown, field: string, wanted: string): boolean {
  return listAt(action, field).some(
    (value) => String(value).toLowerCase() === wanted.toLowerCase(),
  );
}
