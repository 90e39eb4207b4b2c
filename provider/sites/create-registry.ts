import type { Configuration, VCenterSettings } from "../configuration.ts";
import type { OperationContext } from "../context.ts";
import type { AzureSite } from "./azure/site.ts";
import type { SiteRegistry } from "./registry.ts";
import type { VsphereSite } from "./vsphere/site.ts";

/** Milliseconds for which a failed sign-in stands for every caller, so that one cause is asked for once. */
const failureMilliseconds = 30_000;

/**
 * The sites of a configuration. Azure is signed in to at the first call; later calls share the
 * adapter, and for half a minute also a failure. Adapters are loaded when they are needed. A vCenter's
 * session is shared in the same way, and ended when the run ends or is cancelled.
 */
export function createSiteRegistry(configuration: Configuration): SiteRegistry {
  let current: { readonly site: Promise<AzureSite>; failedAt?: number } | undefined;
  const vcenters = configuration.vcenters ?? {};
  const vsphereSites = new Map<string, Promise<VsphereSite>>();
  return {
    vcenterNames: Object.keys(vcenters),
    async vsphere(name) {
      const settings = Object.hasOwn(vcenters, name) ? vcenters[name] : undefined;
      if (settings === undefined) return undefined;
      const site = vsphereSites.get(name) ?? openVsphere(name, settings);
      vsphereSites.set(name, site);
      return await site;
    },
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

async function openVsphere(name: string, settings: VCenterSettings): Promise<VsphereSite> {
  const { createVsphereSite } = await import("./vsphere/vsphere-site.ts");
  return createVsphereSite(name, settings);
}
