import test from "ava";
import { ReplicatedItem } from "pulumi-asr";
import { hyperVWorld } from "../../actions/hyper-v-world.ts";
import { ids } from "../../actions/test-bed.ts";
import { startRehearsal } from "./rehearsal.ts";

test.serial(
  "S-07 a machine that is left of SAN replication is looked at by the real engine, without managing it",
  async (t) => {
    t.timeout(300_000);
    const world = hyperVWorld("VmmToVmm", { item: { retiredKind: "San" } });
    const rehearsal = await startRehearsal(t, world);
    const stack = await rehearsal.stack(async () => {
      const { friendlyName, protectionState, activeLocation } = ReplicatedItem.get(
        "old",
        ids.item("web"),
      );
      return { friendlyName, protectionState, activeLocation };
    });
    const { outputs } = await stack.up();
    t.like(outputs, {
      friendlyName: { value: "web" },
      protectionState: { value: "Protected" },
      activeLocation: { value: "Primary" },
    });
    t.deepEqual(rehearsal.simulator.journal({ writesOnly: true }), []);
    await stack.destroy();
    t.deepEqual(rehearsal.simulator.journal({ writesOnly: true }), [], "it is nobody's to remove");
  },
);
