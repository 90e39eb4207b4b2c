import { dismantle, setPower } from "../../azure/machines.ts";
import { nameOf } from "../../state/identifiers.ts";
import { textAt } from "../../state/json.ts";
import type { Behaviours } from "../jobs/behaviours.ts";
import type { Job } from "../jobs/job.ts";
import { choosePoint, notePoint } from "./chosen-point.ts";
import { onItem } from "./failover.ts";
import { endItemJob } from "./item-job.ts";
import { makeCopy } from "./recovered-machine.ts";

/** Writes down in a job what network its test machine is in; null = in none. */
export function noteTestNetwork(job: Job, networkName: string | null): void {
  job.details = {
    ...job.details,
    testFailoverStatus: "InProgress",
    comments: null,
    networkName,
    networkFriendlyName: networkName,
    networkType: textAt(job.input, "networkType") ?? null,
  };
}

/** What the jobs of a test failover do (CH-A2A-TFO). */
export const TEST_FAILOVER_BEHAVIOURS: Behaviours = {
  TestFailover: {
    end: {
      VmTfoInitiateFailover: onItem((simulation, vault, job, item) => {
        const networkId = textAt(job.input, "networkId") ?? null;
        const point = choosePoint(simulation, vault, item, job);
        if (point) notePoint(vault, job, item, point, item.recovery.tfoVmName);
        noteTestNetwork(job, networkId === null ? null : nameOf(networkId));
        return undefined;
      }),
      VmTfoPrepareTestVm: onItem((simulation, vault, job, item) => {
        const made = makeCopy(simulation, vault, item, {
          kind: "test",
          networkId: textAt(job.input, "networkId") ?? null,
        });
        if ("failed" in made) return made;
        if (made.warning) job.warning ??= made.warning;
        setPower(simulation, made.machineId, "stopped");
        item.testMachineId = made.machineId;
        return undefined;
      }),
      VmTfoBootTestVm: onItem((simulation, _vault, _job, item) => {
        if (item.testMachineId !== null) setPower(simulation, item.testMachineId, "running");
        return undefined;
      }),
    },
    finished: (simulation, vault, job, succeeded) => {
      const item = endItemJob(simulation, vault, job);
      if (!item || !succeeded) return;
      item.testFailoverState = "WaitingForCompletion";
      item.scenario = { name: "TestFailover", job: job.name, at: job.createdAt };
      job.details = { ...job.details, testFailoverStatus: "Completed" };
    },
  },
  TestFailoverCleanup: {
    end: {
      VmTfoDeleteTestVm: onItem((simulation, _vault, _job, item) => {
        if (item.testMachineId !== null)
          dismantle(simulation, item.testMachineId, { disks: true, nics: true });
        item.testMachineId = null;
        return undefined;
      }),
    },
    finished: (simulation, vault, job, succeeded) => {
      const waiting = textAt(job.input, "testJob");
      const item = endItemJob(simulation, vault, job);
      if (!item) return;
      if (!succeeded) {
        item.scenario =
          waiting === undefined ? null : { name: "TestFailover", job: waiting, at: simulation.now };
        return;
      }
      item.testFailoverState = "MarkedForDeletion";
      item.lastTestFailoverAt = simulation.now;
      item.testFailoverAdvisedAt = null;
      job.details = {
        ...job.details,
        testFailoverStatus: "Completed",
        comments: textAt(job.input, "comments") ?? null,
      };
    },
  },
};
