import type { Context } from "../../../provider/context.ts";
import type { AzureSite, VaultSite } from "../../../provider/sites/azure/site.ts";
import type { VerbRequest } from "../../../provider/sites/azure/verb-request.ts";

/** A context whose look number `look` at the machines of an action happens behind the deed. */
export function beforeLook(context: Context, look: number, deed: () => Promise<void>): Context {
  let looks = 0;
  return {
    ...context,
    sites: {
      ...context.sites,
      azure: async (within) => {
        const site = await context.sites.azure(within);
        looks += 1;
        if (looks === look) await deed();
        return site;
      },
    },
  };
}

/** A context whose verbs are sent behind the deed: it may wait, or do something itself. */
export function beforeVerb(
  context: Context,
  deed: (request: VerbRequest, vault: VaultSite) => Promise<void>,
): Context {
  return {
    ...context,
    sites: {
      ...context.sites,
      azure: async (within) => holding(await context.sites.azure(within), deed),
    },
  };
}

function holding(
  site: AzureSite,
  deed: (request: VerbRequest, vault: VaultSite) => Promise<void>,
): AzureSite {
  return {
    ...site,
    vault: (id) => {
      const vault = site.vault(id);
      return {
        ...vault,
        start: async (context, request) => {
          await deed(request, vault);
          return await vault.start(context, request);
        },
      };
    },
  };
}

/** Holds back whoever arrives until so many have. */
export function meetingOf(count: number): () => Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let here = 0;
  return () => {
    here += 1;
    if (here >= count) resolve();
    return promise;
  };
}
