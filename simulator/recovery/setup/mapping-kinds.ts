import type { ServiceError } from "../../faults/fault-rule.ts";
import { sameId } from "../../state/identifiers.ts";
import type { Container, Policy, Vault } from "../../state/model.ts";
import { containerId, containerKey, MICROSOFT_AZURE, referredContainer } from "../vault/find.ts";

/** Where a mapping leads: another container, the same one, or Azure itself, which is told by its name or by its id. */
export function mappingTarget(vault: Vault, field: string, id: string): Container {
  const azure = { name: MICROSOFT_AZURE, fabricName: MICROSOFT_AZURE };
  const isAzure =
    id.toLowerCase() === MICROSOFT_AZURE.toLowerCase() ||
    sameId(id, containerId(vault, MICROSOFT_AZURE, MICROSOFT_AZURE));
  return isAzure ? azure : referredContainer(vault, field, id);
}

/** Kinds of policies by the kind of the source fabric and where the mapping leads. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  "Azure>container": ["A2A"],
  "Azure>itself": ["A2A"],
  "VMware>azure": ["InMageAzureV2"],
  "VMware>itself": ["InMage"],
  "InMageRcm>azure": ["InMageRcm"],
  "InMageRcm>itself": ["InMageRcmFailback"],
  "HyperVSite>azure": ["HyperVReplicaAzure"],
  "VMM>azure": ["HyperVReplicaAzure"],
  "VMM>container": ["HyperVReplica2012R2", "HyperVReplica2012"],
};

/** Why a container cannot be mapped so; undefined if it can (CH-MAPPING-KIND). */
export function mappingRefusal(
  vault: Vault,
  source: Container,
  target: Container,
  policy: Policy,
): ServiceError | undefined {
  const from = vault.fabrics[source.fabricName.toLowerCase()]?.instanceType ?? "";
  const way = wayOf(source, target);
  const to = vault.fabrics[target.fabricName.toLowerCase()]?.instanceType;
  // A container of another kind of site can take nothing.
  const kinds = way === "container" && to !== from ? undefined : KINDS[`${from}>${way}`];
  if (kinds?.includes(policy.instanceType)) return undefined;
  return {
    code: "SIM-POLICY-KIND",
    message: `The replication policy '${policy.name}' of kind ${policy.instanceType} cannot be used from '${source.name}' to '${target.name}'.`,
    possibleCauses: kinds
      ? `This direction needs a policy of kind ${kinds.join(" or ")}.`
      : `Machines of a fabric of type ${from} do not replicate there.`,
    recommendedAction: "Use a replication policy and a target of the scenario of the fabric.",
  };
}

function wayOf(source: Container, target: Container): "azure" | "itself" | "container" {
  if (target.fabricName === MICROSOFT_AZURE) return "azure";
  const same =
    containerKey(source.fabricName, source.name) === containerKey(target.fabricName, target.name);
  return same ? "itself" : "container";
}
