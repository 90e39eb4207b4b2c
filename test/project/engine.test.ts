import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import test from "ava";
import {
  createInlineStack,
  engineEnvironment,
  makeEngineFolder,
  pulumiVersion,
} from "../support/engine.ts";

const host: pulumi.dynamic.ResourceProvider = {
  create: async (inputs) => ({ id: "one", outs: inputs }),
};

class Nothing extends pulumi.dynamic.Resource {
  declare readonly colour: pulumi.Output<string>;
  constructor(name: string, colour: string) {
    super(host, name, { colour });
  }
}

test("the engine is one that the tests are known to work with", (t) => {
  const [major, minor] = pulumiVersion().split(".").map(Number);
  t.is(major, 3);
  t.true(minor !== undefined && minor >= 250, `pulumi ${pulumiVersion()} is older than 3.250`);
});

test("the engine's environment holds nothing of the user's own Pulumi", (t) => {
  const folder = makeEngineFolder("environment");
  t.teardown(() => rmSync(folder, { recursive: true }));
  process.env.PULUMI_ACCESS_TOKEN = "the user's";
  t.teardown(() => delete process.env.PULUMI_ACCESS_TOKEN);

  const environment = engineEnvironment(folder);

  t.is(environment.PULUMI_ACCESS_TOKEN, undefined);
  t.true(environment.PULUMI_HOME?.startsWith(folder));
  t.true(environment.PULUMI_BACKEND_URL?.startsWith(`file://${folder}`));
});

test("the engine runs an inline program with a dynamic resource and keeps its state", async (t) => {
  const folder = makeEngineFolder("inline");
  t.teardown(() => rmSync(folder, { recursive: true }));
  const stack = await createInlineStack({
    folder,
    program: async () => ({ colour: new Nothing("nothing", "blue").colour }),
  });

  const first = await stack.up();
  const second = await stack.preview();

  t.is(first.outputs.colour?.value, "blue");
  t.deepEqual(second.changeSummary, { same: 2 });
  t.notRegex(first.stdout + first.stderr, /warning/i);
  t.true(existsSync(join(folder, "state/.pulumi")));
});
