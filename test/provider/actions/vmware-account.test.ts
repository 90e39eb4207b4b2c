import test from "ava";
import { failoverHandler } from "../../../provider/actions/failover.ts";
import { reprotectHandler } from "../../../provider/actions/reprotect.ts";
import { BlockedError } from "../../../provider/errors.ts";
import { plantOne, siteKinds } from "./site-world.ts";
import { ids, startTestBed } from "./test-bed.ts";

const item = ids.item("web");

for (const kind of siteKinds) {
  test(`VC-PRIV ${kind}: with a read-only account the failover works, and the reprotect is stopped by what the invisible datastores show`, async (t) => {
    const world = plantOne(kind) as { readonly vcenters?: readonly object[] };
    Object.assign(world.vcenters?.[0] ?? {}, { account: "readOnly" });
    const bed = await startTestBed(t, world as never, { pollingInterval: "PT1M" });
    const { state } = await failoverHandler.create(bed.context(), { item, commit: "automatic" });
    t.like(state, { status: "committed" });
    const error = await t.throwsAsync<BlockedError>(
      reprotectHandler.create(bed.context(), { item, datastore: "ds1" }),
      { instanceOf: BlockedError },
    );
    const found = error?.findings.find((each) => each.rule === "VC-PRIV");
    t.regex(
      found?.text ?? "",
      /sees no datastore of it: the sign of an account that may only read/,
    );
    t.false(bed.writes().includes("POST reProtect"));
  });
}
