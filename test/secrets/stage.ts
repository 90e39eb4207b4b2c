import { X509Certificate } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { get } from "node:https";
import { join } from "node:path";
import type { ExecutionContext } from "ava";
import { type Simulator, startSimulator } from "../../simulator/index.ts";
import { makeAuthority } from "../../simulator/tls/authority.ts";
import { makeServerIdentity } from "../../simulator/tls/certificate.ts";
import { scenarioOfWorld, type WorldVCenter } from "../../tools/vcenter/world-to-scenario.ts";
import { plantOne } from "../provider/actions/site-world.ts";
import { engineEnvironment, makeEngineFolder } from "../support/engine.ts";
import { startVCenter, type VCenterBench } from "../support/vcenter.ts";
import { type CommandLine, openCommandLine } from "./command-line.ts";
import { type Gateway, openGateway } from "./gateway.ts";
import { type Place, placesIn } from "./marks.ts";
import { federation, makeSecrets, type Secrets } from "./secrets.ts";

/** The real engine before Azure and a vCenter, both behind gateways and both asking who comes. */
export interface Stage extends Pick<CommandLine, "pulumi" | "killProviders"> {
  readonly azure: Gateway;
  readonly vcenter: Gateway;
  readonly secrets: Secrets;
  /** Writes the program that the commands run. */
  program(text: string): void;
  /** What every command printed, what the simulator shows, and every file that both have left. */
  places(): Promise<readonly Place[]>;
}

const tenant = "99999999-8888-7777-6666-555555555555";
const client = "deployer";

/** The client that signs in by a federated token instead of a secret. */
export const builder = "builder";

const account = "provider";

/** The master target of the site, which has a snapshot too many. */
const masterTarget = {
  controllers: ["VirtualLsiLogicController"],
  disks: [{ sizeGiB: 100 }],
  memoryMiB: 8192,
  processors: 4,
  snapshot: true,
  extraConfig: { "disk.EnableUUID": "TRUE" },
};

/** Starts everything; it ends with the test. */
export async function openStage(t: ExecutionContext): Promise<Stage> {
  const folder = makeEngineFolder("secrets");
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  const secrets = makeSecrets();
  const { simulator, bench } = await startServices(t, secrets, join(folder, "service"));
  const authority = makeAuthority(new Date());
  const identity = makeServerIdentity(["127.0.0.1"], new Date(), authority);
  const open = async (target: string, trusted: string): Promise<Gateway> => {
    const gateway = await openGateway({ target, trusted, identity, heard: secrets.hear });
    t.teardown(() => gateway.close());
    return gateway;
  };
  const azure = await open(simulator.url, simulator.certificateAuthority ?? "");
  const vcenter = await open(bench.url.replace(/\/sdk$/, ""), bench.certificate);

  writeFileSync(join(folder, "authority.pem"), authority.certificate);
  writeFileSync(join(folder, "federated-token"), secrets.federatedToken.value);
  const { pulumi, killProviders, played } = openCommandLine(folder, {
    ...engineEnvironment(folder),
    ARM_SUBSCRIPTION_ID: "11111111-2222-3333-4444-555555555555",
    ARM_ENDPOINT: azure.url,
    ARM_TENANT_ID: tenant,
    ARM_CLIENT_ID: client,
    AZURE_AUTHORITY_HOST: azure.url,
    AZURE_CLIENT_CERTIFICATE_PASSWORD: secrets.certificatePassword.value,
    AZURE_FEDERATED_TOKEN_FILE: join(folder, "federated-token"),
    ASR_RESOURCE_GROUP: "dr",
    ASR_VAULT: "orders",
    ASR_POLLING_INTERVAL: "PT0.05S",
    NODE_EXTRA_CA_CERTS: join(folder, "authority.pem"),
  });
  const access = {
    url: vcenter.url,
    username: account,
    password: secrets.vcenterPassword.value,
    thumbprint: new X509Certificate(identity.certificate).fingerprint256,
  };
  const setting = JSON.stringify({ "vcenter-one": access });
  writeProgram(folder, "");
  await pulumi(["stack", "init", "test"]);
  await pulumi(["config", "set", "--secret", "asr:clientSecret", secrets.clientSecret.value]);
  await pulumi(["config", "set", "--secret", "asr:vcenters", setting]);
  return {
    ...{ azure, vcenter, secrets, pulumi, killProviders },
    program: (text) => writeProgram(folder, text),
    async places() {
      const journal = { name: "journal", text: JSON.stringify(simulator.journal()) };
      const pages = await Promise.all(ownPages.map((path) => pageOf(simulator, path)));
      // What holds secrets by its purpose: the token that a platform writes for the sign-in, and the
      // keys of the simulator, in files of their own that only their owner may read.
      const files = placesIn(folder, /^federated-token$|\.key$/);
      return [...played, journal, ...pages, ...files];
    },
  };
}

/** The simulator and the vCenter of its site; both know who may come, and the simulator writes all it can. */
async function startServices(
  t: ExecutionContext,
  { clientSecret, vcenterPassword }: Secrets,
  folder: string,
): Promise<{ readonly simulator: Simulator; readonly bench: VCenterBench }> {
  const world = plantOne("classic", {
    world: {
      clock: { mode: "accelerated:600" },
      tenant,
      identities: [
        { clientId: client, secret: clientSecret.value },
        { clientId: builder, federated: federation },
      ],
    },
  });
  const [site] = (world as { readonly vcenters?: readonly WorldVCenter[] }).vcenters ?? [];
  if (site === undefined) throw new Error("The world has no vCenter.");
  const machines = { "mt-linux": masterTarget };
  const bench = await startVCenter(t, {
    ...scenarioOfWorld(site, { datastores: [{ name: "ds1" }], machines }),
    accounts: [{ username: account, password: vcenterPassword.value }],
  });
  mkdirSync(folder);
  const simulator = await startSimulator({
    world,
    tls: true,
    caFile: join(folder, "ca.pem"),
    stateFile: join(folder, "state.json"),
    journalFile: join(folder, "journal.jsonl"),
  });
  t.teardown(() => simulator.close());
  return { simulator, bench };
}

/** What the simulator shows to everybody who reaches it. */
const ownPages = ["/", "/_simulator/status", "/_simulator/journal", "/_simulator/state"];

async function pageOf(simulator: Simulator, path: string): Promise<Place> {
  const options = { ca: simulator.certificateAuthority, agent: false as const };
  const text = await new Promise<string>((resolve, reject) => {
    get(`${simulator.url}${path}`, options, async (answer) => {
      const parts: Buffer[] = [];
      for await (const part of answer) parts.push(part as Buffer);
      resolve(Buffer.concat(parts).toString("utf8"));
    }).once("error", reject);
  });
  return { name: `page ${path}`, text };
}

function writeProgram(folder: string, text: string): void {
  const runtime = "runtime: { name: nodejs, options: { typescript: false } }";
  writeFileSync(join(folder, "Pulumi.yaml"), `name: secrets\n${runtime}\nmain: index.js\n`);
  const imports = 'import * as asr from "pulumi-asr";\nimport * as pulumi from "@pulumi/pulumi";\n';
  writeFileSync(join(folder, "index.js"), `${imports}${text}\n`);
}
