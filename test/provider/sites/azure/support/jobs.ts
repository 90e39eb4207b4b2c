/** A job of an item in the service's form, in the given state, with two tasks. */
export function itemJob(name: string, state: string, doneTasks = 0): Record<string, unknown> {
  const task = (title: string, index: number): object => ({
    taskId: `task-${index}`,
    name: title,
    friendlyName: title,
    state: index < doneTasks ? "Succeeded" : index === doneTasks ? "InProgress" : "NotStarted",
    customDetails: null,
    errors: [],
  });
  return {
    id: `/jobs/${name}`,
    name,
    properties: {
      scenarioName: "UnplannedFailover",
      friendlyName: "Failover",
      state,
      tasks: ["Shut down", "Failover"].map(task),
      errors: [],
      startTime: "2026-01-15T08:00:00Z",
      endTime: "0001-01-01T00:00:00",
      targetObjectId: "guid",
      targetObjectName: "web",
      targetInstanceType: "ProtectionEntity",
      customDetails: null,
    },
  };
}

/** The same job, failed in its second task; the job repeats the task's error as the service does. */
export function failedJob(name: string): Record<string, unknown> {
  const job = itemJob(name, "Failed", 1);
  const properties = job.properties as Record<string, unknown>;
  const error = {
    taskId: "task-1",
    errorLevel: "Error",
    serviceErrorDetails: {
      code: "28031",
      message: "The core quota is exceeded.",
      possibleCauses: "The subscription has too few cores.",
      recommendedAction: "Raise the quota.",
    },
    providerErrorDetails: { errorCode: 95222, errorMessage: "QuotaExceeded" },
  };
  const tasks = (properties.tasks as Record<string, unknown>[]).map((task, index) =>
    index === 1 ? { ...task, state: "Failed", errors: [error] } : task,
  );
  return { ...job, properties: { ...properties, tasks, errors: [error] } };
}

/** The running job of a recovery plan with two machines in one group. */
export function planJob(name: string): Record<string, unknown> {
  const child = (machine: string): object => ({
    taskId: machine,
    friendlyName: "Fail over",
    state: "InProgress",
    customDetails: {
      instanceType: "VirtualMachineTaskDetails",
      jobTask: { jobId: "x", targetObjectName: machine },
    },
    errors: [],
  });
  return {
    id: `/jobs/${name}`,
    name,
    properties: {
      scenarioName: "UnplannedFailover",
      friendlyName: "Failover",
      state: "InProgress",
      targetObjectName: "plan",
      targetInstanceType: "RecoveryPlan",
      errors: [],
      tasks: [
        {
          taskId: "group",
          friendlyName: "Group 1",
          state: "InProgress",
          groupTaskCustomDetails: {
            instanceType: "RecoveryPlanGroupTaskDetails",
            childTasks: [child("web"), child("app")],
          },
          errors: [],
        },
      ],
    },
  };
}
