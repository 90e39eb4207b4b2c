import test, { type ExecutionContext } from "ava";
import { failbackHandler } from "../../../provider/actions/failback.ts";
import { failoverHandler } from "../../../provider/actions/failover.ts";
import { reprotectHandler } from "../../../provider/actions/reprotect.ts";
import { BlockedError } from "../../../provider/errors.ts";
import type { Finding } from "../../../provider/recovery/findings.ts";
import type { WorldDocument } from "../../../simulator/index.ts";
import type { WorldVCenter } from "../../../simulator/world/estate-document.ts";
import { scenarioOfWorld } from "../../../tools/vcenter/world-to-scenario.ts";
import { startVCenter, type VCenterBench } from "../../support/vcenter.ts";
import { plantOne, type SiteKind, siteKinds } from "./site-world.ts";
import { ids, startTestBed, type TestBed } from "./test-bed.ts";

const item = ids.item("web");

/** A bed in which Azure and the vCenter show one world: who carries the data is fit for it. */
interface JointBed {
  readonly bed: TestBed;
  readonly bench: VCenterBench;
}

/** Starts the vCenter of a world and, before both, a provider that knows it. */
async function startJointBed(t: ExecutionContext, kind: SiteKind): Promise<JointBed> {
  const world = plantOne(kind);
  const bench = await startVCenter(t, scenarioFor(world));
  const [vcenter] = vcentersOf(world);
  if (vcenter !== undefined) Object.assign(vcenter, { control: bench.control });
  const bed = await startTestBed(t, world, {
    pollingInterval: "PT1M",
    vcenters: JSON.stringify({
      "vcenter-one": {
        url: bench.url,
        username: "provider",
        password: "p",
        thumbprint: bench.thumbprint,
      },
    }),
  });
  return { bed, bench };
}

const vcentersOf = (world: WorldDocument): readonly WorldVCenter[] =>
  (world as { readonly vcenters?: readonly WorldVCenter[] }).vcenters ?? [];

function scenarioFor(world: WorldDocument) {
  const [vcenter] = vcentersOf(world);
  if (vcenter === undefined) throw new Error("the world has no vCenter");
  return scenarioOfWorld(vcenter, {
    seed: (world as { readonly seed?: string }).seed ?? "",
    datastores: [{ name: "ds1" }, { name: "ds2" }],
    hosts: [{ name: "esx1.example.local", datastores: ["ds1", "ds2"] }],
    machines: {
      "mt-linux": {
        controllers: ["VirtualLsiLogicController"],
        extraConfig: { "disk.EnableUUID": "TRUE" },
      },
    },
  });
}

const rulesOf = (findings: readonly Finding[] | undefined, severity?: string): readonly string[] =>
  (findings ?? [])
    .filter((each) => severity === undefined || each.severity === severity)
    .map((each) => each.rule);

for (const kind of siteKinds) {
  const server = kind === "classic" ? "mt-linux" : "appliance-1";
  const movedRule = kind === "classic" ? "MT-MOVED" : "AP-MOVED";

  test.serial(
    `R-03 R-05 V-02 ${kind}: a reprotect and a failback in good order are judged in Azure and in the vCenter, and nothing stops them`,
    async (t) => {
      const { bed, bench } = await startJointBed(t, kind);
      await failoverHandler.create(bed.context(), { item, commit: "automatic" });
      const { inputs } = await reprotectHandler.check(bed.context({ preview: true }), { item });
      t.deepEqual(rulesOf(inputs.findings, "block"), []);
      t.false(rulesOf(inputs.findings).includes("VC-ACCESS"));
      t.false(rulesOf(inputs.findings).includes("VM-ABSENT"));
      const { state } = await reprotectHandler.create(bed.context(), { item });
      t.like(state.placement?.web, {
        ...{ vcenter: "vcenter-one", machine: server },
        configurationFile: `[ds1] ${server}/${server}.vmx`,
        diskFiles: [`[ds1] ${server}/${server}.vmdk`],
      });
      t.is(
        state.placement?.web?.configurationServerAddress,
        kind === "classic" ? "10.1.0.10" : undefined,
      );
      t.is((await bench.describe("web")).power, "poweredOff");
      const asked = { item, placement: state.placement ?? {} };
      const back = await failbackHandler.check(bed.context({ preview: true }), asked);
      t.deepEqual(rulesOf(back.inputs.findings, "block"), []);
      t.false(rulesOf(back.inputs.findings).includes(movedRule));
      const done = await failbackHandler.create(bed.context(), { ...asked, commit: "automatic" });
      t.like(done.state, { status: "committed", finished: true });
      t.is((await bench.describe("web")).power, "poweredOn");
    },
  );

  test.serial(
    `${movedRule} R-05 VM-OFF ${kind}: what happens on the vCenter between reprotect and failback stops the failback, which then touches nothing`,
    async (t) => {
      const { bed, bench } = await startJointBed(t, kind);
      await failoverHandler.create(bed.context(), { item, commit: "automatic" });
      const { state } = await reprotectHandler.create(bed.context(), { item });
      const writes = bed.writes().length;
      await bench.change(server, { datastore: "ds2" });
      await bench.change("web", { power: "on" });
      const asked = { item, placement: state.placement ?? {} };
      const { inputs } = await failbackHandler.check(bed.context({ preview: true }), asked);
      t.deepEqual([...rulesOf(inputs.findings, "block")].sort(), [movedRule, "VM-OFF"].sort());
      const error = await t.throwsAsync<BlockedError>(
        failbackHandler.create(bed.context(), asked),
        { instanceOf: BlockedError },
      );
      t.regex(error?.message ?? "", new RegExp(`${movedRule}`));
      t.is(bed.writes().length, writes);
      const waived = await failbackHandler.create(bed.context(), {
        ...asked,
        waive: [movedRule, "VM-OFF"],
      });
      t.is(waived.state.waivedFindings.length, 2);
    },
  );
}

test.serial(
  "MT-SNAP a snapshot between preview and up stops the reprotect before anything is sent",
  async (t) => {
    const { bed, bench } = await startJointBed(t, "classic");
    await failoverHandler.create(bed.context(), { item, commit: "automatic" });
    const { inputs } = await reprotectHandler.check(bed.context({ preview: true }), { item });
    t.deepEqual(rulesOf(inputs.findings, "block"), []);
    await bench.change("mt-linux", { snapshot: true });
    await bench.forgetCalls();
    const error = await t.throwsAsync<BlockedError>(
      reprotectHandler.create(bed.context(), { item }),
      { instanceOf: BlockedError },
    );
    t.deepEqual(rulesOf(error?.findings), ["MT-SNAP"]);
    t.false(bed.writes().includes("POST reProtect"));
    const changing = Object.keys(await bench.calls()).filter((each) =>
      /_Task$|Shutdown/.test(each),
    );
    t.deepEqual(changing, [], "nothing is changed on the vCenter");
    await bench.change("mt-linux", { snapshot: false });
    const { state } = await reprotectHandler.create(bed.context(), { item });
    t.like(state, { status: "protected", finished: true });
  },
);

test.serial(
  "MT-SNAP a snapshot taken right after the preview is seen by the run of the same process, though its answers are fresh",
  async (t) => {
    const { bed, bench } = await startJointBed(t, "classic");
    await failoverHandler.create(bed.context(), { item, commit: "automatic" });
    const context = bed.context();
    const before = context.clock.now();
    const { inputs } = await reprotectHandler.check({ ...context, preview: true }, { item });
    t.deepEqual(rulesOf(inputs.findings, "block"), []);
    await bench.change("mt-linux", { snapshot: true });
    t.true(context.clock.now().getTime() - before.getTime() < 20_000);
    const error = await t.throwsAsync<BlockedError>(reprotectHandler.create(context, { item }), {
      instanceOf: BlockedError,
    });
    t.deepEqual(rulesOf(error?.findings), ["MT-SNAP"]);
    t.false(bed.writes().includes("POST reProtect"));
  },
);

test.serial(
  "what is known of a vCenter is forgotten once per run, not at every look that waits for its verbs",
  async (t) => {
    const { bed } = await startJointBed(t, "classic");
    await failoverHandler.create(bed.context(), { item, commit: "automatic" });
    const context = bed.context();
    let forgotten = 0;
    const sites: typeof context.sites = {
      ...context.sites,
      vsphere: async (name) => {
        const site = await context.sites.vsphere(name);
        return (
          site && {
            ...site,
            forget: () => {
              forgotten += 1;
              site.forget();
            },
          }
        );
      },
    };
    const { state } = await reprotectHandler.create({ ...context, sites }, { item });
    t.like(state, { status: "protected", finished: true });
    t.is(forgotten, 1);
  },
);

test.serial(
  "VM-OFF R-05 with leave the reprotect shuts the machine at the site down in order",
  async (t) => {
    const { bed, bench } = await startJointBed(t, "modernized");
    await failoverHandler.create(bed.context(), { item, commit: "automatic" });
    await bench.change("web", { power: "on" });
    const manage = ["powerOffSource"] as const;
    const { inputs } = await reprotectHandler.check(bed.context({ preview: true }), {
      item,
      manage,
    });
    t.regex(
      inputs.findings?.find((each) => each.rule === "VM-OFF")?.text ?? "",
      /turns it off first/,
    );
    await reprotectHandler.create(bed.context(), { item, manage });
    t.is((await bench.describe("web")).power, "poweredOff");
    t.is((await bench.calls()).ShutdownGuest, 1);
  },
);

test.serial(
  "VC-ACCESS a vCenter that is down at the reprotect is told, and the failback says what it cannot tell",
  async (t) => {
    const { bed, bench } = await startJointBed(t, "modernized");
    await failoverHandler.create(bed.context(), { item, commit: "automatic" });
    await bench.stop();
    const { inputs } = await reprotectHandler.check(bed.context({ preview: true }), { item });
    t.true(rulesOf(inputs.findings, "warn").includes("VC-ACCESS"));
    const { state } = await reprotectHandler.create(bed.context(), { item });
    t.like(state, { status: "protected", finished: true });
    const asked = { item, placement: state.placement ?? {} };
    const back = await failbackHandler.check(bed.context({ preview: true }), asked);
    t.true(rulesOf(back.inputs.findings, "warn").includes("VC-ACCESS"));
    t.deepEqual(rulesOf(back.inputs.findings, "block"), []);
    t.regex(
      back.inputs.findings?.find((each) => each.rule === "VC-ACCESS")?.text ?? "",
      /Not checked, or not in full: .*AP-MOVED/,
    );
  },
);

test.serial(
  "CS-RESTORE the address of the configuration server is kept where no vCenter is configured, and compared",
  async (t) => {
    const bed = await startTestBed(t, plantOne("classic"), { pollingInterval: "PT1M" });
    await failoverHandler.create(bed.context(), { item, commit: "automatic" });
    const { state } = await reprotectHandler.create(bed.context(), { item });
    const web = state.placement?.web;
    t.like(web, { configurationServerAddress: "10.1.0.10", configurationFile: "" });
    const asked = { item, placement: state.placement ?? {} };
    const good = await failbackHandler.check(bed.context({ preview: true }), asked);
    t.false(rulesOf(good.inputs.findings).includes("CS-RESTORE"));
    const moved = {
      item,
      placement:
        web === undefined ? {} : { web: { ...web, configurationServerAddress: "10.1.0.99" } },
    };
    const { inputs } = await failbackHandler.check(bed.context({ preview: true }), moved);
    t.regex(
      inputs.findings?.find((each) => each.rule === "CS-RESTORE")?.text ?? "",
      /address is 10\.1\.0\.10; at the reprotect it was 10\.1\.0\.99/,
    );
    t.deepEqual(rulesOf(inputs.findings, "block"), ["CS-RESTORE"]);
  },
);

test.serial(
  "VM-ABSENT R-03 a machine that was deleted at the site is made anew: preview says so",
  async (t) => {
    const { bed, bench } = await startJointBed(t, "classic");
    await failoverHandler.create(bed.context(), { item, commit: "automatic" });
    await bench.change("web", { removed: true });
    const { inputs } = await reprotectHandler.check(bed.context({ preview: true }), {
      item,
      datastore: "ds1",
    });
    t.deepEqual(rulesOf(inputs.findings, "block"), []);
    t.regex(
      inputs.findings?.find((each) => each.rule === "VM-ABSENT")?.text ?? "",
      /web: .*a new one is made on esx1\.example\.local, on datastore ds1, with a full download/,
    );
  },
);
