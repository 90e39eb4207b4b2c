import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { Failover } from "pulumi-asr";
import type { WorldDocument } from "../../../../simulator/index.ts";
import { orders } from "../../actions/test-bed.ts";
import { startRehearsal, writeProgram } from "./rehearsal.ts";

/** Jobs end by themselves, ten minutes in a second. */
const running = (changes: object = {}): WorldDocument =>
  orders({ ...changes, world: { clock: { mode: "accelerated:600" } } });

/** Jobs stand still until the test moves the clock. */
const standing = (): WorldDocument => orders();

/** The lasting messages of a run, by resource. */
function diagnosticsOf(output: string): string {
  const [, text = ""] = output.split("Diagnostics:");
  return text.split("Resources:")[0] ?? "";
}

test.serial(
  "P-01 P-07 a failover is previewed on its own row and as data, done once, and leaves no difference and no secret",
  async (t) => {
    const secret = "hunter2hunter2";
    const rehearsal = await startRehearsal(t, running(), () => ({}));
    const stack = await rehearsal.stack(async () => {
      new Failover("to-west", { item: "web" });
    });
    await stack.setAllConfig({
      "asr:subscriptionId": { value: "11111111-2222-3333-4444-555555555555" },
      "asr:endpoint": { value: rehearsal.simulator.url },
      "asr:resourceGroup": { value: "dr" },
      "asr:vault": { value: "orders" },
      "asr:pollingInterval": { value: "PT0.05S" },
      "asr:clientSecret": { value: secret, secret: true },
    });

    const plain = await stack.preview();
    const detailed = await stack.preview({ diff: true });

    t.regex(
      plain.stdout,
      /dynamic\/asr:Failover \(to-west\):\n +Failover: web, northeurope → westeurope\n +machine/,
    );
    t.regex(
      detailed.stdout,
      /plan +: \{[\s\S]*summary +: "Failover: web, northeurope → westeurope"/,
    );
    t.deepEqual(rehearsal.verbs(), []);

    const done = await stack.up();
    const again = await stack.preview({ expectNoChanges: true });
    const refreshed = await stack.refresh({ expectNoChanges: true });
    const afterwards = await stack.preview({ expectNoChanges: true });

    t.deepEqual(rehearsal.verbs(), ["unplannedFailover"]);
    t.notRegex(again.stdout + afterwards.stdout, /Diagnostics/);
    const state = readFileSync(
      join(rehearsal.folder, "state/.pulumi/stacks/rehearsal/test.json"),
      "utf8",
    );
    const said = [plain, detailed, done, again, refreshed].map(
      ({ stdout, stderr }) => stdout + stderr,
    );
    t.notRegex(said.join("") + state, /hunter2/);
    t.notRegex(state, /__ctx/);
  },
);

test.serial(
  "P-02 all blockers of all resources stop one run before anything is touched; without preview create refuses",
  async (t) => {
    const rehearsal = await startRehearsal(t, running());
    writeProgram(
      rehearsal,
      `new asr.Failover("lost", { item: "app", recoveryPoint: "2020-01-01T00:00:00Z" });
       new asr.Reprotect("early", { item: "database" });
       new asr.Failover("fine", { item: "web" });`,
    );
    t.is(await rehearsal.pulumi("stack", "init", "test").ended, 0);

    const up = rehearsal.pulumi("up", "--yes");
    t.not(await up.ended, 0);
    const diagnostics = diagnosticsOf(up.output());
    t.regex(diagnostics, /asr:Failover \(lost\):[\s\S]*error: app: there is no recovery point/);
    t.regex(
      diagnostics,
      /asr:Reprotect \(early\):[\s\S]*error: database: its state is "Protected"/,
    );
    t.notRegex(up.output(), /Updating|non-zero exit code/);
    t.deepEqual(rehearsal.verbs(), []);

    const preview = rehearsal.pulumi("preview");
    t.not(await preview.ended, 0);

    const unseen = rehearsal.pulumi("up", "--yes", "--skip-preview", "--continue-on-error");
    t.not(await unseen.ended, 0);
    t.regex(unseen.output(), /Reprotect of database was not begun/);
    t.notRegex(unseen.output(), / at .*\.js:\d+/);
    t.deepEqual(rehearsal.verbs(), ["unplannedFailover"]);
  },
);

test.serial("P-02 A-02 a warning is printed once and blocks nothing", async (t) => {
  const rehearsal = await startRehearsal(t, running({ item: { drilled: false } }));
  writeProgram(rehearsal, 'new asr.Failover("to-west", { item: "web" });');
  t.is(await rehearsal.pulumi("stack", "init", "test").ended, 0);
  const preview = rehearsal.pulumi("preview");
  t.is(await preview.ended, 0);
  const diagnostics = diagnosticsOf(preview.output());
  t.is(diagnostics.match(/warning: .*\[A2-DRILL\]/g)?.length, 1);
});

test.serial(
  "P-03 a failover that was not finished in time is followed by the next update, also after a refresh",
  async (t) => {
    const rehearsal = await startRehearsal(t, standing());
    const stack = await rehearsal.stack(async () => {
      new Failover("to-west", { item: "web", timeout: "PT3S" });
    });

    await t.throwsAsync(stack.up());
    t.deepEqual(rehearsal.verbs(), ["unplannedFailover"]);
    await stack.refresh();
    const preview = await stack.preview();
    t.like(preview.changeSummary, { update: 1 });
    const shown = diagnosticsOf(preview.stdout);
    t.regex(
      shown,
      /Failover \(to-west\):\n +Failover: web, [\s\S]* follows running job [0-9a-f]{8}-/,
    );
    t.regex(shown, /possible: .*\n +Failover of web is not finished \(job .*\): it is followed/);

    rehearsal.simulator.clock.advance(3_600_000);
    await stack.up();
    t.deepEqual(rehearsal.verbs(), ["unplannedFailover"]);
    await stack.preview({ expectNoChanges: true });
    t.pass();
  },
);

for (const { how, signal, unlock } of [
  { how: "^C", signal: "SIGINT", unlock: false },
  { how: "the death of the engine", signal: "SIGKILL", unlock: true },
] as const) {
  test.serial(
    `P-03 A-06 after ${how} in the middle of a failover the next run follows its job`,
    async (t) => {
      const rehearsal = await startRehearsal(t, standing());
      writeProgram(rehearsal, 'new asr.Failover("to-west", { item: "web" });');
      t.is(await rehearsal.pulumi("stack", "init", "test").ended, 0);

      const first = rehearsal.pulumi("up", "--yes", "--skip-preview");
      await first.printed(/asr:Failover to-west creating \(\d+s\).* web: .* as job [0-9a-f-]{36}/);
      first.process.kill(signal);
      t.not(await first.ended, 0);
      if (unlock) t.is(await rehearsal.pulumi("cancel", "--yes").ended, 0);
      else {
        const state = rehearsal.pulumi("stack", "export", "--stack", "test");
        await state.ended;
        t.regex(state.output(), /"finished": false/);
        t.regex(state.output(), /"jobs": \[\s*"[0-9a-f-]{36}"/);
      }

      // Far enough that a task of the job is at work and can be shown.
      rehearsal.simulator.clock.advance(30_000);
      const second = rehearsal.pulumi("up", "--yes");
      await second.printed(
        /asr:Failover to-west (creating|updating) \(\d+s\).* web: .*\(\d of \d\)/,
      );
      rehearsal.simulator.clock.advance(3_600_000);
      t.is(await second.ended, 0, second.output());
      t.deepEqual(rehearsal.verbs(), ["unplannedFailover"]);
    },
  );
}

test.serial("a missing setting is one clear error before anything is asked", async (t) => {
  const rehearsal = await startRehearsal(t, standing(), () => ({}));
  const stack = await rehearsal.stack(async () => {
    for (const item of ["web", "app"]) new Failover(item, { item });
  });
  const error = await t.throwsAsync(stack.preview());
  const diagnostics = diagnosticsOf(error?.message ?? "");
  t.regex(
    diagnostics,
    /asr:subscriptionId: the Azure subscription is not set\. Set it with `pulumi config set asr:subscriptionId/,
  );
  t.is(diagnostics.match(/error:.*asr:subscriptionId/g)?.length, 1);
  t.notRegex(diagnostics, / at .*\.js:\d+/);
  t.deepEqual(rehearsal.simulator.journal(), []);
});
