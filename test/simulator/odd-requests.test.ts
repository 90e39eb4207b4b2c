import { connect } from "node:net";
import { text } from "node:stream/consumers";
import test, { type ExecutionContext } from "ava";
import { type Simulator, startSimulator } from "../../simulator/index.ts";
import { ids, orders } from "../provider/actions/test-bed.ts";

async function start(t: ExecutionContext): Promise<Simulator> {
  const simulator = await startSimulator({ world: orders(), clock: "stepped" });
  t.teardown(() => simulator.close());
  return simulator;
}

/** Asks one of the simulator's own endpoints; gives status and message. */
async function ask(
  { url }: Simulator,
  path: string,
  body?: object,
): Promise<{ readonly status: number; readonly text: string }> {
  const answer = await fetch(`${url}/_simulator/${path}`, {
    ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
    headers: { "content-type": "application/json" },
  });
  return { status: answer.status, text: await answer.text() };
}

test("Q-11 the clock is not moved beyond what a date can tell", async (t) => {
  const simulator = await start(t);
  for (const body of [{ ms: 1e308 }, { ms: 8.64e15 }, { seconds: 1e13 }, { to: "+275760-09-13" }]) {
    const { status, text } = await ask(simulator, "clock/advance", body);
    t.is(status, 400);
    t.regex(text, /time ends with the year 9999/);
  }
  t.is((await ask(simulator, "status")).status, 200, "it goes on");
});

test("Q-11 a filter of the journal that is no expression is refused", async (t) => {
  const simulator = await start(t);
  await fetch(`${simulator.url}/subscriptions?api-version=2022-12-01`);
  const { status, text } = await ask(simulator, "journal?path=(");
  t.is(status, 400);
  t.regex(text, /Invalid regular expression/);
});

test("Q-11 a name with any letter is answered with addresses that a header can hold", async (t) => {
  const simulator = await start(t);
  const fabrics = `${simulator.url}${ids.vault}/replicationFabrics`;
  const path = `${fabrics}/ne/replicationProtectionContainers/${encodeURIComponent("container-né")}`;
  const answer = await fetch(`${path}?api-version=2024-04-01`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: "{}",
  });
  t.is(answer.status, 202, await answer.text());
  t.regex(answer.headers.get("location") ?? "", /\/container-n%C3%A9\/operationresults\//);
});

test("Q-11 a HEAD that cannot be read is refused without a body", async (t) => {
  const simulator = await start(t);
  const socket = connect(Number(new URL(simulator.url).port), "127.0.0.1");
  socket.write(`HEAD / HTTP/1.1\r\nhost: here\r\nx-long: ${"a".repeat(20_000)}\r\n\r\n`);
  const said = await text(socket);
  t.regex(said, /^HTTP\/1\.1 400 [\s\S]*\r\n\r\n$/);
});
