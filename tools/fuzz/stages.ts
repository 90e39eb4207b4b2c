import { type Configuration, readConfiguration } from "../../provider/configuration.ts";
import type { Clock, Logger } from "../../provider/context.ts";
import { type FaultRule, type Simulator, startSimulator } from "../../simulator/index.ts";
import { hyperVWorld } from "../../test/provider/actions/hyper-v-world.ts";
import { plantOne } from "../../test/provider/actions/site-world.ts";
import { orders } from "../../test/provider/actions/test-bed.ts";
import type { Words } from "./schema-inputs.ts";
import { WrongAnswerError } from "./target.ts";
import { wordsOf } from "./words.ts";

const worlds = [
  orders(),
  plantOne("classic"),
  plantOne("modernized"),
  hyperVWorld("HyperVToAzure"),
  hyperVWorld("VmmToVmm"),
];

/** What a site does while an input is checked. */
export const moods: Readonly<Record<string, FaultRule | undefined>> = {
  well: undefined,
  forbids: { times: 0, respond: { status: 403 } },
  knowsNothing: { times: 0, respond: { status: 404 } },
  breaks: { times: 0, respond: { status: 500 } },
  resets: { times: 0, reset: "before" },
  talksNonsense: { times: 0, respond: { status: 200, body: { value: [{ properties: 1 }, 2] } } },
  saysNothing: { times: 0, respond: { status: 200, body: {} } },
};

/** A world behind the provider, and its words. */
export interface Stage {
  readonly simulator: Simulator;
  readonly configuration: Configuration;
  readonly words: Words;
}

/** Opens every world. */
export async function openStages(): Promise<readonly Stage[]> {
  return await Promise.all(
    worlds.map(async (world) => {
      const simulator = await startSimulator({ world, clock: "stepped" });
      const values: Readonly<Record<string, string>> = {
        subscriptionId: "11111111-2222-3333-4444-555555555555",
        ...{ resourceGroup: "dr", vault: "orders", endpoint: simulator.url },
        // Nobody answers there.
        vcenters: JSON.stringify({
          "vcenter-one": { url: "http://127.0.0.1:1", username: "a", password: "secret-1" },
        }),
      };
      const configuration = readConfiguration((key) => values[key], {});
      return { simulator, configuration, words: await wordsOf(simulator) };
    }),
  );
}

/** Waits that a single check may ask for; more of them never end. */
const mostSleeps = 10_000;

/** A clock that stands at the beginning of the worlds and is moved by sleeping alone. */
export function quickClock(): Clock {
  let now = Date.parse("2026-01-01T00:00:00Z");
  let sleeps = 0;
  return {
    now: () => new Date(now),
    sleep: async (milliseconds, signal) => {
      await new Promise((resolve) => setImmediate(resolve));
      signal?.throwIfAborted();
      sleeps += 1;
      if (sleeps > mostSleeps) throw new WrongAnswerError(`${sleeps} waits, and no end`);
      // What waits for nothing must not be waited for without end.
      now += Math.max(1, Number.isFinite(milliseconds) ? milliseconds : 1);
    },
  };
}

/** Nobody listens. */
export const silent: Logger = {
  info: () => undefined,
  warn: () => undefined,
  progress: () => undefined,
};
