import { once } from "node:events";
import { Agent, request } from "node:http";
import { connect, type Socket } from "node:net";
import test from "ava";
import { ok } from "../../simulator/http/answer.ts";
import { listen } from "../../simulator/http/server.ts";

type Listening = Awaited<ReturnType<typeof listen>>;

async function open(t: { teardown(work: () => unknown): void }): Promise<Listening> {
  const place = { host: "127.0.0.1", port: 0 };
  const listening = await listen(place, async () => ({ answer: ok({}), delayMs: 0 }));
  t.teardown(() => {
    listening.server.closeAllConnections();
    listening.server.close();
  });
  return listening;
}

test("An idle connection is kept for two minutes, and clients are told so", async (t) => {
  const { port } = await open(t);
  const agent = new Agent({ keepAlive: true });
  t.teardown(() => agent.destroy());
  const call = request({ port, host: "127.0.0.1", agent });
  call.end();
  const [response] = await once(call, "response");
  response.resume();
  t.is(response.headers["keep-alive"], "timeout=120");
});

test("A connection refused for what it sent is closed even if its other side never ends", async (t) => {
  const { server, port } = await open(t);
  const arrival = once(server, "connection");
  const client = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
  t.teardown(() => client.destroy());
  client.write("NO HTTP AT ALL\r\n\r\n");
  const [socket] = (await arrival) as [Socket];
  const closed = once(socket, "close");
  const [answer] = await once(client, "data");
  t.regex(String(answer), /^HTTP\/1\.1 400 Bad Request/);
  await closed;
  t.true(socket.destroyed);
});

test("A connection that breaks in the middle of a request is let go, and others are served", async (t) => {
  const { server, port } = await open(t);
  const arrival = once(server, "connection");
  const client = connect({ port, host: "127.0.0.1" });
  client.on("error", () => {});
  client.write("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\n{");
  const [socket] = (await arrival) as [Socket];
  const closed = once(socket, "close").catch(() => undefined);
  client.resetAndDestroy();
  await closed;
  t.true(socket.destroyed);
  t.is((await fetch(`http://127.0.0.1:${port}/`)).status, 200);
});
