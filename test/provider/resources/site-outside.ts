import type { FabricFacts, ItemFacts } from "../../../provider/recovery/model.ts";
import { storageId } from "./bench.ts";
import { openPortal } from "./portal.ts";
import { generations, type SiteBench } from "./site-bench.ts";

/** What somebody does in the portal with a machine of a site. */
export interface OutsideSite {
  item(): Promise<ItemFacts>;
  failOver(): Promise<void>;
  commit(): Promise<void>;
  reprotectToSite(): Promise<void>;
  /** Failover to the site; the machine runs there afterwards. */
  failBack(): Promise<void>;
  reprotectToAzure(): Promise<void>;
}

/** Longest time that an agent takes to register after a boot, in milliseconds, with some to spare. */
const registrationMilliseconds = 20 * 60_000;

/** Somebody at the portal who knows the item by its name; `back` is the ARM id of the classic failback policy. */
export async function outsideSite(
  { bench, generation, policy }: SiteBench,
  itemName: string,
  back = "",
): Promise<OutsideSite> {
  const portal = await openPortal(bench, itemName);
  const { run, vault, item, target, perform, commit, untilProtected } = portal;
  const fabric = async (): Promise<NonNullable<FabricFacts["onPremises"]>> => {
    const fabrics = await vault.fabrics(run);
    const found = fabrics.find((each) => each.name === generations[generation].fabric);
    if (found?.onPremises === undefined) throw new Error("The site's servers are not shown.");
    return found.onPremises;
  };
  return {
    item,
    failOver: async () =>
      perform({
        verb: "unplannedFailover",
        target: await target(),
        direction: "PrimaryToRecovery",
        shutdownSource: true,
        recoveryPoint: { kind: "Latest" },
      }),
    commit,
    async reprotectToSite() {
      bench.simulator.clock.advance(registrationMilliseconds);
      const { masterTargets, processServers, appliances } = await fabric();
      const [masterTarget] = masterTargets;
      await perform({
        verb: "reprotect",
        way: "toSite",
        target: await target(),
        datastoreName: "ds1",
        carrier:
          generation === "VmwareToAzure"
            ? {
                kind: "appliance",
                applianceId: appliances[0]?.id ?? "",
                logStorageAccountId: storageId("shoplog", "shop-recovery"),
              }
            : {
                kind: "masterTarget",
                masterTargetId: masterTarget?.id ?? "",
                processServerId: processServers[0]?.id ?? "",
                retentionVolume: masterTarget?.retentionVolumes[0]?.name ?? "",
                policyId: back,
              },
      });
      await untilProtected();
    },
    async failBack() {
      bench.simulator.clock.advance(registrationMilliseconds);
      const common = { target: await target(), recoveryPoint: { kind: "Latest" as const } };
      await perform(
        generation === "VmwareToAzure"
          ? { verb: "plannedFailover", ...common }
          : {
              verb: "unplannedFailover",
              ...common,
              direction: "PrimaryToRecovery",
              shutdownSource: true,
            },
      );
    },
    async reprotectToAzure() {
      bench.simulator.clock.advance(registrationMilliseconds);
      const { processServers } = await fabric();
      await perform({
        verb: "reprotect",
        way: "toAzure",
        target: await target(),
        processServerId: processServers[0]?.id ?? "",
        policyId: policy.id,
        ...(generation === "VmwareToAzure"
          ? {}
          : { logStorageAccountId: storageId("shoplog", "shop-recovery") }),
      });
      await untilProtected();
    },
  };
}
