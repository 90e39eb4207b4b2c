import type { ExecutionContext } from "ava";
import type { ItemFacts } from "../../../provider/recovery/model.ts";
import type { RecoveryPlanSpecification } from "../../../provider/sites/azure/specifications.ts";
import { ids, startTestBed, type TestBed } from "./test-bed.ts";

/** The machines of the recovery plan `shop`, in the order of its groups. */
export const planned: readonly string[] = ["database", "app", "web"];

/** A test bed with the recovery plan `shop`: each machine in a group of its own. */
export async function startWithPlan(
  t: ExecutionContext,
  names: readonly string[] = planned,
): Promise<TestBed> {
  const bed = await startTestBed(t);
  const vault = await bed.vault();
  await vault.putRecoveryPlan(bed.context(), "shop", await planOf(bed, names));
  bed.simulator.clearJournal();
  return bed;
}

/** Somebody gives the plan other machines. */
export async function changePlan(bed: TestBed, names: readonly string[]): Promise<void> {
  const vault = await bed.vault();
  await vault.updateRecoveryPlan(bed.context(), "shop", await planOf(bed, names));
}

async function planOf(bed: TestBed, names: readonly string[]): Promise<RecoveryPlanSpecification> {
  const items = await Promise.all(names.map((name) => bed.item(name)));
  const [first] = items;
  const fabric = (name: string): string => `${ids.vault}/replicationFabrics/${name}`;
  return {
    primaryFabricId: fabric(first?.primary.fabricName ?? ""),
    recoveryFabricId: fabric(first?.recovery.fabricName ?? ""),
    groups: items.map((item: ItemFacts) => ({
      type: "Boot",
      items: [{ armId: item.armId, machineId: item.machineId }],
      startActions: [],
      endActions: [],
    })),
  };
}
