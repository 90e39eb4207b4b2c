import test, { type ExecutionContext } from "ava";
import { failbackHandler } from "../../../provider/actions/failback.ts";
import { reprotectHandler } from "../../../provider/actions/reprotect.ts";
import { BlockedError, PartialFailureError } from "../../../provider/errors.ts";
import {
  changeSiteMachine,
  recoverToAzure,
  type SiteKind,
  setAzurePower,
  siteKinds,
  startSiteBed,
} from "./site-world.ts";
import { ids, type TestBed } from "./test-bed.ts";

const item = ids.item("web");
const manage = ["startAzureMachine"] as const;

const failbackVerb = (kind: SiteKind): string =>
  kind === "classic" ? "POST unplannedFailover" : "POST plannedFailover";

const starts = (bed: TestBed): number =>
  bed.writes().filter((each) => each === "POST start").length;

type FailbackState = Awaited<ReturnType<typeof failbackHandler.create>>["state"];

/** A failback that failed at the site when the machine in Azure had been shut down for it already. */
async function failHalfWay(
  t: ExecutionContext,
  kind: SiteKind,
): Promise<{ readonly bed: TestBed; readonly id: string; readonly state: FailbackState }> {
  const bed = await startSiteBed(t, kind);
  await recoverToAzure(bed);
  await reprotectHandler.create(bed.context(), { item });
  bed.simulator.addFault({
    failTask: {
      task: "VmFoStartVmOnSecondary",
      machine: "web",
      serviceError: { code: "8038", message: "The machine could not be started on its host." },
    },
  });
  const failed = await t.throwsAsync<PartialFailureError>(
    failbackHandler.create(bed.context(), { item }),
    { instanceOf: PartialFailureError },
  );
  t.regex(failed?.message ?? "", /8038/);
  await setAzurePower(bed, "web", "deallocate");
  await changeSiteMachine(bed, { name: "web", power: "off" });
  return { bed, id: failed?.id ?? "", state: failed?.state as unknown as FailbackState };
}

for (const kind of siteKinds) {
  test.serial(
    `IT-AZVM ${kind}: a failback that failed with the machine in Azure shut down starts it with leave, and is retried once it reports`,
    async (t) => {
      const { bed, id, state } = await failHalfWay(t, kind);
      const refused = await t.throwsAsync(
        failbackHandler.update(bed.context(), id, state, { item }),
        {
          instanceOf: BlockedError,
        },
      );
      t.regex(
        refused?.message ?? "",
        /web.*deallocated.*manage: \["startAzureMachine"\].*IT-AZVM/s,
      );
      t.is(starts(bed), 0);

      const asked = { item, manage, commit: "automatic" as const };
      const { inputs } = await failbackHandler.check(bed.context({ preview: true }), asked, state);
      t.deepEqual(
        (inputs.findings ?? []).filter((each) => each.severity === "block"),
        [],
      );
      t.regex(
        inputs.findings?.find((each) => each.rule === "IT-AZVM")?.text ?? "",
        /The failback starts it first/,
      );
      const steps = inputs.plan?.machines[0]?.steps ?? [];
      t.deepEqual(steps.slice(0, 2), [
        "start the Azure machine web",
        "shut down the Azure machine web",
      ]);

      const done = await failbackHandler.update(bed.context(), id, state, asked);
      t.like(done, { status: "committed", finished: true });
      t.is(starts(bed), 1);
      t.is(
        bed.writes().filter((each) => each === failbackVerb(kind)).length,
        kind === "classic" ? 3 : 2,
      );
      t.regex(bed.told.info.join("\n"), /web: starts its Azure machine web/);
      t.true(
        bed.told.progress.some((text) => /mobility agent of its Azure machine reports/.test(text)),
        bed.told.progress.join("\n"),
      );
    },
  );
}

test("a failback takes no leave but the one to start the machine in Azure", async (t) => {
  const bed = await startSiteBed(t, "classic");
  const { failures } = await failbackHandler.check(bed.context({ preview: true }), {
    item,
    manage: ["powerOffSource" as "startAzureMachine"],
  });
  t.deepEqual(failures, [
    {
      path: "manage[0]",
      reason: '"powerOffSource" is nothing that a failback puts right; it takes startAzureMachine',
    },
  ]);
});
