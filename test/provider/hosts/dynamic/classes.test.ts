import * as pulumi from "@pulumi/pulumi";
import test from "ava";
import { Fabric, Failover, ReplicatedItem } from "../../../../provider/index.ts";
import type { Finding } from "../../../../provider/recovery/findings.ts";
import { resourceSchema } from "../../../../provider/schema/schema.ts";

interface Registered {
  readonly type: string;
  readonly name: string;
  readonly inputs: Record<string, unknown>;
}

/** Runs a program against mocks and answers what it registered. */
async function run(
  preview: boolean,
  outputs: object,
  program: () => unknown,
): Promise<Registered[]> {
  const registered: Registered[] = [];
  const newResource = ({ type, name, inputs }: pulumi.runtime.MockResourceArgs) => {
    registered.push({ type, name, inputs });
    return { id: name, state: { ...inputs, ...outputs } };
  };
  await pulumi.runtime.setMocks({ newResource, call: () => ({}) }, "rehearsal", "test", preview);
  await program();
  await pulumi.runtime.disconnect();
  // What hangs on outputs runs in turns of its own.
  await new Promise(setImmediate);
  return registered;
}

const blocker: Finding = {
  rule: "A2-STATE",
  severity: "block",
  subject: "orders-db",
  fact: "A failover is not allowed now.",
  remedy: "Commit the last one.",
  path: "item",
  waived: false,
  text: "orders-db: A failover is not allowed now. Commit the last one. [A2-STATE]",
};

test.serial(
  "a resource has its token and hands check its URN, name and the preview flag",
  async (t) => {
    for (const preview of [true, false]) {
      const [first] = await run(
        preview,
        {},
        () => new Fabric("west", { location: "westeurope", vault: "v" }),
      );
      t.is(first?.type, "pulumi-nodejs:dynamic/asr:Fabric");
      t.deepEqual(first?.inputs.__ctx, {
        urn: "urn:pulumi:test::rehearsal::pulumi-nodejs:dynamic/asr:Fabric::west",
        name: "west",
        dryRun: preview,
      });
      t.is(first?.inputs.location, "westeurope");
      t.regex(String(first?.inputs.__provider), /pulumi-asr\/dynamic-host/);
    }
  },
);

test.serial(
  "the URN of a child tells its parent and makes it depend on none of its siblings",
  async (t) => {
    const registered = await run(false, {}, () => {
      const site = new pulumi.ComponentResource("test:index:Site", "site");
      new Fabric("west", { location: "westeurope" }, { parent: site });
    });
    t.like(registered.find(({ name }) => name === "west")?.inputs.__ctx, {
      urn: "urn:pulumi:test::rehearsal::test:index:Site$pulumi-nodejs:dynamic/asr:Fabric::west",
    });
  },
);

test.serial("Q-12 a resource tells check which inputs the program made secret", async (t) => {
  const secret = pulumi.secret("guarded");
  const [first] = await run(
    false,
    {},
    () =>
      new Failover("over", {
        item: secret,
        recoveryPoint: pulumi.output("latest"),
        waive: ["A2-POINT", pulumi.output(secret).apply((text) => text)],
      }),
  );
  t.like(first?.inputs.__ctx, { secretInputs: ["item", "waive"] });
});

test.serial("a resource that is looked up keeps nothing of ours in its inputs", async (t) => {
  const [first] = await run(false, {}, () => Fabric.get("west", "/fabrics/west"));
  t.deepEqual(Object.keys(first?.inputs ?? {}), ["__provider"]);
});

test.serial("the option import is refused with the way that works", async (t) => {
  await run(false, {}, () => {
    const build = (): unknown =>
      new Fabric("west", { location: "westeurope" }, { import: "/fabrics/west" });
    t.throws(build, { message: /Fabric west: the option import .* set `adopt: true`/ });
  });
});

test.serial("outputs of the state that are no inputs can be read from the resource", async (t) => {
  let seen: unknown;
  await run(false, { fabricId: "/fabrics/west" }, () => {
    const fabric = new Fabric("west", { location: "westeurope" });
    fabric.fabricId.apply((id) => {
      seen = id;
    });
  });
  t.is(seen, "/fabrics/west");
});

test.serial("the classes take what the schema calls inputs, and no computed input", (t) => {
  type FailoverArgs = ConstructorParameters<typeof Failover>[1];
  const args: FailoverArgs = { item: pulumi.output("orders-db"), recoveryPoint: "latest" };
  // @ts-expect-error: the plan is computed by check
  const computed: FailoverArgs = { item: "orders-db", plan: undefined };
  const inputs = resourceSchema("asr:index:Failover").inputProperties;
  t.true(Object.keys(args).every((name) => name in inputs));
  t.false(Object.keys(computed).every((name) => name in inputs));
  t.is(typeof ReplicatedItem, "function");
});

test.serial(
  "P-02 blockers are errors of the program at preview, and said by create alone in the update half",
  async (t) => {
    const printed: string[] = [];
    const { error, warn } = pulumi.log;
    t.teardown(() => Object.assign(pulumi.log, { error, warn }));
    const note = (kind: string) => async (text: string, resource?: pulumi.Resource) => {
      const urn = await new Promise<string>((resolve) => resource?.urn.apply(resolve));
      printed.push(`${kind} ${urn.split("::").at(-1)}: ${text}`);
    };
    Object.assign(pulumi.log, { error: note("error"), warn: note("warn") });
    const findings: Finding[] = [blocker, { ...blocker, severity: "warn", text: "no drill" }];
    const program = (): unknown => new Failover("orders", { item: "orders-db" });
    await run(false, { findings }, program);
    t.deepEqual(printed, []);
    await run(true, { findings }, program);
    t.deepEqual(printed, [`error orders: ${blocker.text}`, "warn orders: no drill"]);
  },
);

test.serial(
  "an input that check completes is an output of the resource although nobody set it",
  async (t) => {
    let name: string | undefined;
    await run(false, { name: "completed" }, () => {
      new Fabric("west", { location: "westeurope", vault: "v" }).name.apply((value) => {
        name = value;
      });
    });
    t.is(name, "completed");
  },
);

test.serial(
  "a resource that cannot be made is an error that tells where in the program it stands, and stack traces are as before",
  async (t) => {
    const limit = Error.stackTraceLimit;
    await run(false, {}, () => {
      const nameless = t.throws(() => new Fabric("", { location: "westeurope" }));
      t.regex(nameless?.stack ?? "", /classes\.test\.ts/);
      new Fabric("west", { location: "westeurope" });
    });
    t.is(Error.stackTraceLimit, limit);
  },
);
