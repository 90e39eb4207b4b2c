import { nameOf, sameId } from "./identity.ts";
import type { ContainerMappingFacts } from "./model.ts";
import { siteSide } from "./position.ts";
import { type Chosen, choose } from "./server-choice.ts";
import type { ServerSources } from "./site-servers.ts";

const ofContainer =
  ({ item }: ServerSources) =>
  (mapping: ContainerMappingFacts): boolean => {
    const side = siteSide(item);
    return (
      sameId(mapping.fabricName, side.fabricName) &&
      sameId(mapping.containerName, side.containerName)
    );
  };

const kindOf = ({ policies }: ServerSources, policyId: string): string =>
  policies.find((each) => sameId(each.id, policyId))?.instanceType ?? "";

/** The failback policy of a classic container: that of its mapping with itself. */
export function failbackPolicyOf(sources: ServerSources): Chosen<string> {
  if (sources.wanted.policy !== undefined) return { value: sources.wanted.policy };
  const { containerName } = siteSide(sources.item);
  const mapping = sources.mappings
    .filter(ofContainer(sources))
    .find(
      (each) =>
        sameId(nameOf(each.targetContainerId), containerName) &&
        kindOf(sources, each.policyId) === "InMage",
    );
  return mapping === undefined
    ? {
        problem: {
          input: "policy",
          fact: `no failback policy is mapped to its container ${containerName}.`,
          remedy:
            "Declare a ReplicationPolicy with failback: true and a ProtectionContainerMapping of the container with itself.",
        },
      }
    : { value: mapping.policyId };
}

/** The policy towards Azure: the one the machine had, else the only one that its container is mapped with. */
export function forwardPolicyOf(sources: ServerSources): Chosen<string> {
  const { wanted, item } = sources;
  const before = wanted.policy || item.onPremises?.lastUsedPolicyId || "";
  if (before !== "") return { value: before };
  const forward = sources.mappings
    .filter(ofContainer(sources))
    .map((each) => each.policyId)
    .filter((each) => ["InMageRcm", "InMageAzureV2"].includes(kindOf(sources, each)));
  return choose({
    input: "policy",
    what: "policy towards Azure",
    wanted: undefined,
    all: [...new Set(forward)],
    names: (each) => [each, nameOf(each)],
  });
}
