import type { CheckFailure } from "../../handler.ts";
import { canonicalId, parentOf } from "../../inputs/vault-object.ts";
import { nameOf, sameId } from "../../recovery/identity.ts";
import type { ContainerMappingFacts } from "../../recovery/model.ts";
import type { ReplicatedItemInputs } from "../replicated-item.ts";

/** Where the item will be replicated to, and by which policy. */
export interface Route {
  readonly recoveryContainerId: string;
  readonly policyId: string;
}

/** The container mapping that the item will use, as its two ends, or why there is none. */
export function routeOf(
  inputs: Pick<ReplicatedItemInputs, "container" | "recoveryContainer" | "policy">,
  mappings: readonly ContainerMappingFacts[],
): { readonly route: Route } | { readonly failure: CheckFailure } {
  const { container, recoveryContainer, policy } = inputs;
  const routes = mappings
    .filter((each) => sameId(parentOf(canonicalId(each.id) ?? each.id), container))
    // A container that is mapped to itself is the way back of a classic site.
    .filter((each) => !sameId(each.targetContainerId, container))
    .filter((each) => !recoveryContainer || sameId(each.targetContainerId, recoveryContainer))
    .filter((each) => !policy || sameId(each.policyId, policy))
    .map((each) => ({ recoveryContainerId: each.targetContainerId, policyId: each.policyId }));
  const [route] = routes;
  const to = recoveryContainer ? ` to ${nameOf(recoveryContainer)}` : "";
  const under = policy ? ` under the policy ${nameOf(policy)}` : "";
  const way = `from the container ${nameOf(container)}${to}${under}`;
  if (route === undefined) {
    return failed(
      `no container mapping leads ${way}. Declare a ProtectionContainerMapping, and take its sourceContainer, targetContainer and policy here.`,
    );
  }
  if (routes.length > 1) {
    const ends = routes.map(
      (each) => `${nameOf(each.recoveryContainerId)} (${nameOf(each.policyId)})`,
    );
    return failed(
      `several container mappings lead ${way}: to ${ends.join(", ")}. Give recoveryContainer and policy.`,
    );
  }
  return { route };
}

function failed(reason: string): { readonly failure: CheckFailure } {
  return { failure: { path: "container", reason } };
}
