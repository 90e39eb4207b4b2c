import { once } from "node:events";
import { Agent, request } from "node:http";
import { connect, type Socket } from "node:net";
import test from "ava";
import { FAIL_OVER, openShop, type Shop, VAULT, webItem } from "./shop.ts";

const POLICY = `${VAULT}/replicationPolicies/policy`;

/** Sends bytes as they are and returns everything that comes back until the connection ends. */
async function sendRaw(shop: Shop, text: string): Promise<string> {
  const socket = connect(Number(new URL(shop.simulator.url).port), "127.0.0.1");
  let answer = "";
  socket.on("data", (data) => {
    answer += String(data);
  });
  socket.on("error", () => undefined);
  socket.write(text);
  await once(socket, "close");
  return answer;
}

const put = (shop: Shop, body: string, type: string | undefined) =>
  fetch(`${shop.simulator.url}${POLICY}?api-version=2023-08-01`, {
    method: "PUT",
    body: Buffer.from(body),
    ...(type !== undefined && { headers: { "content-type": type } }),
  });

const bodies = [
  ["is not JSON", '{"properties":', "application/json", 400, "InvalidRequestContent"],
  ["is a list", "[]", "application/json", 400, "InvalidRequestContent"],
  ["is a number", "5", "application/json; charset=utf-8", 400, "InvalidRequestContent"],
  ["is XML", "<properties/>", "application/xml", 415, "UnsupportedMediaType"],
  ["has no type", "{}", undefined, 415, "UnsupportedMediaType"],
] as const;
for (const [what, body, type, status, code] of bodies) {
  test(`A body that ${what} is refused in the service's shape, and nothing changes`, async (t) => {
    const shop = await openShop(t);
    const before = await shop.get("/_simulator/state");
    const reply = await put(shop, body, type);
    t.is(reply.status, status);
    const { error } = (await reply.json()) as { error: { code: string; message: string } };
    t.is(error.code, code);
    t.true(error.message.length > 20);
    t.deepEqual(await shop.get("/_simulator/state"), before);
  });
}

test("A body over the limit is refused with 413 before all of it has come, one at the limit is read", async (t) => {
  const shop = await openShop(t);
  const limit = 4 * 1024 * 1024;
  const padded = (size: number) => `{"padding":"${"x".repeat(size - 14)}"}`;
  const reply = await put(shop, padded(limit + 1), "application/json");
  t.is(reply.status, 413);
  t.is(((await reply.json()) as { error: { code: string } }).error.code, "RequestContentTooLarge");
  t.not((await put(shop, padded(limit), "application/json")).status, 413);
  const answer = await sendRaw(
    shop,
    `PUT ${POLICY} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99999999\r\n\r\n${"x".repeat(limit + 9)}`,
  );
  t.regex(answer, /^HTTP\/1\.1 413 /);
  t.is((await shop.ask("GET", POLICY)).status, 200);
});

test("Paths that escape, break off or name what every object has are refused, none crashes", async (t) => {
  const shop = await openShop(t);
  for (const [path, status] of [
    [`${VAULT}/replicationFabrics/..%2f..%2f..%2fetc`, 400],
    [`${VAULT}/replicationFabrics/a%5Cb`, 400],
    [`${VAULT}/replicationFabrics/%00`, 400],
    [`${VAULT}/replicationFabrics/%zz`, 400],
    [`${VAULT}/replicationFabrics/__proto__`, 400],
    [`${VAULT}/replicationPolicies/constructor`, 400],
    ["/subscriptions/__proto__/resourceGroups", 400],
    [`${VAULT}/replicationFabrics/toString`, 404],
    [`${VAULT}/../../../../../../../../etc/passwd`, 404],
    ["/%2e%2e/%2e%2e/etc/passwd", 404],
    [`/${"a/".repeat(3000)}`, 404],
    ["/_simulator/../_simulator/none", 404],
  ] as const) {
    const answer = await sendRaw(
      shop,
      `GET ${path}?api-version=2023-08-01 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
    );
    t.is(answer.slice(0, 12), `HTTP/1.1 ${status}`, path);
    t.regex(answer, /\{"error":\{"code":"\w+","message":"/, path);
  }
});

test("Bytes that are no HTTP, and addresses that are none, get 400", async (t) => {
  const shop = await openShop(t);
  for (const text of [
    "Hello\r\n\r\n",
    "GET / HTTP/1.1\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: [\r\nConnection: close\r\n\r\n",
    `GET /${"x".repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
  ])
    t.regex(await sendRaw(shop, text), /^HTTP\/1\.1 400 /, text.slice(0, 40));
  t.regex(await sendRaw(shop, "Hello\r\n\r\n"), /\{"error":\{"code":"InvalidRequest"/);
  t.is((await shop.ask("GET", POLICY)).status, 200);
});

test("Connections that are only half used keep nobody out, and do not keep the simulator from ending", async (t) => {
  const shop = await openShop(t);
  const port = Number(new URL(shop.simulator.url).port);
  const sockets: Socket[] = [];
  for (let number = 0; number < 300; number += 1) {
    const socket = connect(port, "127.0.0.1").on("error", () => undefined);
    sockets.push(socket);
    if (number % 3 === 1) socket.write("GET / HT");
    if (number % 3 === 2)
      socket.write(`PUT ${POLICY} HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n{"half`);
  }
  await Promise.all(sockets.map((socket) => once(socket, "connect")));
  t.is((await shop.ask("GET", POLICY)).status, 200);
  for (const socket of sockets.splice(0, 100)) socket.resetAndDestroy();
  t.is((await shop.ask("GET", POLICY)).status, 200);
  const closed = Promise.all(sockets.map((socket) => once(socket, "close")));
  await shop.simulator.close();
  await closed;
  t.pass();
});

test("Three thousand requests at once are all answered, and one of three hundred failovers is taken", async (t) => {
  const shop = await openShop(t);
  const agent = new Agent({ maxSockets: Number.POSITIVE_INFINITY });
  t.teardown(() => agent.destroy());
  const ask = (method: string, path: string, body?: unknown) =>
    new Promise<number>((resolve, reject) => {
      const headers = body === undefined ? {} : { "content-type": "application/json" };
      const url = `${shop.simulator.url}${path}?api-version=2023-08-01`;
      const sent = request(url, { method, agent, headers }, (response) => {
        response.resume().on("end", () => resolve(response.statusCode ?? 0));
      });
      sent.on("error", reject).end(body === undefined ? "" : JSON.stringify(body));
    });
  const reads = Array.from({ length: 2700 }, () => ask("GET", POLICY));
  const failovers = Array.from({ length: 300 }, () =>
    ask("POST", `${webItem()}/unplannedFailover`, FAIL_OVER),
  );
  t.deepEqual([...new Set(await Promise.all(reads))], [200]);
  t.deepEqual([...new Set(await Promise.all(failovers))], [202]);
  shop.simulator.clock.advance(600_000);
  const jobs: { properties: { state: string } }[] = [];
  for (let next: string | null = `${VAULT}/replicationJobs`; next !== null; ) {
    const page = await shop.get(next);
    jobs.push(...page.value);
    next = page.nextLink;
  }
  t.is(jobs.length, 300);
  t.is(jobs.filter(({ properties }) => properties.state === "Succeeded").length, 1);
});
