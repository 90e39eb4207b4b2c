import test from "ava";
import { failbackHandler } from "../../../provider/actions/failback.ts";
import { reprotectHandler } from "../../../provider/actions/reprotect.ts";
import { PartialFailureError } from "../../../provider/errors.ts";
import { recoverToAzure, siteKinds, startSiteBed } from "./site-world.ts";
import { ids } from "./test-bed.ts";

const item = ids.item("web");

for (const kind of siteKinds) {
  test.serial(
    `V-02 IT-PROTECTED ${kind}: a failback that comes before the reprotect has finished waits for it, and says so at preview`,
    async (t) => {
      const bed = await startSiteBed(t, kind);
      await recoverToAzure(bed);
      await t.throwsAsync(reprotectHandler.create(bed.context(), { item, timeout: "PT20M" }), {
        instanceOf: PartialFailureError,
      });
      t.is((await bed.item("web")).protectionState, "InitialReplicationInProgress");
      const { inputs } = await failbackHandler.check(bed.context({ preview: true }), { item });
      const [found] = (inputs.findings ?? []).filter((each) => each.severity !== "warn");
      t.like(found, { rule: "IT-PROTECTED", severity: "wait" });
      t.regex(found?.text ?? "", /web: its reprotect has not finished/);
      const { state } = await failbackHandler.create(bed.context(), { item });
      t.like(state, { status: "commitPending", finished: true });
      t.true(
        bed.told.progress.some((text) => /web: its reprotect has not finished/.test(text)),
        bed.told.progress.join("\n"),
      );
    },
  );

  test.serial(
    `V-02 IT-PROTECTED ${kind}: a failback before any reprotect is refused, and nothing is sent`,
    async (t) => {
      const bed = await startSiteBed(t, kind);
      await recoverToAzure(bed);
      const writes = bed.writes().length;
      const error = await t.throwsAsync(failbackHandler.create(bed.context(), { item }));
      t.regex(error?.message ?? "", /web: it runs in Azure.*declare a Reprotect.*IT-PROTECTED/s);
      t.is(bed.writes().length, writes);
    },
  );
}
