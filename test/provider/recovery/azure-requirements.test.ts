import test from "ava";
import type { ItemFacts } from "../../../provider/recovery/model.ts";
import { hyperV, hyperVItem, toAzure } from "./hyper-v-items.ts";
import { found, holds, hyperVSituation } from "./hyper-v-situations.ts";
import { protectedItem } from "./items.ts";
import { destination, situation, size } from "./situations.ts";

const gibibyte = 1024 ** 3;

const disk = (diskId: string, gibibytes: number): ItemFacts["disks"][number] => ({
  ...(protectedItem().disks[0] as ItemFacts["disks"][number]),
  diskId,
  name: diskId,
  capacityBytes: gibibytes * gibibyte,
});

for (const scenario of toAzure) {
  const withDisks = (
    disks: readonly ItemFacts["disks"][number][],
    usesManagedDisks = true,
  ): ItemFacts =>
    hyperVItem(scenario, { disks, hyperV: hyperV({ osDiskId: "system", usesManagedDisks }) });
  const clean = hyperVSituation("Failover", withDisks([disk("system", 127), disk("data", 8000)]));

  test(
    `A2-REQUIREMENTS the disk with the operating system has a limit of its own (${scenario})`,
    holds,
    "A2-REQUIREMENTS",
    "block",
    hyperVSituation("Failover", withDisks([disk("system", 5000)])),
    clean,
    /operating system, system, is larger than 4095 GiB/,
  );
  test(
    `A2-REQUIREMENTS one above the limit of generation 1 is warned of (${scenario})`,
    holds,
    "A2-REQUIREMENTS",
    "warn",
    hyperVSituation("TestFailover", withDisks([disk("system", 3000)])),
    clean,
    /generation 1/,
  );
  test(
    `A2-REQUIREMENTS disks in a storage account are smaller than managed ones (${scenario})`,
    holds,
    "A2-REQUIREMENTS",
    "block",
    hyperVSituation("Failover", withDisks([disk("system", 127), disk("data", 8000)], false)),
    clean,
    /disk data is larger than 4095 GiB/,
  );
  test(
    `A2-REQUIREMENTS a size that does not take all disks is refused (${scenario})`,
    holds,
    "A2-REQUIREMENTS",
    "block",
    hyperVSituation(
      "Failover",
      withDisks(["system", "a", "b", "c", "d", "e"].map((name) => disk(name, 10))),
      destination({ sizes: [size] }),
    ),
    clean,
    /takes 4 data disks, the machine has 5/,
  );
  test(
    `A2-REQUIREMENTS a size that Azure does not offer is refused (${scenario})`,
    holds,
    "A2-REQUIREMENTS",
    "block",
    hyperVSituation("Failover", hyperVItem(scenario), destination({ sizes: [] })),
    clean,
    /size Standard_D2s_v5 is not offered in Azure\./,
  );
}

test("A2-REQUIREMENTS between VMM sites nothing has to be as Azure wants it", (t) => {
  const item = hyperVItem("VmmToVmm", { disks: [disk("system", 50_000)] });
  t.deepEqual(found("A2-REQUIREMENTS", hyperVSituation("Failover", item)), []);
});

test("A2-REQUIREMENTS machines between regions may have the larger disks", (t) => {
  const item = protectedItem({ disks: [disk("system", 127), disk("data", 8000)] });
  t.deepEqual(found("A2-REQUIREMENTS", situation("Failover", item)), []);
});
