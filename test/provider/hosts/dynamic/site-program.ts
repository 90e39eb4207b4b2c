import type * as pulumi from "@pulumi/pulumi";
import {
  Failback,
  Failover,
  ProtectionContainerMapping,
  ReplicatedItem,
  ReplicationPolicy,
  Reprotect,
  TestFailover,
} from "pulumi-asr";
import type { SiteKind } from "../../actions/site-world.ts";
import { ids } from "../../actions/test-bed.ts";

/** Where the machines of the site lie in the vault. */
const sourceContainer = `${ids.vault}/replicationFabrics/plant-one/replicationProtectionContainers/plant`;
const scenarios = { modernized: "VmwareToAzure", classic: "VmwareToAzureClassic" } as const;

/** Machines of the site plant-one, protected towards Azure from nothing; answers the ids of their items. */
export function protect(
  kind: SiteKind,
  machines: readonly string[] = ["web", "app"],
): pulumi.Output<string>[] {
  const scenario = scenarios[kind];
  const policy = new ReplicationPolicy("forward", { scenario }).id;
  const targetContainer = "Microsoft Azure";
  const ways = [
    new ProtectionContainerMapping("there", { sourceContainer, targetContainer, policy }),
  ];
  if (kind === "classic") {
    const failback = new ReplicationPolicy("failback", { scenario, failback: true }).id;
    const way = { sourceContainer, targetContainer: sourceContainer, policy: failback };
    ways.push(new ProtectionContainerMapping("back", way));
  }
  const inputs = {
    container: sourceContainer,
    policy,
    cacheStorageAccount: ids.cacheWest,
    target: {
      resourceGroup: ids.cacheWest.split("/providers/")[0] ?? "",
      network: ids.productionNetwork,
      subnet: "apps",
      testNetwork: ids.testNetwork,
    },
  };
  return machines.map(
    (machine) => new ReplicatedItem(machine, { ...inputs, machine }, { dependsOn: ways }).id,
  );
}

/** The machines, protected, with copies of them in the isolated network. */
export function drill(kind: SiteKind): void {
  new TestFailover("drill", { items: protect(kind), network: ids.testNetwork });
}

/** The machines, protected, going over and coming back in one program. */
export function cycle(kind: SiteKind): void {
  const items = protect(kind);
  const commit = "automatic";
  const over = new Failover("over", { items, commit });
  const away = new Reprotect("away", { items }, { dependsOn: over });
  const { placement } = away;
  const back = new Failback("back", { items, commit, placement }, { dependsOn: away });
  new Reprotect("home", { items }, { dependsOn: back });
}
