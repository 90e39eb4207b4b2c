/** An error of a job, in the service's words. */
export interface JobError {
  readonly code: string;
  readonly message: string;
  readonly possibleCauses: string;
  readonly recommendedAction: string;
  readonly providerCode: string;
  readonly providerMessage: string;
  readonly level: string;
  /** Friendly name of the task that failed; empty when the job itself says so. */
  readonly task: string;
  /** Friendly name of the machine the task belongs to; empty when the job does not tell. */
  readonly machine: string;
}

/** One task of a job; children of group tasks stand behind their parent in the flat list. */
export interface JobTask {
  readonly name: string;
  readonly friendlyName: string;
  readonly state: string;
  readonly startTime?: string;
  readonly endTime?: string;
  readonly machine: string;
  /** Name of the machine's own job that a task of a recovery plan's job stands for. */
  readonly jobName?: string;
}

/** What a job tells about one machine that it moved. */
export interface JobMachine {
  readonly itemName: string;
  readonly friendlyName: string;
  readonly testMachineName: string;
  readonly recoveryPointId: string;
  readonly recoveryPointTime?: string;
}

/** A job of the vault; lists carry neither tasks nor machines. */
export interface JobFacts {
  readonly id: string;
  readonly name: string;
  readonly scenarioName: string;
  readonly friendlyName: string;
  readonly state: string;
  readonly startTime?: string;
  readonly endTime?: string;
  readonly targetObjectId: string;
  readonly targetObjectName: string;
  readonly targetInstanceType: string;
  readonly tasks: readonly JobTask[];
  readonly errors: readonly JobError[];
  readonly machines: readonly JobMachine[];
  /** ARM ids of machines in Azure that the job speaks of; absent when it names none. Lists carry none. */
  readonly azureMachineIds?: readonly string[];
}
