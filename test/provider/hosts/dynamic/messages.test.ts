import test from "ava";
import { type CallLogger, createCallLogger } from "../../../../provider/hosts/dynamic/messages.ts";
import {
  type RecordingEngine,
  recordingEngine,
  type SteppedClock,
  steppedClock,
} from "./stand-ins.ts";

function start(): { clock: SteppedClock; engine: RecordingEngine; log: CallLogger } {
  const clock = steppedClock();
  const engine = recordingEngine();
  const clean = (text: string): string => text.replaceAll("hunter2", "[hidden]");
  const address = { urn: "urn:one", preview: false };
  return { clock, engine, log: createCallLogger({ engine, clock, address, clean }) };
}

const texts = (engine: RecordingEngine): string[] => engine.messages.map(({ text }) => text);

test("A-06 progress is sent on change, at most once a second, and the newest line always arrives", async (t) => {
  const { clock, engine, log } = start();
  log.progress("task 1");
  log.progress("task 1");
  log.progress("task 2");
  log.progress("task 3");
  await clock.advance(0);
  t.deepEqual(texts(engine), ["task 1"]);
  await clock.advance(999);
  t.deepEqual(texts(engine), ["task 1"]);
  await clock.advance(1);
  t.deepEqual(texts(engine), ["task 1", "task 3"]);
  await clock.advance(5_000);
  log.progress("task 3");
  t.deepEqual(texts(engine), ["task 1", "task 3"]);
  log.progress("task 4");
  await clock.advance(0);
  t.deepEqual(texts(engine), ["task 1", "task 3", "task 4"]);
});

test("progress is passing, information and warnings are lasting, all on the resource's row", async (t) => {
  const { engine, log } = start();
  log.progress("now");
  log.info("plan");
  log.warn("careful");
  await log.close();
  t.deepEqual(engine.messages, [
    { severity: "info", text: "now", ephemeral: true, urn: "urn:one" },
    { severity: "info", text: "plan", ephemeral: false, urn: "urn:one" },
    { severity: "warning", text: "careful", ephemeral: false, urn: "urn:one" },
  ]);
});

test("P-07 secrets are taken out of every line", async (t) => {
  const { engine, log } = start();
  log.progress("hunter2");
  log.info("a hunter2");
  log.warn("b hunter2");
  await log.close();
  t.deepEqual(texts(engine), ["[hidden]", "a [hidden]", "b [hidden]"]);
});

test("after its call a logger shows no late progress, and waits for lines on their way", async (t) => {
  const { clock, engine, log } = start();
  const arrivals = Promise.withResolvers<void>();
  let closed = false;
  log.progress("task 1");
  log.progress("task 2");
  await clock.advance(0);
  engine.log = () => arrivals.promise;
  log.info("last line");
  const closing = log.close().then(() => {
    closed = true;
  });
  await clock.advance(2_000);
  t.deepEqual(texts(engine), ["task 1"]);
  t.false(closed);
  arrivals.resolve();
  await closing;
  t.true(closed);
});

test("P-01 A-06 lines arrive in the order in which they were told, however long one is on its way", async (t) => {
  const { clock, engine, log } = start();
  const first = Promise.withResolvers<void>();
  const told: string[] = [];
  engine.log = ({ text }) => {
    told.push(text);
    return text === "plan" ? first.promise : Promise.resolve();
  };
  log.info("plan");
  log.warn("not finished");
  log.progress("task 1");
  await clock.advance(0);
  t.deepEqual(told, ["plan"]);
  first.resolve();
  await log.close();
  t.deepEqual(told, ["plan", "not finished", "task 1"]);
});
