import test from "ava";
import { failbackHandler } from "../../../provider/actions/failback.ts";
import { failoverHandler } from "../../../provider/actions/failover.ts";
import { testFailoverHandler } from "../../../provider/actions/test-failover.ts";
import { bodiesOf, startHyperVBed, toAzureKinds } from "./hyper-v-world.ts";
import { ids, type TestBed } from "./test-bed.ts";

const item = ids.item("web");
const requirement = { HyperVToAzure: "S-03", VmmToAzure: "S-04" } as const;
const modes = ["planned", "unplanned"] as const;

for (const kind of toAzureKinds) {
  for (const mode of modes) {
    const proves = mode === "planned" ? "H-07" : "H-08";
    test(`${requirement[kind]} ${proves} H-09 ${kind}: a machine is drilled, goes to Azure ${mode}, comes home and is protected as before`, async (t) => {
      const bed = await startHyperVBed(t, kind);
      const before = await bed.item("web");
      t.is(before.scenario, kind);

      const drill = await testFailoverHandler.create(bed.context(), {
        item,
        network: ids.testNetwork,
      });
      t.like(drill.state, { status: "testing", finished: true });
      await testFailoverHandler.delete(bed.context(), drill.id, drill.state);

      const over = await failoverHandler.create(bed.context(), {
        item,
        mode,
        commit: "automatic",
      });
      t.like(over.state, { status: "committed", finished: true });
      t.like(over.state.machines[0], { from: "plant-one", error: "", removed: "" });
      t.is((await bed.item("web")).activeLocation, "Recovery");

      const home = await failbackHandler.create(bed.context(), { item, commit: "automatic" });
      t.like(home.state, { status: "protected", finished: true });
      t.like(home.state.machines[0], { to: "plant-one", error: "" });
      t.regex(home.state.machines[0]?.removed ?? "", /virtualMachines\/web/);
      t.regex(bed.told.info.join("\n"), /web: the data are synchronized. The downtime begins now/);

      const after = await bed.item("web");
      t.is(after.armId, before.armId);
      t.is(after.protectionState, "Protected");
      t.is(after.activeLocation, "Primary");
      t.deepEqual(
        bed.writes(),
        [
          "testFailover",
          "testFailoverCleanup",
          `${mode}Failover`,
          "failoverCommit",
          "plannedFailover",
          "resume",
          "failoverCommit",
          "reProtect",
        ].map((verb) => `POST ${verb}`),
      );
      t.like(bodiesOf(bed, "plannedFailover").at(-1), {
        properties: {
          failoverDirection: "RecoveryToPrimary",
          providerSpecificDetails: {
            instanceType: "HyperVReplicaAzureFailback",
            dataSyncOption: "ForSynchronization",
            recoveryVmCreationOption: "NoAction",
          },
        },
      });
      t.like(bodiesOf(bed, "reProtect")[0], {
        properties: {
          failoverDirection: "PrimaryToRecovery",
          providerSpecificDetails: { hvHostVmId: await hostMachineGuid(bed) },
        },
      });
    });
  }
}

/** Guid of the machine web as its host knows it: what discovery calls its source. */
async function hostMachineGuid(bed: TestBed): Promise<string | undefined> {
  const { containerId } = (await bed.item("web")).primary;
  const site = await bed.vault();
  const machines = await site.onPremises.protectableItems(bed.context(), containerId);
  return machines.find(({ friendlyName }) => friendlyName === "web")?.hyperV?.sourceId;
}
