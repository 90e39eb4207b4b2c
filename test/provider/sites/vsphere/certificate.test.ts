import type { AddressInfo } from "node:net";
import { createServer } from "node:tls";
import test, { type ExecutionContext } from "ava";
import { createVsphereSite } from "../../../../provider/sites/vsphere/vsphere-site.ts";
import { makeAuthority } from "../../../../simulator/tls/authority.ts";
import { makeServerIdentity } from "../../../../simulator/tls/certificate.ts";
import { createRun } from "../azure/support/run.ts";

/** A TLS server that counts what it is sent and answers nothing. */
async function startListener(t: ExecutionContext) {
  const identity = makeServerIdentity(["127.0.0.1"], new Date(), makeAuthority(new Date()));
  const received: Buffer[] = [];
  const closed = Promise.withResolvers<void>();
  const server = createServer({ key: identity.key, cert: identity.certificate }, (socket) => {
    socket.on("error", () => undefined);
    socket.on("data", (bytes) => {
      received.push(bytes);
      socket.end();
    });
  });
  server.on("connection", (socket) => socket.once("close", () => closed.resolve()));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.teardown(() => server.close());
  const { port } = server.address() as AddressInfo;
  return {
    url: `https://127.0.0.1:${port}/sdk`,
    received: () => Buffer.concat(received).toString("utf8"),
    /** Ends with the first connection, after which nothing can come any more. */
    closed: closed.promise,
  };
}

const settings = { username: "admin", password: "correct-horse-42" };

for (const [what, trust] of [
  ["that is pinned differently", { thumbprint: Array.from({ length: 32 }, () => "00").join(":") }],
  ["of an authority that nobody knows", {}],
] as const) {
  test(`P-07 to a server with a certificate ${what} not a byte is sent behind the handshake`, async (t) => {
    const listener = await startListener(t);
    const site = createVsphereSite("one", { url: listener.url, ...settings, ...trust });
    const error = await t.throwsAsync(site.about(createRun().context));
    t.regex(error.message, /Its SHA-256 thumbprint is ([0-9A-F]{2}:){31}[0-9A-F]{2}\./);
    await listener.closed;
    t.is(listener.received(), "");
  });
}

test("the thumbprint that the error tells can be pinned as it stands", async (t) => {
  const listener = await startListener(t);
  const context = createRun().context;
  const stranger = createVsphereSite("one", { url: listener.url, ...settings });
  const error = await t.throwsAsync(stranger.about(context));
  const thumbprint = /thumbprint is ([0-9A-F:]+)\./.exec(error.message)?.[1] ?? "";
  const site = createVsphereSite("one", { url: listener.url, ...settings, thumbprint });
  await t.throwsAsync(site.about(context), { message: /cannot be reached/ });
  t.regex(listener.received(), /^POST \/sdk HTTP\/1\.1[\s\S]*RetrieveServiceContent/);
  t.false(listener.received().includes(settings.password));
});
