import { spawn } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { connect } from "node:tls";
import test, { type ExecutionContext } from "ava";
import { startSimulator } from "../../simulator/index.ts";
import { keptAuthority, makeAuthority } from "../../simulator/tls/authority.ts";
import { makeServerIdentity } from "../../simulator/tls/certificate.ts";
import { SHOP, SUBSCRIPTION, VAULT } from "./shop.ts";

const MAIN = new URL("../../simulator/main.ts", import.meta.url).pathname;
const STOCK_CLIENT = new URL("stock-javascript.ts", import.meta.url).pathname;
const WORLD = new URL("../../simulator/worlds/three-tier.yaml", import.meta.url).pathname;

/** A GET over TLS by a client that trusts one authority only. */
async function get(url: string, ca: string): Promise<{ status: number; text: string }> {
  const call = request(url, { ca, agent: false });
  call.end();
  const [response] = await once(call, "response");
  let text = "";
  for await (const chunk of response) text += chunk;
  return { status: response.statusCode, text };
}

/** The fingerprint of the certificate a server shows. */
async function shown(url: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), rejectUnauthorized: false });
  await once(socket, "secureConnect");
  const { fingerprint256 } = socket.getPeerCertificate();
  socket.destroy();
  return fingerprint256;
}

function temporaryFolder(t: ExecutionContext): string {
  const folder = mkdtempSync(join(tmpdir(), "asr-tls-"));
  t.teardown(() => rmSync(folder, { recursive: true }));
  return folder;
}

test("Over TLS a client that trusts the CA file is served under address and name, and must sign in", async (t) => {
  const caFile = join(temporaryFolder(t), "ca.pem");
  const simulator = await startSimulator({ world: SHOP, clock: "stepped", tls: true, caFile });
  t.teardown(() => simulator.close());
  const ca = readFileSync(caFile, "utf8");
  t.is(ca, simulator.certificateAuthority ?? "");
  t.regex(simulator.url, /^https:\/\/127\.0\.0\.1:\d+$/);
  for (const url of [simulator.url, simulator.url.replace("127.0.0.1", "localhost")]) {
    const cloud = await get(`${url}/metadata/endpoints`, ca);
    t.is(cloud.status, 200);
    t.is(JSON.parse(cloud.text).resourceManager, url);
    t.is((await get(`${url}${VAULT}`, ca)).status, 401);
  }
  const other = makeAuthority(new Date()).certificate;
  await t.throwsAsync(get(`${simulator.url}/metadata/endpoints`, other), {
    message: /certificate/,
  });
});

test("Microsoft's JavaScript packages sign in over TLS and work with nothing but their usual settings", async (t) => {
  const caFile = join(temporaryFolder(t), "ca.pem");
  const clock = "accelerated:2000";
  const simulator = await startSimulator({ world: SHOP, clock, tls: true, caFile });
  t.teardown(() => simulator.close());
  const child = spawn(process.execPath, [STOCK_CLIENT], {
    env: {
      PATH: process.env.PATH,
      NODE_EXTRA_CA_CERTS: caFile,
      SIMULATOR_URL: simulator.url,
      AZURE_TENANT_ID: "00000000-0000-0000-0000-00000000f00d",
      AZURE_CLIENT_ID: "12121212-3434-5656-7878-909090909090",
      AZURE_CLIENT_SECRET: "any secret",
      AZURE_SUBSCRIPTION_ID: SUBSCRIPTION,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  t.teardown(() => child.kill());
  let said = "";
  child.stdout.on("data", (data) => {
    said += String(data);
  });
  const [code] = await once(child, "close");
  t.is(code, 0);
  t.deepEqual(JSON.parse(said), { vault: "js-vault", policy: "daily" });
});

for (const kept of ["caFile", "stateFile"] as const) {
  test(`With a ${kept} a restarted simulator is trusted as before, with a certificate of its own`, async (t) => {
    const file = join(temporaryFolder(t), "kept");
    const options = { world: SHOP, clock: "stepped", tls: true, [kept]: file } as const;
    const first = await startSimulator(options);
    const certificate = await shown(first.url);
    await first.close();
    const ca = first.certificateAuthority ?? "";
    t.is(statSync(`${file}.key`).mode & 0o777, 0o600);
    const second = await startSimulator(options);
    t.teardown(() => second.close());
    t.is(second.certificateAuthority, ca);
    t.is((await get(`${second.url}/metadata/endpoints`, ca)).status, 200);
    t.not(await shown(second.url), certificate);
    if (kept === "caFile") t.is(readFileSync(file, "utf8"), ca);
    else t.false(readFileSync(file, "utf8").includes("PRIVATE KEY"));
  });
}

test("Without a file to keep it, every start has a CA of its own", async (t) => {
  const start = () => startSimulator({ world: SHOP, clock: "stepped", tls: true });
  const [one, other] = await Promise.all([start(), start()]);
  t.teardown(() => Promise.all([one.close(), other.close()]));
  t.not(one.certificateAuthority, other.certificateAuthority);
});

test("A kept CA that is about to expire is replaced, and what is no CA is told with its file", (t) => {
  const file = join(temporaryFolder(t), "ca.key");
  const now = new Date("2026-03-04T05:06:07Z");
  const first = keptAuthority(file, now);
  t.is(keptAuthority(file, new Date("2035-12-01T00:00:00Z")).certificate, first.certificate);
  const late = new Date("2036-02-20T00:00:00Z");
  const second = keptAuthority(file, late);
  t.not(second.certificate, first.certificate);
  t.is(keptAuthority(file, late).certificate, second.certificate);
  const strange = readFileSync(file, "utf8").replace(/-----BEGIN CERT[\s\S]*/, first.certificate);
  for (const text of ["", "no key", strange]) {
    writeFileSync(file, text);
    const error = t.throws(() => keptAuthority(file, late), { message: /Delete it/ });
    t.true(error?.message.startsWith(`${file}: `));
  }
});

test("A fault resets a TLS connection as it does a plain one", async (t) => {
  const simulator = await startSimulator({ world: SHOP, clock: "stepped", tls: true });
  t.teardown(() => simulator.close());
  simulator.addFault({ match: { path: "metadata" }, reset: "before" });
  const ca = simulator.certificateAuthority ?? "";
  await t.throwsAsync(get(`${simulator.url}/metadata/endpoints`, ca), { code: "ECONNRESET" });
  t.is((await get(`${simulator.url}/metadata/endpoints`, ca)).status, 200);
});

test("The certificate names its hosts, is signed by the authority, and is no authority itself", (t) => {
  const now = new Date("2026-03-04T05:06:07Z");
  const hosts = ["127.0.0.1", "localhost", "::1", "fe80::1:2", "simulator.example"];
  const identity = makeServerIdentity(hosts, now, makeAuthority(now));
  const server = new X509Certificate(identity.certificate);
  const authority = new X509Certificate(identity.authority);
  t.true(server.verify(authority.publicKey));
  t.true(server.checkIssued(authority));
  t.true(authority.verify(authority.publicKey));
  t.true(authority.ca);
  t.false(server.ca);
  for (const host of ["127.0.0.1", "::1", "fe80::1:2"]) t.is(server.checkIP(host), host);
  for (const host of ["localhost", "simulator.example"]) t.is(server.checkHost(host), host);
  t.is(server.checkIP("127.0.0.2"), undefined);
  t.deepEqual(server.validFromDate, new Date("2026-03-03T05:06:07Z"));
  t.true(server.validToDate > new Date("2027-03-04T00:00:00Z"));
  t.notRegex(identity.authority + identity.certificate, /PRIVATE/);
});

test("It listens beyond this computer only over TLS, and says what to add", async (t) => {
  for (const [options, message] of [
    [{ host: "0.0.0.0" }, /listens on 0\.0\.0\.0 only over TLS.*--tls/],
    [{ host: "192.0.2.1" }, /listens on 192\.0\.2\.1 only over TLS/],
    [{ caFile: "ca.pem" }, /Without TLS there is no certificate/],
    [
      { tls: true, caFile: "/nowhere/at/all/ca.pem" },
      /ca\.pem\.key: the key of the CA cannot be kept/,
    ],
  ] as const) {
    await t.throwsAsync(startSimulator({ world: SHOP, ...options }), { message });
  }
});

test("The command takes the TLS options and says where it listens", async (t) => {
  const caFile = join(temporaryFolder(t), "ca.pem");
  const args = ["--world", WORLD, "--clock", "stepped", "--tls", "--ca-file", caFile, "--quiet"];
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  t.teardown(() => child.kill());
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  const { url } = JSON.parse(line);
  t.true(statSync(caFile).size > 0);
  t.is((await get(`${url}/subscriptions`, readFileSync(caFile, "utf8"))).status, 401);
  const plain = spawn(process.execPath, [MAIN, "--world", WORLD, "--host", "0.0.0.0"], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  plain.stderr.on("data", (data) => {
    said += String(data);
  });
  const [code] = await once(plain, "close");
  t.is(code, 1);
  t.regex(said, /add --tls/);
});
