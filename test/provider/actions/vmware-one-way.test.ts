import test from "ava";
import { failoverHandler } from "../../../provider/actions/failover.ts";
import { reprotectHandler } from "../../../provider/actions/reprotect.ts";
import { BlockedError } from "../../../provider/errors.ts";
import { startSiteBed } from "./site-world.ts";
import { ids } from "./test-bed.ts";

const servers = ["aws-1", "old-1"] as const;

/** Physical servers that never come back: an instance of AWS, and a Windows Server 2008 R2. */
const oneWay = {
  world: {
    physicalServers: [
      {
        name: "aws-1",
        address: "172.31.0.5",
        os: "Windows",
        discovered: true,
        discoveryType: "AWS",
      },
      {
        ...{ name: "old-1", address: "172.31.0.6", os: "Windows", discovered: true },
        osVersion: "Windows Server 2008 R2 SP1",
      },
    ],
  },
  vault: {
    items: servers.map((machine) => ({
      ...{ machine, container: "cs-1", policy: "forward", recoveryResourceGroup: "we" },
      ...{ cacheStorageAccount: "cachewe", network: "we-vnet", subnet: "apps", drilled: true },
    })),
  },
};

test("MG-ONEWAY IT-2008R2 S-09 R-06 what never comes back is failed over with a warning, and its reprotect is refused with the reason", async (t) => {
  const bed = await startSiteBed(t, "classic", oneWay);
  const items = servers.map(ids.item);
  const { inputs } = await failoverHandler.check(bed.context({ preview: true }), { items });
  const warned = (inputs.findings ?? []).filter((each) => each.rule === "IT-2008R2");
  t.deepEqual(
    warned.map((each) => [each.subject, each.severity]),
    [["old-1", "warn"]],
  );
  await failoverHandler.create(bed.context(), { items, commit: "automatic" });
  const writes = bed.writes().length;
  const error = await t.throwsAsync<BlockedError>(
    reprotectHandler.create(bed.context(), { items }),
    { instanceOf: BlockedError },
  );
  const found = (error?.findings ?? []).map((each) => `${each.subject} ${each.rule}`);
  t.true(found.includes("aws-1 MG-ONEWAY"), found.join());
  t.true(found.includes("old-1 IT-2008R2"), found.join());
  t.false(found.some((each) => each.endsWith("IT-GONE")));
  t.is(bed.writes().length, writes);
});
