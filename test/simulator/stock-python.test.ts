import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "ava";
import { startSimulator } from "../../simulator/index.ts";
import { SHOP, SUBSCRIPTION } from "./shop.ts";

const PYTHON = new URL("../../.tools/python/bin/python", import.meta.url).pathname;
const SCRIPT = new URL("stock_python.py", import.meta.url).pathname;
const TENANT = "99999999-8888-7777-6666-555555555555";
const CLIENT = "12121212-3434-5656-7878-909090909090";
const SECRET = "correct horse battery staple";
const ISSUER = "https://tokens.example";
const SUBJECT = "repo:shop/recovery";

/** A token such as a build service gives; nobody checks its signature (CH-ASSERTION). */
function federatedToken(): string {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const exp = Math.floor(Date.now() / 1000) + 600;
  return `${encode({ alg: "none" })}.${encode({ iss: ISSUER, sub: SUBJECT, exp })}.${encode("signature")}`;
}

test("Microsoft's Python packages sign in over TLS and take a machine through the whole cycle", async (t) => {
  t.timeout(170_000);
  if (!existsSync(PYTHON)) {
    t.fail("Microsoft's Python packages are not installed. To install them, run `make tools`.");
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), "asr-python-"));
  t.teardown(() => rmSync(folder, { recursive: true }));
  const caFile = join(folder, "ca.pem");
  const simulator = await startSimulator({
    world: {
      ...SHOP,
      tenant: TENANT,
      identities: [
        {
          clientId: CLIENT,
          secret: SECRET,
          managed: true,
          federated: { issuer: ISSUER, subject: SUBJECT },
        },
      ],
      vaults: [],
    },
    clock: "accelerated:2000",
    tls: true,
    caFile,
  });
  t.teardown(() => simulator.close());

  const child = spawn(PYTHON, [SCRIPT], {
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      NO_PROXY: "127.0.0.1",
      TMPDIR: folder,
      REQUESTS_CA_BUNDLE: caFile,
      SIMULATOR_URL: simulator.url,
      AZURE_TENANT_ID: TENANT,
      AZURE_CLIENT_ID: CLIENT,
      AZURE_CLIENT_SECRET: SECRET,
      AZURE_SUBSCRIPTION_ID: SUBSCRIPTION,
      FEDERATED_TOKEN: federatedToken(),
      IDENTITY_ENDPOINT: `${simulator.url}/msi/token`,
      IDENTITY_HEADER: "header-value",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  t.teardown(() => child.kill());
  let said = "";
  let complaints = "";
  child.stdout.on("data", (data) => {
    said += String(data);
  });
  child.stderr.on("data", (data) => {
    complaints += String(data);
  });
  const [code] = await once(child, "close");
  t.is(code, 0, `${said}\n${complaints}`);

  const [refused, ...steps] = said
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  t.regex(refused.message, /AADSTS7000215/);
  t.deepEqual(steps, [
    { step: "managed identity", code: "ResourceNotFound" },
    { step: "federated token", code: "ResourceNotFound" },
    { step: "secret", code: "ResourceNotFound" },
    { step: "vault", name: "python-vault", state: "Succeeded" },
    { step: "policy", history: 1440 },
    { step: "fabric", name: "fabric-ne", region: "North Europe" },
    { step: "fabric", name: "fabric-we", region: "West Europe" },
    { step: "mapping", target: "container-we" },
    { step: "mapping", target: "container-ne" },
    { step: "enable", name: "app", provider: "A2A" },
    { step: "protected", side: "ne", points: true, health: "Normal" },
    { step: "drill", state: "WaitingForCompletion" },
    { step: "drill cleaned up", state: "MarkedForDeletion" },
    { step: "failover", side: "ne", active: "Recovery" },
    { step: "commit", side: "ne", state: "UnplannedFailoverCommitted" },
    { step: "reprotect", primary: "West Europe" },
    { step: "protected", side: "we", points: true, health: "Normal" },
    { step: "failover", side: "we", active: "Recovery" },
    { step: "commit", side: "we", state: "UnplannedFailoverCommitted" },
    { step: "reprotect", primary: "North Europe" },
    { step: "protected", side: "ne", points: true, health: "Normal" },
    { step: "jobs", count: 28, failed: 0 },
    { step: "clean-up", vaults: 0 },
  ]);
  const journal = JSON.stringify(simulator.journal());
  t.false(journal.includes(SECRET));
  t.false(journal.includes("eyJ"), "no token is in the journal");
});
