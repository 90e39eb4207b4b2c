import { handlers } from "../../provider/handlers.ts";
import { createHost, type DynamicProvider } from "../../provider/hosts/dynamic/create-host.ts";
import { createSettingsHolder } from "../../provider/hosts/dynamic/settings.ts";
import { sanitize } from "../../provider/sanitize.ts";
import { createSiteRegistry } from "../../provider/sites/create-registry.ts";
import type { CheckCase } from "./check-cases.ts";
import { quickClock, type Stage } from "./stages.ts";

/** A host of its own for one case, as a process of the provider has it, and nobody who listens. */
export function hostOf({ configuration }: Stage): (token: string) => DynamicProvider {
  const settings = createSettingsHolder({
    environment: {},
    createSites: () => createSiteRegistry(configuration),
  });
  const values: Readonly<Record<string, string | undefined>> = {
    "asr:subscriptionId": configuration.subscriptionId,
    "asr:resourceGroup": configuration.resourceGroup,
    "asr:vault": configuration.vault,
    "asr:endpoint": configuration.endpoint,
  };
  settings.configure({ get: (key) => values[key] });
  return createHost({
    handlers,
    settings,
    engine: { log: async () => undefined, isGone: async () => false },
    interruption: {
      signal: new AbortController().signal,
      watch: () => undefined,
      confirm: async () => undefined,
    },
    clock: quickClock(),
    sanitize,
  });
}

/** The inputs as the engine sends them to a check: with who the resource is. */
export function sentInputs({ news, name, preview }: CheckCase): Record<string, unknown> {
  const urn = `urn:pulumi:dev::shop::pulumi-nodejs:dynamic/asr:Thing::${name}`;
  return { __ctx: { name, urn, dryRun: preview }, __provider: "the proxy", ...news };
}
