import type { Configuration } from "../configuration.ts";
import type { OperationContext } from "../context.ts";
import type { AzureSite } from "./azure/site.ts";
import type { SiteRegistry } from "./registry.ts";

/** Milliseconds for which a failed sign-in stands for every caller, so that one cause is asked for once. */
const failureMilliseconds = 30_000;

/**
 * The sites of a configuration. Azure is signed in to at the first call; later calls share the
 * adapter, and for half a minute also a failure. Adapters are loaded when they are needed.
 */
export function createSiteRegistry(configuration: Configuration): SiteRegistry {
  let current: { readonly site: Promise<AzureSite>; failedAt?: number } | undefined;
  return {
    vcenterNames: [],
    vsphere: async () => undefined,
    azure(context: OperationContext): Promise<AzureSite> {
      const now = context.clock.now().getTime();
      const stale = current?.failedAt !== undefined && now - current.failedAt > failureMilliseconds;
      if (current !== undefined && !stale) return current.site;
      const entry: { readonly site: Promise<AzureSite>; failedAt?: number } = {
        site: open(context, configuration),
      };
      current = entry;
      entry.site.catch((error: unknown) => {
        entry.failedAt = context.clock.now().getTime();
        // A cancelled or timed out caller says nothing about the settings.
        const code = error instanceof Error && "code" in error ? error.code : undefined;
        if (current === entry && (code === "Cancelled" || code === "DeadlineExceeded")) {
          current = undefined;
        }
      });
      return entry.site;
    },
  };
}

async function open(context: OperationContext, configuration: Configuration): Promise<AzureSite> {
  const { signIn } = await import("./azure/transport/sign-in.ts");
  const { createAzureSite } = await import("./azure/azure-site.ts");
  return createAzureSite(await signIn(context, configuration));
}
