import type { Context } from "../../context.ts";
import type {
  SiteNetworkFacts,
  SiteProviderFacts,
  StorageClassificationFacts,
} from "../../recovery/hyper-v.ts";
import { sameId } from "../../recovery/identity.ts";
import type { ContainerFacts, FabricFacts } from "../../recovery/model.ts";
import type { VaultSite } from "../../sites/azure/site.ts";
import { vmmFabricType } from "../scenario.ts";
import { isCalled } from "./site-agents.ts";

/** A VMM server as the vault shows it, with what is in it. */
export interface VmmServerFacts {
  readonly fabric: FabricFacts;
  /** Absent while the server has not reported. */
  readonly agent: SiteProviderFacts | undefined;
  readonly containers: readonly ContainerFacts[];
  readonly networks: readonly SiteNetworkFacts[];
  readonly storageClassifications: readonly StorageClassificationFacts[];
}

/** The VMM server of this name, of its fabric's name or of the first part of its own; undefined when the vault has none. */
export async function findVmmServer(
  context: Context,
  vault: VaultSite,
  name: string,
): Promise<VmmServerFacts | undefined> {
  const fabrics = await vault.fabrics(context);
  const servers = fabrics.filter((each) => sameId(each.instanceType, vmmFabricType));
  const fabric =
    servers.find((each) => sameId(each.friendlyName, name)) ??
    servers.find((each) => isCalled(each, name));
  if (fabric === undefined) return undefined;
  const [agents, containers, networks, classifications] = await Promise.all([
    vault.hyperV.providers(context),
    vault.containers(context),
    vault.hyperV.networks(context),
    vault.hyperV.storageClassifications(context),
  ]);
  const own = <Thing extends { readonly fabricName: string }>(things: readonly Thing[]): Thing[] =>
    things.filter((each) => sameId(each.fabricName, fabric.name));
  return {
    fabric,
    agent: own(agents)[0],
    containers: own(containers),
    networks: own(networks),
    storageClassifications: own(classifications),
  };
}
