import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "ava";
import { startSimulator } from "../../simulator/index.ts";
import { FAIL_OVER, openShop, SHOP, SUBSCRIPTION, VAULT, webItem } from "./shop.ts";

const POLICY = `${VAULT}/replicationPolicies/policy`;
const ITEMS = `${VAULT}/replicationProtectedItems`;

test("A rule is in force only within its window of virtual time", async (t) => {
  const shop = await openShop(t);
  shop.simulator.addFault({
    times: 0,
    from: "2026-01-15T08:10:00Z",
    until: "2026-01-15T08:20:00Z",
    respond: { status: 503 },
  });
  const statuses: number[] = [];
  for (const time of ["08:09:59", "08:10:00", "08:19:59", "08:20:00"]) {
    shop.simulator.clock.advance(`2026-01-15T${time}Z`);
    statuses.push((await shop.ask("GET", POLICY)).status);
  }
  t.deepEqual(statuses, [200, 503, 503, 200]);
});

test("A rule strikes the n-th fitting request and no other", async (t) => {
  const shop = await openShop(t);
  shop.simulator.addFault({
    match: { path: "replicationPolicies" },
    nth: 3,
    respond: { status: 500 },
  });
  const statuses: number[] = [];
  for (let round = 0; round < 4; round += 1) {
    await shop.ask("GET", VAULT);
    statuses.push((await shop.ask("GET", POLICY)).status);
  }
  t.deepEqual(statuses, [200, 200, 500, 200]);
});

test("Chances of a rule depend on seed and name alone, not on what else is asked", async (t) => {
  const strikes = async (seed: string, others: number) => {
    const shop = await openShop(t, { seed });
    for (let other = 0; other < others; other += 1) await shop.ask("GET", `${VAULT}/none`);
    shop.simulator.addFault({
      id: "flaky",
      match: { path: "replicationPolicies" },
      times: 0,
      probability: 0.4,
      respond: { status: 503 },
    });
    const statuses: number[] = [];
    for (let round = 0; round < 20; round += 1) {
      if (others > 0) await shop.ask("GET", VAULT);
      statuses.push((await shop.ask("GET", POLICY)).status);
    }
    return statuses.join();
  };
  const once = await strikes("one", 0);
  t.is(await strikes("one", 5), once);
  t.not(await strikes("two", 0), once);
});

test("Requests beyond a limit are throttled until the window is over", async (t) => {
  const shop = await openShop(t);
  shop.simulator.addFault({ match: { method: "GET" }, throttle: { requests: 2, seconds: 60 } });
  const ask = async () => (await shop.ask("GET", POLICY)).status;
  t.deepEqual([await ask(), await ask(), await ask(), await ask()], [200, 200, 429, 429]);
  t.is((await shop.ask("GET", POLICY)).headers.get("retry-after"), "1");
  shop.simulator.clock.advance(60_000);
  t.is(await ask(), 200);
});

/** What a client gets: bytes promised, bytes that came, how many pieces, and whether it was cut. */
function download(
  url: string,
): Promise<{ promised: number; came: number; pieces: number; cut: boolean }> {
  return new Promise((resolve, reject) => {
    const sent = request(url, (response) => {
      let came = 0;
      let pieces = 0;
      const promised = Number(response.headers["content-length"]);
      const done = () => resolve({ promised, came, pieces, cut: !response.complete });
      response.on("data", (chunk: Buffer) => {
        came += chunk.length;
        pieces += 1;
      });
      response.on("end", done).on("error", done);
    });
    sent.on("error", reject).end();
  });
}

test("An answer can break off in the middle of its body, though the service did its work", async (t) => {
  const shop = await openShop(t);
  shop.simulator.addFault({ truncateAt: 100 });
  const { promised, came, cut } = await download(`${shop.simulator.url}${webItem()}`);
  t.is(came, 100);
  t.true(promised > 1000);
  t.true(cut);
  shop.simulator.addFault({ truncateAt: 0, match: { method: "POST" } });
  await t.throwsAsync(shop.ask("POST", `${webItem()}/failoverCommit`));
  t.is((await shop.get(`${VAULT}/replicationJobs`)).value.length, 1);
});

test("An answer can trickle in, whole in the end", async (t) => {
  const shop = await openShop(t);
  shop.simulator.addFault({ trickleMs: 50 });
  const { promised, came, pieces, cut } = await download(`${shop.simulator.url}${webItem()}`);
  t.is(came, promised);
  t.true(pieces > 1);
  t.false(cut);
});

test("A job can be cancelled by somebody else in the middle of a task", async (t) => {
  const shop = await openShop(t);
  shop.simulator.addFault({ cancelJob: { scenario: "UnplannedFailover", task: "VmFailover" } });
  const end = await shop.run("POST", `${webItem()}/unplannedFailover`, FAIL_OVER);
  t.is(end.status, "Canceled");
  const job = (await shop.get(`${VAULT}/replicationJobs/${end.name}`)).properties;
  t.is(job.state, "Cancelled");
  t.is((await shop.get(webItem())).properties.currentScenario.scenarioName, "None");
});

test("A lost job is unknown by status, result, name and list, and its work is done all the same", async (t) => {
  const shop = await openShop(t);
  shop.simulator.addFault({ loseJob: { scenario: "UnplannedFailover" } });
  const reply = await shop.ask("POST", `${webItem()}/unplannedFailover`, FAIL_OVER);
  const poll = reply.headers.get("azure-asyncoperation") ?? "";
  t.is((await shop.get(poll)).status, "NotStarted");
  const { jobId } = (await shop.get(webItem())).properties.currentScenario;
  shop.simulator.clock.advance(1000);
  for (const path of [poll, reply.headers.get("location") ?? "", jobId])
    t.is((await shop.ask("GET", path)).status, 404, path);
  t.deepEqual((await shop.get(`${VAULT}/replicationJobs`)).value, []);
  shop.simulator.clock.advance(600_000);
  t.is((await shop.get(webItem())).properties.activeLocation, "Recovery");
});

test("After a write, item and lists show the state before for so many reads", async (t) => {
  const shop = await openShop(t);
  shop.simulator.addFault({
    match: { method: "POST", path: "unplannedFailover$" },
    stale: { reads: 2 },
  });
  const reply = await shop.ask("POST", `${webItem()}/unplannedFailover`, FAIL_OVER);
  const scenario = (item: { properties: { currentScenario: { scenarioName: string } } }) =>
    item.properties.currentScenario.scenarioName;
  t.is((await shop.get(reply.headers.get("azure-asyncoperation") ?? "")).status, "NotStarted");
  t.is(scenario(await shop.get(webItem())), "None");
  t.is(scenario((await shop.get(ITEMS)).value[0]), "None");
  t.is(scenario(await shop.get(webItem())), "UnplannedFailover");
});

test("After a write, reads of a machine show the state before for so long, over a restart too", async (t) => {
  const stateFile = join(mkdtempSync(join(tmpdir(), "simulator-")), "state.json");
  const first = await openShop(t, { stateFile });
  const item = await first.get(webItem());
  const machine: string = item.properties.providerSpecificDetails.fabricObjectId;
  first.simulator.addFault({ match: { method: "DELETE" }, stale: { seconds: 30 } });
  await first.ask("DELETE", machine);
  await first.simulator.close();
  const second = await openShop(t, { stateFile });
  t.is((await second.ask("GET", machine)).status, 200);
  second.simulator.clock.advance(30_000);
  t.is((await second.ask("GET", machine)).status, 404);
});

test("Somebody else fails an item over, commits it and deletes it: jobs, events and journal tell who", async (t) => {
  const shop = await openShop(t);
  const other = (verb: string) =>
    shop.ask("POST", "/_simulator/someone-else", { item: "web", verb, by: "night-shift" });
  t.is((await other("unplannedFailover")).status, 202);
  shop.simulator.clock.advance(600_000);
  t.is((await shop.get(webItem())).properties.activeLocation, "Recovery");
  const [job] = (await shop.get(`${VAULT}/replicationJobs`)).value;
  const { customDetails } = (await shop.get(job.id)).properties;
  t.is(customDetails.affectedObjectDetails.startedby, "night-shift");
  const { value } = await shop.get(`${VAULT}/replicationEvents`);
  const told = value.map(
    (each: { properties: { description: string } }) => each.properties.description,
  );
  t.true(told.includes("UnplannedFailover - started by night-shift"));
  t.is((await other("failoverCommit")).status, 202);
  shop.simulator.clock.advance(600_000);
  t.is((await shop.get(webItem())).properties.protectionState, "UnplannedFailoverCommitted");
  t.is((await other("delete")).status, 202);
  shop.simulator.clock.advance(600_000);
  t.is((await shop.ask("GET", webItem())).status, 404);
  t.deepEqual(
    shop.simulator.journal({ writesOnly: true }).map((entry) => entry.userAgent),
    ["night-shift", "night-shift", "night-shift"],
  );
  t.is((await other("failoverCommit")).status, 404);
});

test("A rule lets somebody else come first", async (t) => {
  const shop = await openShop(t);
  shop.simulator.addFault({
    match: { method: "POST", path: "unplannedFailover$" },
    someoneElse: { item: "web", verb: "delete" },
  });
  const end = await shop.run("POST", `${webItem()}/unplannedFailover`, FAIL_OVER);
  t.is(end.status, "Failed");
  shop.simulator.clock.advance(600_000);
  t.is((await shop.ask("GET", webItem())).status, 404);
});

const wrongRules = [
  ["no effect", {}, /exactly one of respond/],
  ["two effects", { reset: "before", delayMs: 5 }, /it has reset, delayMs/],
  ["an unknown field", { respond: { status: 500 }, when: "now" }, /when is not a known field/],
  [
    "a broken expression",
    { match: { path: "(" }, reset: "before" },
    /match\.path must match format/,
  ],
  ["a status that is none", { respond: { status: 42 } }, /respond\.status must be >= 200/],
] as const;
for (const [what, rule, message] of wrongRules) {
  test(`A rule with ${what} is refused over HTTP and in a world`, async (t) => {
    const shop = await openShop(t);
    const reply = await shop.ask("POST", "/_simulator/faults", rule);
    t.is(reply.status, 400);
    t.regex(reply.body.error.message, message);
    await t.throwsAsync(startSimulator({ world: { ...SHOP, faults: [rule] } as never }), {
      message,
    });
  });
}

const misplaced = [
  [
    ["  - reset: before", "  - match:", "      path: vaults", "    respond:", "      status: 42"],
    /:7: faults\.1\.respond\.status must be >= 200\.$/,
  ],
  [["  - reset: before", "    when: now"], /:4: faults\.0\.when is not a known field\.$/],
  [["  - reset: never"], /:3: faults\.0\.reset must be before, after\.$/],
  [
    ["  - hangJob: {}", "  - failTask:", "      task: X"],
    /:5: faults\.1\.failTask lacks the field 'serviceError'\.$/,
  ],
  [
    ["  - delayMs: 5", "    reset: after"],
    /:3: faults\.0 must have exactly one of .*it has reset, delayMs\.$/,
  ],
] as const;
for (const [lines, message] of misplaced) {
  test(`A wrong rule in a world file is told by file, line and field (${lines.at(-1)?.trim()})`, async (t) => {
    const folder = mkdtempSync(join(tmpdir(), "asr-faults-"));
    t.teardown(() => rmSync(folder, { recursive: true }));
    const world = join(folder, "world.yaml");
    const subscriptions = `subscriptions: [{ id: ${SUBSCRIPTION} }]`;
    writeFileSync(world, [subscriptions, "faults:", ...lines, ""].join("\n"));
    const error = await t.throwsAsync(startSimulator({ world }), { message });
    t.true(error?.message.startsWith(`${world}:`));
  });
}
