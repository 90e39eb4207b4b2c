import { hyperVMachine } from "../../../hyper-v/find.ts";
import { setHyperVPower } from "../../../hyper-v/power.ts";
import { textAt } from "../../../state/json.ts";
import type { Behaviours } from "../../jobs/behaviours.ts";
import { choosePoint, notePoint } from "../chosen-point.ts";
import { onItem } from "../failover.ts";
import { endItemJob } from "../item-job.ts";
import { TEST_FAILOVER_BEHAVIOURS } from "../test-failover.ts";
import { targetRefusal } from "./refusals.ts";
import { deleteMadeMachine, makeTestMachine, vmNetworkNamed } from "./replica.ts";
import { passiveMachine } from "./sides.ts";

const cleanup = TEST_FAILOVER_BEHAVIOURS.TestFailoverCleanup;

/** What the jobs of a test failover between VMM sites do, at either side. */
export const VMM_TEST_FAILOVER_BEHAVIOURS: Behaviours = {
  VmmTestFailover: {
    end: {
      VmTfoPrerequisitesCheck: onItem((simulation, vault, _job, item) =>
        targetRefusal(simulation, vault, item),
      ),
      VmTfoInitiateFailover: onItem((simulation, vault, job, item) => {
        const passive = passiveMachine(simulation, item);
        const networkId = textAt(job.input, "networkId") ?? "";
        const network = vmNetworkNamed(simulation, vault, item, networkId)?.name ?? "";
        const machine = passive && makeTestMachine(simulation, vault, item, passive, network);
        if (!machine) return targetRefusal(simulation, vault, item);
        item.testMachineId = machine.key;
        const point = choosePoint(simulation, vault, item, job);
        if (point) notePoint(vault, job, item, point, machine.name);
        job.details = {
          ...job.details,
          testFailoverStatus: "InProgress",
          comments: null,
          networkName: network === "" ? null : network,
          networkFriendlyName: network === "" ? null : network,
          networkType: textAt(job.input, "networkType") ?? null,
        };
        return undefined;
      }),
      VmTfoBootTestVm: onItem((simulation, _vault, _job, item) => {
        const machine = hyperVMachine(simulation, item.testMachineId);
        if (machine) setHyperVPower(simulation, machine, "on");
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
  VmmTestFailoverCleanup: {
    ...cleanup,
    end: {
      VmTfoDeleteTestVm: onItem((simulation, _vault, _job, item) => {
        deleteMadeMachine(simulation, item.testMachineId);
        item.testMachineId = null;
        return undefined;
      }),
    },
  },
};
