import { containerKey } from "../recovery/vault/find.ts";
import type { Simulation } from "../simulation.ts";
import type { Container, Fabric, Vault } from "../state/model.ts";

/** Name of the policy that the service supplies for the way back of modernized machines. */
export const SERVICE_FAILBACK_POLICY = "crashconsistency-policy-failback";

/** Puts the fabric of an on-premises site into its vault, with its only container, as the site's server does by itself. */
export function registerSite(
  simulation: Simulation,
  vault: Vault,
  fabric: Fabric,
  container: Container,
): void {
  simulation.changed = true;
  vault.fabrics[fabric.name.toLowerCase()] ??= fabric;
  vault.containers[containerKey(fabric.name, container.name)] ??= container;
  if (fabric.instanceType !== "InMageRcm") return;
  vault.policies[SERVICE_FAILBACK_POLICY] ??= {
    name: SERVICE_FAILBACK_POLICY,
    instanceType: "InMageRcmFailback",
    recoveryPointHistoryMinutes: 0,
    crashConsistentMinutes: 5,
    appConsistentMinutes: 0,
    multiVmSync: false,
    ofService: true,
  };
}
