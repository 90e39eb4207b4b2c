import { systemClock } from "../../context.ts";
import { handlers } from "../../handlers.ts";
import { sanitize } from "../../sanitize.ts";
import { createSiteRegistry } from "../../sites/create-registry.ts";
import { createHost, type DynamicProvider } from "./create-host.ts";
import { connectEngine, consoleEngine, engineAddress } from "./engine.ts";
import { createInterruption } from "./interruption.ts";
import { createSettingsHolder } from "./settings.ts";

let made: ((token: string) => DynamicProvider) | undefined;

/**
 * The provider behind a resource's proxy, inside Pulumi's dynamic host. Its name and the way it is
 * imported, `pulumi-asr/dynamic-host`, stand in the state of every stack and never change.
 */
export function host(token: string): DynamicProvider {
  made ??= createProcessHost();
  return made(token);
}

function createProcessHost(): (token: string) => DynamicProvider {
  const address = engineAddress(process.argv.slice(2));
  const engine = address === undefined ? consoleEngine : connectEngine(address);
  return createHost({
    handlers,
    settings: createSettingsHolder({ environment: process.env, createSites: createSiteRegistry }),
    engine,
    interruption: createInterruption({ engine, clock: systemClock, exit: () => process.exit(1) }),
    clock: systemClock,
    sanitize,
  });
}
