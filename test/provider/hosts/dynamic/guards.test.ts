import { ComponentResource, type CustomResourceOptions } from "@pulumi/pulumi";
import type { UpOptions, UpResult } from "@pulumi/pulumi/automation/index.js";
import test from "ava";
import { Failback, Failover, Reprotect, TestFailover } from "pulumi-asr";
import { createInlineStack } from "../../../support/engine.ts";
import { ids, orders } from "../../actions/test-bed.ts";
import { startRehearsal } from "./rehearsal.ts";

const world = orders({ world: { clock: { mode: "accelerated:2000" } } });
const commit = "automatic";
const cacheStorageAccount = ids.cacheWest;

type Options = (type: string, name: string) => CustomResourceOptions;

/** Actions whose effects last: a drill, a failover with its reprotect, a failback. */
function declareLasting(suffix: string, options: Options, after: readonly Reprotect[] = []): void {
  const drill = { item: ids.item("web"), network: ids.testNetwork };
  new TestFailover(`drill${suffix}`, drill, options("TestFailover", "drill"));
  const item = ids.item("app");
  const over = new Failover(`over${suffix}`, { item, commit }, options("Failover", "over"));
  new Reprotect(
    `west${suffix}`,
    { item, cacheStorageAccount },
    { ...options("Reprotect", "west"), dependsOn: over },
  );
  new Failback(
    `back${suffix}`,
    { item: ids.item("database") },
    { ...options("Failback", "back"), dependsOn: [...after] },
  );
}

/** What has been undone since: the way over of a machine that is home again. */
function declareUndone(options: CustomResourceOptions): Reprotect {
  const item = ids.item("database");
  const over = new Failover("database-over", { item, commit }, options);
  return new Reprotect(
    "database-west",
    { item, cacheStorageAccount },
    { ...options, dependsOn: over },
  );
}

class Site extends ComponentResource {
  constructor() {
    super("test:index:Site", "site");
    declareLasting("-moved", () => ({ parent: this }));
  }
}

const urnOf = (type: string, name: string, parent = ""): string =>
  `urn:pulumi:test::rehearsal::${parent}pulumi-nodejs:dynamic/asr:${type}::${name}`;

test.serial(
  "Q-08 with the real engine, actions that are protected, replaced, moved into a component, renamed, retained or destroyed move nothing",
  async (t) => {
    const rehearsal = await startRehearsal(t, world);
    const up = async (program: () => void, options: UpOptions = {}): Promise<UpResult> =>
      await (await rehearsal.stack(async () => program())).up(options);
    const none: Options = () => ({});
    await up(() =>
      declareLasting("", () => ({ protect: true }), [declareUndone({ protect: true })]),
    );
    const begun = rehearsal.verbs();
    t.is(begun.length, 8, begun.join());
    const moved = (): readonly string[] => rehearsal.verbs().slice(begun.length);

    const removed = await t.throwsAsync(up(() => {}));
    t.regex(removed?.message ?? "", /because it is protected/);
    t.deepEqual(moved(), []);

    const program = (): void => declareLasting("", none, [declareUndone({})]);
    const lasting = [
      urnOf("TestFailover", "drill"),
      urnOf("Failover", "over"),
      urnOf("Reprotect", "west"),
      urnOf("Failback", "back"),
    ];
    const replaced = await up(program, { replace: lasting });
    t.is(replaced.summary.resourceChanges?.replace, 4);
    t.regex(
      replaced.stdout,
      /web: its test goes on, a TestFailover of the program has taken it over/,
    );
    t.deepEqual(moved(), []);

    const undone = await t.throwsAsync(
      up(program, { replace: [urnOf("Failover", "database-over")] }),
    );
    t.regex(undone?.message ?? "", /database: .*\[OP-/, "the machine has come home since");
    t.deepEqual(moved(), []);

    const inComponent = await up(() => {
      declareUndone({});
      new Site();
    });
    t.is(inComponent.summary.resourceChanges?.create, 5);
    t.deepEqual(moved(), []);

    const site = "test:index:Site$";
    const renamed = await up(() => {
      const options: Options = (type, name) => ({
        retainOnDelete: true,
        aliases: [urnOf(type, `${name}-moved`, site)],
      });
      declareLasting("", options, [declareUndone({})]);
    });
    t.is(renamed.summary.resourceChanges?.create, undefined, "an alias makes it the same resource");
    t.deepEqual(moved(), []);

    await up(() => void declareUndone({}));
    t.deepEqual(moved(), [], "retained: the copies stay");
    const destroyed = await (await rehearsal.stack(async () => {})).destroy();
    t.is(destroyed.summary.result, "succeeded");
    t.deepEqual(moved(), []);
  },
);

test.serial(
  "Q-09 with the real engine, two updates of one stack exclude each other, and of two stacks against one machine one acts and the other attaches",
  async (t) => {
    const rehearsal = await startRehearsal(t, world);
    const { folder, environment } = rehearsal;
    const program = async (): Promise<void> =>
      void new Failover("over", { item: ids.item("web"), commit });
    const stackOf = (stackName: string) =>
      createInlineStack({ folder, environment, program, stackName });
    const stacks = [await stackOf("test"), await stackOf("test"), await stackOf("other")];
    const results = await Promise.allSettled(stacks.map((stack) => stack.up()));
    const errors = results.flatMap((each) =>
      each.status === "rejected" ? [String(each.reason)] : [],
    );
    t.is(errors.length, 1, errors.join("\n"));
    t.regex(errors[0] ?? "", /locked/i);
    const jobs = await jobsOf(rehearsal.simulator.url);
    t.deepEqual(
      jobs
        .filter((each) => each.state === "Succeeded")
        .map((each) => each.scenarioName)
        .toSorted(),
      ["CommitFailover", "UnplannedFailover"],
    );
    for (const stack of [stacks[0], stacks[2]]) {
      const { deployment } = (await stack?.exportStack()) ?? {};
      const resources = deployment?.resources as { outputs?: { status?: string } }[];
      t.deepEqual(
        resources.flatMap((each) => each.outputs?.status ?? []),
        ["committed"],
      );
    }
  },
);

async function jobsOf(url: string): Promise<readonly { state: string; scenarioName: string }[]> {
  const address = `${url}${ids.vault}/replicationJobs?api-version=2023-08-01`;
  const { value } = (await (await fetch(address)).json()) as {
    value: { properties: { state: string; scenarioName: string } }[];
  };
  return value.map((each) => each.properties);
}
