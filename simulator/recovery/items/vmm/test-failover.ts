import { hyperVMachine } from "../../../hyper-v/find.ts";
import { setHyperVPower } from "../../../hyper-v/power.ts";
import { textAt } from "../../../state/json.ts";
import type { Behaviours } from "../../jobs/behaviours.ts";
import { choosePoint, notePoint } from "../chosen-point.ts";
import { onItem } from "../failover.ts";
import { noteTestNetwork, TEST_FAILOVER_BEHAVIOURS } from "../test-failover.ts";
import { targetRefusal } from "./refusals.ts";
import { deleteMadeMachine, makeTestMachine, vmNetworkNamed } from "./replica.ts";
import { passiveMachine } from "./sides.ts";

const { TestFailover: test, TestFailoverCleanup: cleanup } = TEST_FAILOVER_BEHAVIOURS;

/** What the jobs of a test failover between VMM sites do, at either side. */
export const VMM_TEST_FAILOVER_BEHAVIOURS: Behaviours = {
  VmmTestFailover: {
    ...test,
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
        noteTestNetwork(job, network === "" ? null : network);
        return undefined;
      }),
      VmTfoBootTestVm: onItem((simulation, _vault, _job, item) => {
        const machine = hyperVMachine(simulation, item.testMachineId);
        if (machine) setHyperVPower(simulation, machine, "on");
        return undefined;
      }),
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
