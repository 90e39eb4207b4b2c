import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { startSimulator } from "../../simulator/index.ts";
import { readWorldFile } from "../../simulator/world/read-world.ts";
import { openDoor, SECRET } from "../simulator/door.ts";
import { findMarks, makeMark, placesIn } from "./marks.ts";

function makeFolder(t: ExecutionContext): string {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-asr-secrets-"));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test("Q-12 the key that signs tokens is in a file of its owner's, not in the snapshot, and tokens stay good over a restart", async (t) => {
  const folder = makeFolder(t);
  const stateFile = join(folder, "state.json");
  // It is closed before the test ends.
  const first = await openDoor({ ...t, teardown: () => undefined }, { stateFile });
  const { body } = await first.signIn({ client_id: "deployer", client_secret: SECRET });
  const withKey = (): readonly string[] =>
    readdirSync(folder).filter((name) =>
      /PRIVATE KEY/.test(readFileSync(join(folder, name), "utf8")),
    );
  t.deepEqual(withKey(), ["state.json.sign-in.key"]);
  await first.simulator.close();
  t.deepEqual(withKey(), ["state.json.sign-in.key"]);
  t.is(statSync(join(folder, "state.json.sign-in.key")).mode & 0o777, 0o600);

  // A snapshot of an older version, in which the key was.
  const state = JSON.parse(readFileSync(stateFile, "utf8"));
  state.signIn.signingKey = "-----BEGIN PRIVATE KEY-----";
  writeFileSync(stateFile, JSON.stringify(state));
  const second = await openDoor(t, { stateFile });
  t.is((await second.read(`Bearer ${body.access_token}`)).status, 200);
  t.deepEqual(withKey(), ["state.json.sign-in.key"]);
});

test("Q-12 a file that is no key of the sign-in is named, with what to do", async (t) => {
  const stateFile = join(makeFolder(t), "state.json");
  writeFileSync(`${stateFile}.sign-in.key`, "secret words");
  const door = await openDoor(t, { stateFile });
  const { status, body } = await door.signIn({ client_id: "deployer", client_secret: SECRET });
  t.is(status, 500);
  t.regex(JSON.stringify(body), /state\.json\.sign-in\.key: this is not the key .* Delete it/);
  t.notRegex(JSON.stringify(body), /secret words/);
});

test("Q-12 the simulator repeats nothing of a body that it cannot read, nor of a secret that is wrong", async (t) => {
  const mark = makeMark("secret of a request");
  const door = await openDoor(t);
  const texts = await Promise.all(
    [`{"password": ${mark.value}`, mark.value, `"${mark.value}`].map(async (body) => {
      const headers = { "content-type": "application/json" };
      const address = `${door.url}/subscriptions/1/resourceGroups/a?api-version=1`;
      return await (await fetch(address, { method: "PUT", headers, body })).text();
    }),
  );
  t.true(texts.every((text) => text.includes("InvalidRequestContent")));
  const wrong = await door.signIn({ client_id: "deployer", client_secret: mark.value });
  t.is(wrong.status, 401);
  const answers = { name: "answers", text: JSON.stringify([...texts, wrong]) };
  const journal = { name: "journal", text: JSON.stringify(door.simulator.journal()) };
  t.deepEqual(findMarks([mark], [answers, journal]), []);
});

const brokenWorlds: readonly (readonly [what: string, text: (secret: string) => string])[] = [
  ["is no YAML", (secret) => `identities:\n  - { clientId: a, secret: ${secret}: x }\n  : [\n`],
  ["has a field too many", (secret) => `identities:\n  - { clientId: a, secrets: ${secret} }\n`],
  [
    "has a secret that is no text",
    (secret) => `identities:\n  - clientId: a\n    secret: [${secret}]\n`,
  ],
];

for (const [what, text] of brokenWorlds) {
  test(`Q-12 the error for a world file that ${what} names the line and shows no secret of it`, (t) => {
    const file = join(makeFolder(t), "world.yaml");
    writeFileSync(file, text("Q12secret0123456789"));
    const error = t.throws(() => readWorldFile(file));
    t.regex(error.message, /world\.yaml:\d+: /);
    t.notRegex(error.message, /Q12/);
  });
}

test("Q-12 what a simulator writes holds no secret of its world", async (t) => {
  const folder = makeFolder(t);
  const mark = makeMark("secret of an identity");
  const simulator = await startSimulator({
    world: {
      subscriptions: [{ id: "11111111-2222-3333-4444-555555555555", name: "Orders" }],
      identities: [{ clientId: "deployer", secret: mark.value }],
    } as never,
    requireSignIn: true,
    stateFile: join(folder, "state.json"),
    journalFile: join(folder, "journal.jsonl"),
  });
  const form = { grant_type: "client_credentials", client_id: "deployer", scope: "x" };
  const body = new URLSearchParams({ ...form, client_secret: mark.value });
  const tenant = "00000000-0000-0000-0000-00000000f00d";
  const answer = await fetch(`${simulator.url}/${tenant}/oauth2/v2.0/token`, {
    method: "POST",
    body,
  });
  t.is(answer.status, 200);
  await simulator.close();
  const places = placesIn(folder);
  t.true(places.length >= 3);
  t.deepEqual(findMarks([mark], places), []);
});
