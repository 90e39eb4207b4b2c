import { newGuid, type Simulation } from "../../simulation.ts";
import { listAt, textAt } from "../../state/json.ts";
import type { JobTask } from "../jobs/job.ts";
import { newTasks } from "../jobs/run.ts";
import type { ScenarioName } from "../jobs/scenarios.ts";
import type { PlanGroup, RecoveryPlan } from "./plan.ts";

/** How a scenario of a plan names the task of a boot group, and whether one group fails all over first. */
interface GroupForm {
  readonly label: string;
  readonly failoverFirst: boolean;
  /** The `failoverTypes` an action must name to run in this scenario. */
  readonly actionType: string;
}

const FORMS: Readonly<Partial<Record<ScenarioName, GroupForm>>> = {
  PlanUnplannedFailover: { label: "Start", failoverFirst: true, actionType: "UnplannedFailover" },
  PlanTestFailover: { label: "Start", failoverFirst: true, actionType: "TestFailover" },
  PlanTestFailoverCleanup: {
    label: "Test failover cleanup",
    failoverFirst: false,
    actionType: "TestFailoverCleanup",
  },
  PlanPlannedFailover: { label: "Start", failoverFirst: true, actionType: "PlannedFailover" },
  PlanCancelFailover: {
    label: "Cancel failover",
    failoverFirst: false,
    actionType: "CancelFailover",
  },
  PlanCommitFailover: { label: "Commit", failoverFirst: false, actionType: "Commit" },
};

/** The tasks of a plan's job: the scenario's own, and between them those of the groups and their actions. */
export function planTasks(
  simulation: Simulation,
  plan: RecoveryPlan,
  scenario: ScenarioName,
  direction: string,
): JobTask[] {
  const own = newTasks(simulation, scenario);
  const form = FORMS[scenario];
  if (!form) return own;
  const boots = plan.groups.filter((group) => group.groupType === "Boot");
  const all = boots.flatMap((group) => group.members.map((member) => member.lifecycleId));
  const groups = boots.flatMap((group, index) => [
    ...actionTasks(simulation, group.startGroupActions, form.actionType, direction),
    groupTask(
      form.failoverFirst ? `Group${index + 1}` : newGuid(simulation),
      `Group ${index + 1}: ${form.label} (${group.members.length})`,
      "BootGroup",
      memberIds(group),
    ),
    ...actionTasks(simulation, group.endGroupActions, form.actionType, direction),
  ]);
  const failover = form.failoverFirst
    ? [groupTask("FailoverAllActionGroup", "Recovery plan failover", "RpFailoverTask", all)]
    : [];
  const split = form.failoverFirst ? 2 : 1;
  return [...own.slice(0, split), ...failover, ...groups, ...own.slice(split)];
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
    taskType: "RecoveryPlanGroupTaskDetails",
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
