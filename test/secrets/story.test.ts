import test from "ava";
import { ids } from "../provider/actions/test-bed.ts";
import type { Deed, Passing } from "./gateway.ts";
import {
  failedJob,
  failedStatus,
  illHealth,
  refusal,
  signInRefusal,
  vcenterFault,
} from "./indiscretions.ts";
import { findMarks, type Place } from "./marks.ts";
import { builder, openStage, type Stage } from "./stage.ts";

/** One command, what goes wrong while it runs, and what shows that it did. */
interface Scene {
  readonly words: readonly string[];
  readonly azure?: readonly Deed[];
  readonly vcenter?: readonly Deed[];
  readonly variables?: Readonly<Record<string, string>>;
  readonly succeeds: boolean;
  readonly shows: RegExp;
}

const isTokenRequest = ({ path }: Passing): boolean => /\/oauth2\/.*token/.test(path);
const isDrill = ({ method, path }: Passing): boolean =>
  method === "POST" && /\/testFailover\?/i.test(path);
const readsItems = ({ method, path }: Passing): boolean =>
  method === "GET" && /\/replicationProtectedItems/i.test(path);
const readsJob = ({ method, path }: Passing): boolean =>
  method === "GET" && /\/replicationJobs\/[^/]+\?/i.test(path);
const readsStatus = ({ method, path }: Passing): boolean =>
  method === "GET" && /\/operation(results|status)/i.test(path);
const readsMachines = ({ body }: Passing): boolean => body.includes("<RetrievePropertiesEx ");

/** Signing in by a token of a platform instead of a secret. */
const byPlatform = { ARM_USE_OIDC: "true", ARM_CLIENT_ID: builder };

/** What the service repeats in what is no error: the token that came with the request, and the secret behind it. */
const wordsOf =
  ({ secrets }: Stage) =>
  ({ headers }: Passing): string =>
    `the token ${headers.authorization?.split(" ")[1]} of the secret ${secrets.clientSecret.value}`;

function scenesOf(stage: Stage): readonly Scene[] {
  const words = wordsOf(stage);
  const illness: Deed = { to: readsItems, rewrite: (body, by) => illHealth(words(by))(body) };
  return [
    {
      words: ["preview"],
      azure: [{ to: isTokenRequest, retort: signInRefusal }],
      succeeds: false,
      shows: /Sign-in to Azure failed: .*AADSTS7000215.*\[hidden\]/,
    },
    {
      words: ["preview", "--json"],
      variables: byPlatform,
      azure: [{ to: isTokenRequest, retort: signInRefusal }],
      succeeds: false,
      shows: /Sign-in to Azure failed: .*client_assertion=\[hidden\]/,
    },
    {
      words: ["preview"],
      vcenter: [
        { to: ({ body }) => body.includes("<Login "), retort: vcenterFault("InvalidLogin") },
      ],
      succeeds: false,
      shows: /refused to sign in provider: InvalidLogin: .*<password>\[hidden\]/,
    },
    {
      words: ["preview", "--diff"],
      // What somebody sets who looks for an error; requests and answers are then printed.
      variables: { ...byPlatform, AZURE_LOG_LEVEL: "verbose" },
      azure: [illness],
      succeeds: true,
      shows: /It said: the token \[hidden\] of the secret/,
    },
    {
      words: ["preview", "--json"],
      vcenter: [{ to: readsMachines, retort: vcenterFault("NoPermission") }],
      succeeds: false,
      shows: /NoPermission: .*Cookie: vmware_soap_session=\[hidden\]/,
    },
    {
      words: ["up", "--yes", "--skip-preview", "--logtostderr", "-v=9"],
      azure: [{ to: isDrill, retort: refusal(403) }],
      succeeds: false,
      shows: /Azure refused to .*\(403\): Refused: .*Authorization: Bearer \[hidden\]/,
    },
    {
      words: ["up", "--yes", "--skip-preview"],
      azure: [{ to: isDrill, retort: refusal(500) }, illness],
      succeeds: false,
      shows: /the vault shows no job of it/,
    },
    {
      words: ["up", "--yes"],
      azure: [
        { to: readsJob, rewrite: (body, by) => failedJob(words(by))(body) },
        { to: readsStatus, rewrite: (body, by) => failedStatus(words(by))(body) },
      ],
      succeeds: false,
      shows: /It said: the token \[hidden\] of the secret/,
    },
    {
      words: ["up", "--yes", "--skip-preview"],
      azure: [{ to: readsItems, before: async () => void stage.killProviders(), times: 1 }],
      succeeds: false,
      shows: /error reading from server|transport is closing|connection (closed|refused|reset)|EOF/,
    },
    { words: ["up", "--yes"], azure: [illness], succeeds: true, shows: /drill/ },
    { words: ["refresh", "--yes"], azure: [illness], succeeds: true, shows: /drill/ },
    { words: ["stack", "export"], succeeds: true, shows: /"deployment"/ },
    { words: ["destroy", "--yes"], succeeds: true, shows: /deleted/ },
  ];
}

test("Q-12 P-07 a run by the real CLI leaves no secret in state, history, output, logs, journal and snapshot, whatever service and vCenter repeat of it", async (t) => {
  t.timeout(600_000);
  const stage = await openStage(t);
  const { secrets } = stage;
  stage.program(`
    new asr.MasterTargetServer("mt-linux", { fabric: "plant-one", manage: ["snapshots"] });
    new asr.TestFailover("drill", {
      item: ${JSON.stringify(ids.item("web"))},
      network: ${JSON.stringify(ids.testNetwork)},
      comments: pulumi.secret(process.env.DRILL_COMMENTS),
    });
  `);
  const surprises: string[] = [];
  let exported = "";
  for (const [number, scene] of scenesOf(stage).entries()) {
    for (const deed of scene.azure ?? []) stage.azure.arm(deed);
    for (const deed of scene.vcenter ?? []) stage.vcenter.arm(deed);
    const variables = { DRILL_COMMENTS: secrets.comments.value, ...scene.variables };
    const played = await stage.pulumi(scene.words, variables);
    const done = stage.azure.disarm() + stage.vcenter.disarm();
    const told = played.text.replace(/\s+/g, " ");
    const problems = [
      (played.exitCode === 0) === scene.succeeds ? "" : `it ended with ${played.exitCode}`,
      scene.shows.test(told) ? "" : `it shows nothing of ${scene.shows}`,
      done > 0 || (scene.azure ?? scene.vcenter) === undefined ? "" : "nothing went wrong in it",
    ].filter((each) => each !== "");
    if (problems.length > 0) {
      const what = `scene ${number}, ${scene.words.join(" ")}: ${problems.join(", ")}`;
      surprises.push(`${what}\n${played.text.slice(-3000)}`);
    }
    if (scene.words[1] === "export") exported = played.stdout;
  }

  t.deepEqual(surprises, []);
  t.true(secrets.issued("token").length > 5, "each run signed in");
  t.true(secrets.issued("session").length > 2, "runs had a session of the vCenter");
  const places = (await stage.places()).map(withoutEngineTrace);
  for (const name of ["service/journal.jsonl", "service/state.json", "service/state.json.log"]) {
    t.true(
      places.some((place) => place.name === name),
      name,
    );
  }
  t.true(places.some(({ name }) => name.startsWith("state/.pulumi/history/")));
  t.deepEqual(findMarks(secrets.all(), places), []);

  const drill = resourceOf(exported, "drill");
  t.truthy(drill.inputs.comments?.ciphertext, "a secret input is a secret in the state");
  t.truthy(drill.outputs.comments?.ciphertext, "and so is the output of its name");
  // The service is told of the comments, and keeps them: that is what they are for.
  const own = places.filter(({ name }) => !/^service\/|^journal$|^page /.test(name));
  t.deepEqual(findMarks([secrets.comments], own), []);
});

/**
 * What `-v=9` makes the engine itself print: every value that it hands to a program or a provider, secrets
 * in clear. That is Pulumi's own and not to be changed from here; every other line is looked at.
 */
function withoutEngineTrace({ name, text }: Place): Place {
  if (!name.includes("-v=9")) return { name, text };
  const lines = text.split("\n").filter((line) => !/[Mm]arshal(ing|ed) [^"]*RPC\[/.test(line));
  return { name, text: lines.join("\n") };
}

interface ExportedResource {
  readonly urn: string;
  readonly inputs: { readonly comments?: { readonly ciphertext?: string } };
  readonly outputs: { readonly comments?: { readonly ciphertext?: string } };
}

function resourceOf(exported: string, name: string): ExportedResource {
  const { deployment } = JSON.parse(exported) as {
    readonly deployment: { readonly resources: readonly ExportedResource[] };
  };
  const found = deployment.resources.find(({ urn }) => urn.endsWith(`::${name}`));
  if (found === undefined) throw new Error(`The state has no ${name}.`);
  return found;
}
