import test from "ava";
import {
  makeReady,
  noteRefusal,
  type Readiness,
  unready,
} from "../../../../provider/actions/execution/lanes/readiness.ts";
import type { AnyActionInputs } from "../../../../provider/actions/settings.ts";
import type { Context } from "../../../../provider/context.ts";
import type { ItemFacts, JobError } from "../../../../provider/recovery/model.ts";
import type { DestinationFacts, Situation } from "../../../../provider/recovery/situation.ts";
import type { AzureSite, OperationOutcome } from "../../../../provider/sites/azure/site.ts";
import { committedItem, jobOf } from "../../recovery/items.ts";
import { now, situation } from "../../recovery/situations.ts";
import { generations, onPremises, siteItemAfter } from "../../recovery/vmware-items.ts";

const [modernized, classic] = generations;

/** What a run needs of its context here: the time, and somewhere to speak to. */
function contextAt(time: Date): Context {
  const log = { info: () => {}, warn: () => {}, progress: () => {} };
  return { clock: { now: () => time, sleep: async () => {} }, log } as unknown as Context;
}

const ready = (
  each: Situation,
  verb: "commit" | "reprotect",
  inputs: AnyActionInputs = {},
  readiness: Readiness = unready(),
  time: Date = now,
): Promise<string | undefined> =>
  makeReady({ context: contextAt(time), site: {} as AzureSite, inputs, readiness }, verb, [each]);

const failedBack = (destination: Partial<DestinationFacts>): Situation => ({
  ...situation("Failback", siteItemAfter(modernized, 4)),
  destination: { resources: [], eligibilityErrors: [], ...destination },
});

test("V-06 the commit of a failback waits while the machine in Azure runs, or while its power is not told", async (t) => {
  const seen = { runningMachineExists: true } as const;
  for (const runningMachinePowerState of ["running", "deallocating", ""]) {
    const waits = await ready(failedBack({ ...seen, runningMachinePowerState }), "commit");
    t.regex(waits ?? "", /web: waits until the Azure machine .* is stopped before the commit/);
  }
  const silent = failedBack({ trouble: "the region does not answer" });
  t.regex((await ready(silent, "commit")) ?? "", /the region does not answer/);
});

test("V-06 a machine that is stopped, deallocated or gone lets the commit go", async (t) => {
  const seen = { runningMachineExists: true } as const;
  t.is(
    await ready(failedBack({ ...seen, runningMachinePowerState: "stopped" }), "commit"),
    undefined,
  );
  t.is(
    await ready(failedBack({ ...seen, runningMachinePowerState: "deallocated" }), "commit"),
    undefined,
  );
  t.is(await ready(failedBack({ runningMachineExists: false }), "commit"), undefined);
});

test("V-06 a machine that nobody knows is no machine that was seen stopped: the commit is refused, or the rule waived", async (t) => {
  const error = await t.throwsAsync(ready(failedBack({}), "commit"));
  t.regex(
    error?.message ?? "",
    /web: its failback is done and waits for the commit.*placement: reprotect\.placement.*waive FB-STOPPED/s,
  );
  t.is(await ready(failedBack({}), "commit", { waive: ["FB-STOPPED"] }), undefined);
});

test("the commit of a failover, and of machines between regions, waits for nothing", async (t) => {
  t.is(await ready(situation("Failover", siteItemAfter(modernized, 1)), "commit"), undefined);
  t.is(await ready(situation("Failback", committedItem()), "commit"), undefined);
});

const stopped = (name: string, lastHeartbeat?: string): Situation => ({
  ...situation(
    "Failback",
    siteItemAfter(classic, 3, {
      name,
      friendlyName: name,
      onPremises: onPremises(lastHeartbeat === undefined ? {} : { lastHeartbeat }),
    }),
  ),
  manages: ["startAzureMachine"],
  destination: {
    resources: [],
    eligibilityErrors: [],
    runningMachineExists: true,
    runningMachineId: `/vm/${name}`,
    runningMachinePowerState: "deallocated",
  },
});

test("IT-AZVM the machines of a plan that stand still are each started once before the failback", async (t) => {
  const started: string[] = [];
  const readiness = unready();
  const site = {
    now: () => now,
    startMachine: async (_context: unknown, id: string) => void started.push(id),
  } as unknown as AzureSite;
  const readying = { context: contextAt(now), site, inputs: {}, readiness };
  const both = [stopped("web"), stopped("app")];
  // Where nobody tells of heartbeats there is nothing to wait for.
  t.is(await makeReady(readying, "unplannedFailover", both), undefined);
  t.is(await makeReady(readying, "unplannedFailover", both), undefined);
  t.deepEqual(started, ["/vm/web", "/vm/app"]);
});

test("IT-AZVM a machine that was started and never reports is not failed back", async (t) => {
  const readiness = unready();
  const after = (minutes: number, heartbeat: string): Promise<string | undefined> => {
    const time = new Date(now.getTime() + minutes * 60_000);
    const site = { now: () => time, startMachine: async () => {} } as unknown as AzureSite;
    const readying = { context: contextAt(time), site, inputs: {}, readiness };
    return makeReady(readying, "unplannedFailover", [stopped("web", heartbeat)]);
  };
  const old = new Date(now.getTime() - 3_600_000).toISOString();
  t.regex((await after(0, old)) ?? "", /web: waits until the mobility agent/);
  t.regex((await after(14, old)) ?? "", /waits until/);
  t.is(await after(14, new Date(now.getTime() + 60_000).toISOString()), undefined);
  const error = await t.throwsAsync(after(16, old));
  t.regex(error?.message ?? "", /web: .*has not reported within 16 min.*not failed back/);
});

test("V-10 an agent is waited for up to its time, then the machine, the time and the remedy are told", async (t) => {
  const item = siteItemAfter(modernized, 2, {
    onPremises: onPremises({ agentRegisteredAfterFailover: false }),
  });
  const readiness = unready();
  const waits = situation("Reprotect", item);
  t.regex((await ready(waits, "reprotect", {}, readiness)) ?? "", /mobility agent/);
  const late = new Date(now.getTime() + 16 * 60_000);
  const error = await t.throwsAsync(ready(waits, "reprotect", {}, readiness, late));
  t.regex(error?.message ?? "", /web: .*not registered within 16 min.*agentTimeout/);
  t.is(await ready(waits, "reprotect", { waive: ["IT-AGENT"] }), undefined);
});

test("V-10 a classic agent counts as registered by a heartbeat after the failover", async (t) => {
  const at = (lastHeartbeat: string): Situation =>
    situation(
      "Reprotect",
      siteItemAfter(classic, 2, {
        lastSuccessfulFailoverTime: "2026-01-10T11:00:00Z",
        onPremises: onPremises({ lastHeartbeat }),
      }),
    );
  t.regex((await ready(at("2026-01-10T10:59:00Z"), "reprotect")) ?? "", /last heartbeat/);
  t.is(await ready(at("2026-01-10T11:01:00Z"), "reprotect"), undefined);
});

const failure = (code: string): OperationOutcome => {
  const error: JobError = {
    code,
    message: "It failed.",
    possibleCauses: "",
    recommendedAction: "",
    providerCode: "",
    providerMessage: "",
    level: "Error",
    task: "",
    machine: "",
  };
  const job = jobOf(committedItem(), "SwitchReplicationGroupProtection", { errors: [error] });
  return { succeeded: false, warnings: [], failure: `It failed (${code}).`, job };
};

test("V-10 after a refusal nothing but a new sign of the agent leads to another try", async (t) => {
  const readiness = unready();
  const item = (lastHeartbeat: string): ItemFacts =>
    siteItemAfter(classic, 2, {
      lastSuccessfulFailoverTime: "2026-01-10T11:00:00Z",
      onPremises: onPremises({ lastHeartbeat }),
    });
  const before = item("2026-01-10T11:59:00Z");
  t.true(noteRefusal(contextAt(now), readiness, before, failure("95226")));
  const waits = await ready(situation("Reprotect", before), "reprotect", {}, readiness);
  t.regex(waits ?? "", /the service refused the reprotect because of it/);
  const shown = situation("Reprotect", item("2026-01-10T12:01:00Z"));
  t.is(await ready(shown, "reprotect", {}, readiness), undefined);
});

test("V-10 other failures, other scenarios and a third refusal are failures", (t) => {
  const item = siteItemAfter(classic, 2);
  const refused = (readiness: Readiness, code: string, whose: ItemFacts = item): boolean =>
    noteRefusal(contextAt(now), readiness, whose, failure(code));
  t.false(refused(unready(), "8061"));
  t.false(refused(unready(), "95226", committedItem()));
  const readiness = unready();
  t.deepEqual(
    ["95226", "78093", "95226"].map((code) => refused(readiness, code)),
    [true, true, false],
  );
});
