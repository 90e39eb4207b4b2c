import test from "ava";
import { CancelledError } from "../../../../provider/errors.ts";
import { engineAddress } from "../../../../provider/hosts/dynamic/engine.ts";
import { createInterruption } from "../../../../provider/hosts/dynamic/interruption.ts";
import { recordingEngine, steppedClock } from "./stand-ins.ts";

function start() {
  const clock = steppedClock();
  const engine = recordingEngine();
  let exits = 0;
  const exit = (): void => {
    exits += 1;
  };
  const interruption = createInterruption({ engine, clock, exit });
  return { clock, engine, interruption, exits: () => exits };
}

test("P-03 a lost engine aborts what runs, then ends the process", async (t) => {
  const { clock, engine, interruption, exits } = start();
  interruption.watch();
  interruption.watch();
  await clock.advance(1_000);
  t.false(interruption.signal.aborted);
  engine.gone = true;
  await clock.advance(1_000);
  await clock.advance(250);
  t.true(interruption.signal.reason instanceof CancelledError);
  t.regex((interruption.signal.reason as Error).message, /engine is gone.*pulumi cancel/);
  t.is(exits(), 0);
  await clock.advance(250);
  t.is(exits(), 1);
});

test("Q-02 before a write the engine is looked at; the write of a provider whose engine is gone is not sent", async (t) => {
  const { clock, engine, interruption } = start();
  await interruption.confirm();
  t.false(interruption.signal.aborted);
  engine.gone = true;
  const looked = interruption.confirm();
  await clock.advance(0);
  t.false(interruption.signal.aborted, "one look alone does not tell");
  await clock.advance(250);
  await looked;
  t.true(interruption.signal.aborted);
  t.regex((interruption.signal.reason as Error).message, /engine is gone/);
});

test("an engine that is away for one look only is not lost", async (t) => {
  const { clock, engine, interruption, exits } = start();
  interruption.watch();
  engine.gone = true;
  await clock.advance(1_000);
  engine.gone = false;
  await clock.advance(250);
  await clock.advance(1_000);
  t.false(interruption.signal.aborted);
  t.is(exits(), 0);
});

test("the engine's address is the last argument that is no flag", (t) => {
  t.is(
    engineAddress(["--logtostderr", "-v=9", "--tracing", "http://x", "127.0.0.1:50", "--late"]),
    "127.0.0.1:50",
  );
  t.is(engineAddress([]), undefined);
  t.is(engineAddress(["--flag"]), undefined);
});
