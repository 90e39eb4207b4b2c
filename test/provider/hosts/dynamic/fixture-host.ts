import { systemClock } from "../../../../provider/context.ts";
import {
  BlockedError,
  InvalidInputError,
  PartialFailureError,
} from "../../../../provider/errors.ts";
import type { AnyHandler } from "../../../../provider/handler.ts";
import {
  createHost,
  type DynamicProvider,
} from "../../../../provider/hosts/dynamic/create-host.ts";
import { connectEngine, engineAddress } from "../../../../provider/hosts/dynamic/engine.ts";
import { createInterruption } from "../../../../provider/hosts/dynamic/interruption.ts";
import { createSettingsHolder } from "../../../../provider/hosts/dynamic/settings.ts";
import { sanitize } from "../../../../provider/sanitize.ts";
import type { SiteRegistry } from "../../../../provider/sites/registry.ts";

/** Token of the resource that the fixture host serves. */
export const lampToken = "asr:index:Lamp";

/** A resource that does what its input `mode` says. */
export const lampHandler: AnyHandler = {
  token: lampToken,
  schema: {
    inputProperties: { mode: { type: "string" }, password: { type: "string", secret: true } },
    properties: { mode: { type: "string" }, password: { type: "string", secret: true } },
  },
  async check(context, news, olds) {
    if (context.preview) context.log.info(`plan of ${context.name}:\n  one   two`);
    if (news.mode === "malformed") throw new InvalidInputError("mode", `no mode ${news.password}`);
    if (news.mode === "broken") throw new TypeError(`cannot read ${news.password}`);
    const failures =
      news.mode === "failing"
        ? [{ path: "items[1]", reason: `is named twice, ${news.password}` }]
        : [];
    return { inputs: { ...news, bright: true, knewOlds: olds !== undefined }, failures };
  },
  async diff(_context, _id, olds, news) {
    if (olds.finished === false) {
      return { changes: true, properties: {}, reason: "lamp-1: the job j-1 is not finished yet" };
    }
    const replace = news.mode === "replaced";
    if (olds.mode === news.mode) return { changes: false, properties: {} };
    return { changes: true, properties: { "mode[0].inner": { kind: "update", replace } } };
  },
  async create(context, news) {
    const state = { ...news, finished: true };
    if (news.mode === "odd") {
      const odd = {
        gone: undefined,
        list: [undefined, 1],
        at: new Date(0),
        size: 5n,
        map: new Map([["a", 1]]),
      };
      return { id: "lamp", state: { ...state, odd } };
    }
    if (news.mode === "partial") {
      throw new PartialFailureError(
        "lamp",
        { ...state, job: "j-1", gone: undefined, finished: false },
        [`lamp-1: the job failed with ${news.password}`],
      );
    }
    if (news.mode === "blocked")
      throw new BlockedError(`lamp-1 is blocked by ${news.password}`, []);
    if (news.mode === "noted") throw new BlockedError(`lamp-1 is noted as ${news.note}`, []);
    if (news.mode === "waiting") {
      context.log.progress("lamp-1: waiting");
      await systemClock.sleep(60_000, context.signal).catch((reason: Error) => {
        throw new PartialFailureError("lamp", { ...state, job: "j-1", finished: false }, [
          reason.message,
        ]);
      });
    }
    if (news.mode === "chatty") {
      context.log.info("lamp-1: lasting");
      context.log.warn(`lamp-1: warning with ${news.password}`);
      context.log.progress("lamp-1: passing");
    }
    return { id: "lamp", state };
  },
  async read(_context, id, state) {
    if (id === "gone") return undefined;
    const inputs = { mode: "read", knewState: state !== undefined };
    return { id, inputs, state: { ...inputs, finished: undefined } };
  },
  async update(context, _id, olds, news) {
    context.log.info(`lamp-1: continues job ${olds.job}`);
    return { ...news, finished: true };
  },
  async delete() {},
};

const noSites: SiteRegistry = {
  azure: () => Promise.reject(new Error("the fixture has no site")),
  vcenterNames: [],
  vsphere: async () => undefined,
};

let made: ((token: string) => DynamicProvider) | undefined;

/** As the real host, over the fixture's handler. */
export function host(token: string): DynamicProvider {
  made ??= createFixtureHost();
  return made(token);
}

function createFixtureHost(): (token: string) => DynamicProvider {
  const engine = connectEngine(engineAddress(process.argv.slice(2)) ?? "");
  return createHost({
    handlers: new Map([[lampToken, lampHandler]]),
    settings: createSettingsHolder({ environment: process.env, createSites: () => noSites }),
    engine,
    interruption: createInterruption({ engine, clock: systemClock, exit: () => process.exit(1) }),
    clock: systemClock,
    sanitize,
  });
}
