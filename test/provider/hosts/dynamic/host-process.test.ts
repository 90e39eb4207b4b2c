import type { ExecutionContext } from "ava";
import test from "ava";
import { startWire, type Wire, wireFailureOf } from "../../../support/provider-wire.ts";

const password = "hunter2hunter2";
const urn = "urn:pulumi:test::rehearsal::pulumi-nodejs:dynamic/asr:Lamp::one";
const context = { urn, name: "one", dryRun: true };

/** As the text of a real proxy, but with the way to the fixture's host. */
const fixtureText = `exports.handler = () => {
  const load = async () => (await import(${JSON.stringify(new URL("./fixture-host.ts", import.meta.url).href)})).host("asr:index:Lamp");
  return {
    configure: async (request) => (await load()).configure(request),
    check: async (olds, news) => (await load()).check(olds, news),
    diff: async (id, olds, news) => (await load()).diff(id, olds, news),
    create: async (inputs) => (await load()).create(inputs),
    read: async (id, state) => (await load()).read(id, state),
    update: async (id, olds, news) => (await load()).update(id, olds, news),
    delete: async (id, state) => (await load()).delete(id, state),
  };
};`;

/** A process of its own, for tests that end it or need another configuration. */
async function start(t: ExecutionContext, configuration?: Record<string, string>): Promise<Wire> {
  const wire = await startWire(fixtureText, configuration);
  t.teardown(() => wire.stop());
  return wire;
}

/** The process that all other tests share, one after the other. */
let wire: Wire;
test.before(async () => {
  wire = await startWire(fixtureText);
});
test.beforeEach(() => {
  wire.logs.length = 0;
});
test.after.always(() => wire.stop());

/** As the engine does it: check, then create with the checked inputs. */
async function checkAndCreate(
  wire: Wire,
  news: Record<string, unknown>,
): Promise<{ id: string; properties: object }> {
  const { inputs } = await wire.check({ ...news, __ctx: { ...context, dryRun: false } });
  return await wire.create(inputs);
}

test.serial(
  "Q-12 what the program made secret is in no message of a resource, though its schema calls it none",
  async (t) => {
    const note = "night-shift-4711";
    const secretContext = { ...context, dryRun: false, secretInputs: ["note"] };
    const { inputs } = await wire.check({ mode: "noted", note, __ctx: secretContext });
    t.is(inputs.note, note);
    const error = await t.throwsAsync(wire.create(inputs));
    t.regex(wireFailureOf(error).message, /lamp-1 is noted as \[hidden\]/);
    const told = await t.throwsAsync(checkAndCreate(wire, { mode: "noted", note: "open" }));
    t.regex(wireFailureOf(told).message, /lamp-1 is noted as open/);
  },
);

test.serial("undefined, dates, maps and bigints in a result do not lose it", async (t) => {
  const { id, properties } = await checkAndCreate(wire, { mode: "odd" });
  t.is(id, "lamp");
  t.like(properties, {
    odd: { list: [null, 1], at: "1970-01-01T00:00:00.000Z", size: "5", map: { a: 1 } },
  });
});

test.serial(
  "P-03 a partial failure keeps id, state and reasons, also with undefined in the state",
  async (t) => {
    const error = await t.throwsAsync(checkAndCreate(wire, { mode: "partial", password }));
    const { kept } = wireFailureOf(error);
    t.is(kept?.id, "lamp");
    t.like(kept?.properties, { job: "j-1", finished: false });
    t.regex(kept?.reasons[0] ?? "", /lamp-1: the job failed/);
    t.is(kept?.providerText, fixtureText, "the next refresh or destroy needs the proxy");
  },
);

test.serial("P-07 no text that leaves the host holds a secret input", async (t) => {
  const failing = await wire.check({ mode: "failing", password, __ctx: context });
  const malformed = await wire.check({ mode: "malformed", password, __ctx: context });
  const broken = await wire.check({ mode: "broken", password, __ctx: context });
  const partial = wireFailureOf(
    await t.throwsAsync(checkAndCreate(wire, { mode: "partial", password })),
  );
  const blocked = wireFailureOf(
    await t.throwsAsync(checkAndCreate(wire, { mode: "blocked", password })),
  );
  await checkAndCreate(wire, { mode: "chatty", password });
  const said = [
    failing.failures,
    malformed.failures,
    broken.failures,
    partial.message,
    partial.kept?.reasons,
  ];
  t.notRegex(JSON.stringify([...said, blocked, wire.logs]), /hunter2/);
  t.notRegex(wire.output(), /hunter2/);
});

test.serial(
  "P-07 a check failure names no property, because the engine prints its value; the path is in the reason",
  async (t) => {
    const { failures } = await wire.check({ mode: "failing", password, __ctx: context });
    t.deepEqual(failures, [{ property: "", reason: "items[1]: is named twice, [hidden]" }]);
  },
);

test.serial("an exception out of check is a failure without a stack", async (t) => {
  const broken = await wire.check({ mode: "broken", __ctx: context });
  const malformed = await wire.check({ mode: "malformed", __ctx: context });
  t.deepEqual(broken.failures, [{ property: "", reason: "cannot read undefined" }]);
  t.deepEqual(malformed.failures, [{ property: "", reason: "mode: no mode undefined" }]);
  t.is(wire.output(), "");
});

test.serial("P-06 an error of create is its message alone, without a stack", async (t) => {
  const error = await t.throwsAsync(checkAndCreate(wire, { mode: "blocked" }));
  t.deepEqual(wireFailureOf(error), { message: "lamp-1 is blocked by undefined" });
  t.is(wire.output(), "");
});

test.serial(
  "check drops what the resource class told it, and create's lines land on the resource's row",
  async (t) => {
    const { inputs } = await wire.check({ mode: "chatty", __ctx: { ...context, dryRun: false } });
    t.deepEqual(inputs, { mode: "chatty", bright: true, knewOlds: false });
    await wire.create(inputs);
    const lines = wire.logs.map(({ message, urn, severity, ephemeral }) => ({
      message,
      urn,
      severity,
      ephemeral,
    }));
    t.deepEqual(lines, [
      { message: "lamp-1: lasting", urn, severity: 1, ephemeral: false },
      { message: "lamp-1: warning with undefined", urn, severity: 2, ephemeral: false },
      { message: "lamp-1: passing", urn, severity: 1, ephemeral: true },
    ]);
  },
);

test.serial("P-01 a plan is said at preview and not again in the update half", async (t) => {
  await wire.check({ mode: "on", __ctx: context });
  await wire.check({ mode: "on", __ctx: { ...context, dryRun: false } });
  t.deepEqual(
    wire.logs.map(({ message, urn }) => ({ message, urn })),
    [{ message: "plan of one:\n  one   two", urn }],
  );
});

test.serial(
  "check knows old inputs from none, although the engine sends an object in both cases",
  async (t) => {
    const first = await wire.check({ mode: "on", __ctx: context });
    const second = await wire.check({ mode: "on", __ctx: context }, first.inputs);
    t.false(first.inputs.knewOlds);
    t.true(second.inputs.knewOlds);
  },
);

test.serial(
  "P-03 an unfinished state asks for an update and says why at preview, on the resource's row",
  async (t) => {
    const { inputs } = await wire.check({ mode: "on", __ctx: context });
    const diff = await wire.diff({ mode: "on", finished: false, __provider: "text" }, inputs);
    t.deepEqual(diff, { changes: true, replaces: [], deleteBeforeReplace: false });
    t.like(wire.logs.at(-1), {
      urn,
      severity: 1,
      message: "lamp-1: the job j-1 is not finished yet",
    });
  },
);

test.serial(
  "a diff of equal inputs is none, and one that replaces names the top-level input",
  async (t) => {
    const olds = { mode: "on", finished: true, __provider: "text" };
    const none = { changes: false, replaces: [], deleteBeforeReplace: false };
    t.deepEqual(await wire.diff(olds, { mode: "on" }), none);
    t.deepEqual(await wire.diff(olds, { mode: "off" }), { ...none, changes: true });
    t.deepEqual(await wire.diff(olds, { mode: "replaced" }), {
      ...none,
      changes: true,
      replaces: ["mode"],
    });
  },
);

test.serial("a stack that comes from the plugin gets its proxy by an update", async (t) => {
  t.like(await wire.diff({ mode: "on", finished: true }, { mode: "on" }), { changes: true });
});

test.serial(
  "read without state is told from read with it, and a blank id says that the resource is gone",
  async (t) => {
    t.false((await wire.read("lamp", {})).inputs.knewState);
    t.true((await wire.read("lamp", { mode: "on" })).inputs.knewState);
    t.false((await wire.read("lamp", { __ctx: context })).inputs.knewState);
    t.is((await wire.read("gone", { mode: "on" })).id, "");
  },
);

test("P-03 ^C is noticed: create saves the job it has begun", async (t) => {
  const own = await start(t);
  const creating = checkAndCreate(own, { mode: "waiting" });
  const failed = t.throwsAsync(creating);
  await own.logged("waiting");
  await own.cancel();
  const { kept } = wireFailureOf(await failed);
  t.like(kept?.properties, { job: "j-1", finished: false });
  t.regex(kept?.reasons[0] ?? "", /^The run was cancelled\..* run `pulumi up` again/);
});

test("P-03 a provider whose engine is gone ends within two seconds", async (t) => {
  const own = await start(t);
  const failed = t.throwsAsync(checkAndCreate(own, { mode: "waiting" }));
  await own.logged("waiting");
  const lostAt = performance.now();
  own.loseEngine();
  t.is(await own.exited, 1);
  t.true(performance.now() - lostAt < 2_000, `${performance.now() - lostAt} ms`);
  await failed;
});

test("a missing setting is one clear check failure that names it", async (t) => {
  const own = await start(t, {});
  const { failures } = await own.check({ mode: "on", __ctx: context });
  t.is(failures.length, 1);
  t.is(failures[0]?.property, "");
  t.regex(String(failures[0]?.reason), /^asr:subscriptionId: .*ARM_SUBSCRIPTION_ID/);
  t.is(own.output(), "");
});

test("P-07 a wrong setting is an error of refresh and destroy as well, without the value of a secret one", async (t) => {
  const own = await start(t, { "asr:clientSecret": password, "asr:environment": password });
  const error = await t.throwsAsync(own.read("lamp", { mode: "on" }));
  t.regex(wireFailureOf(error).message, /^asr:environment: "\[hidden\]" is no Azure environment/);
});

test("calls that overtake the configuration wait for it", async (t) => {
  const own = await start(t);
  const reads = await Promise.all([1, 2, 3, 4].map(() => own.read("lamp", { mode: "on" })));
  t.deepEqual(
    reads.map(({ id }) => id),
    ["lamp", "lamp", "lamp", "lamp"],
  );
});
