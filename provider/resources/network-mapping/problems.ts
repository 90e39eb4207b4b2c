import type { Context } from "../../context.ts";
import type { CheckFailure } from "../../handler.ts";
import { vaultIdOf } from "../../inputs/vault-object.ts";
import type { SiteNetworkFacts } from "../../recovery/hyper-v.ts";
import { nameOf, sameId } from "../../recovery/identity.ts";
import type { FabricFacts } from "../../recovery/model.ts";
import { azureTarget } from "../../sites/azure/azure-target.ts";
import type { AzureSite } from "../../sites/azure/site.ts";
import { hasUnknown } from "../../unknown.ts";
import { isName, namedThingProblems } from "../hyper-v/named-things.ts";
import type { NetworkMappingInputs } from "../network-mapping.ts";
import { azureProblems, referenceProblems } from "../references.ts";
import { vmmFabricType } from "../scenario.ts";
import { isSiteNetwork } from "./site-network.ts";

interface Surroundings {
  readonly context: Context;
  readonly site: AzureSite;
  readonly inputs: NetworkMappingInputs;
  readonly fabrics: readonly FabricFacts[];
  /** VM networks of all VMM servers; empty where none takes part. */
  readonly networks: readonly SiteNetworkFacts[];
}

/** What is wrong with the fabrics and networks that a mapping refers to. */
export async function networkMappingProblems(
  context: Context,
  site: AzureSite,
  inputs: NetworkMappingInputs,
): Promise<readonly CheckFailure[]> {
  const vault = site.vault(vaultIdOf(inputs.primaryFabric));
  const fabrics = await vault.fabrics(context);
  const vmm = fabrics.some(
    (each) =>
      isVmm(each) &&
      (sameId(each.id, inputs.primaryFabric) || sameId(each.id, inputs.recoveryFabric)),
  );
  const networks = vmm ? await vault.hyperV.networks(context) : [];
  const at: Surroundings = { context, site, inputs, fabrics, networks };
  const unfit = kindProblems(at);
  if (unfit.length > 0) return unfit;
  const recovery = inputs.recoveryFabric === azureTarget ? undefined : inputs.recoveryFabric;
  return [
    ...referenceProblems(context, "primaryFabric", "fabric", inputs.primaryFabric, fabrics),
    ...referenceProblems(context, "recoveryFabric", "fabric", recovery, fabrics),
    ...(await networkProblems(at, "primary")),
    ...(await networkProblems(at, "recovery")),
  ];
}

function isVmm(fabric: FabricFacts | undefined): boolean {
  return fabric !== undefined && sameId(fabric.instanceType, vmmFabricType);
}

function fabricOf({ inputs, fabrics }: Surroundings, side: "primary" | "recovery") {
  return fabrics.find((each) => sameId(each.id, inputs[`${side}Fabric`]));
}

/** Fabrics whose networks cannot be mapped to each other. */
function kindProblems(at: Surroundings): readonly CheckFailure[] {
  const { inputs } = at;
  const primary = fabricOf(at, "primary");
  const recovery = fabricOf(at, "recovery");
  if (primary === undefined) return [];
  const name = primary.friendlyName || primary.name;
  if (primary.instanceType === "HyperVSite") {
    const reason = `${name} is a Hyper-V site: its machines have no VM networks, and their items name the virtual network in \`target.network\`. Leave the mapping out.`;
    return [{ path: "primaryFabric", reason }];
  }
  if (isVmm(primary)) {
    if (recovery === undefined || isVmm(recovery)) return [];
    const reason = `${recovery.name} is no VMM server. Give "${azureTarget}" or the fabric of a second VMM server.`;
    return [{ path: "recoveryFabric", reason }];
  }
  if (inputs.recoveryFabric !== azureTarget && !isVmm(recovery)) return [];
  const reason = `${name} is no VMM server: its networks are mapped to those of another region's fabric. Give that fabric.`;
  return [{ path: "recoveryFabric", reason }];
}

/** A network has to exist, and to lie in its fabric: a region, or a VMM server. */
async function networkProblems(
  at: Surroundings,
  side: "primary" | "recovery",
): Promise<readonly CheckFailure[]> {
  const { context, site, inputs, networks } = at;
  const path = `${side}Network` as const;
  const id = inputs[path];
  const fabric = fabricOf(at, side);
  if (isVmm(fabric)) {
    return namedThingProblems(context, path, "VM network", id, fabric, networks);
  }
  // A name, or the network of a server that this run waits for, is looked up when the server is there.
  const later = fabric === undefined && inputs[`${side}Fabric`] !== azureTarget;
  if (later && (isName(id) || isSiteNetwork(id))) return [];
  const missing = await azureProblems(context, site, path, "virtual network", id);
  if (missing.length > 0 || hasUnknown(id)) return missing;
  const place = await regionOf(at, side);
  const network = await site.network(context, id);
  if (place === undefined || network === undefined) return [];
  if (sameId(place.location, network.location)) return [];
  return [
    {
      path,
      reason: `the network ${nameOf(id)} lies in ${network.location}, ${place.what} in ${place.location}. Give a network of that region.`,
    },
  ];
}

/** The region that a virtual network has to lie in: its fabric's; the vault's where Azure takes a site's machines. */
async function regionOf(
  at: Surroundings,
  side: "primary" | "recovery",
): Promise<{ readonly what: string; readonly location: string } | undefined> {
  const { context, site, inputs } = at;
  if (inputs[`${side}Fabric`] === azureTarget) {
    const vault = await site.vaultFacts(context, vaultIdOf(inputs.primaryFabric));
    return vault === undefined ? undefined : { what: "the vault", location: vault.location };
  }
  const fabric = fabricOf(at, side);
  return fabric === undefined
    ? undefined
    : { what: `the ${side} fabric ${fabric.name}`, location: fabric.location };
}
