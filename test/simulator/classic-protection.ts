import { GROUP, NETWORK } from "./recovered-side.ts";
import type { Body } from "./shop.ts";
import { ACCOUNT, CLASSIC, type Estate, policy, properties } from "./vmware.ts";

/** A machine that a classic configuration server has discovered, by its name or by how it was discovered. */
export async function protectableItem(estate: Estate, what: string): Promise<Body> {
  const { value } = await estate.get(`${CLASSIC}/replicationProtectableItems`);
  return value.find(
    (each: Body) =>
      each.properties.friendlyName === what || each.properties.customDetails.discoveryType === what,
  );
}

/** Protects a discovered machine as the item at `path`; the job. */
export async function protectClassic(
  estate: Estate,
  path: string,
  id: string,
  rest: object = {},
): Promise<Body> {
  return estate.run("PUT", path, enableClassic(id, rest));
}

/** The body that protects a discovered machine. */
export const enableClassic = (id: string, rest: object = {}): object =>
  properties(
    {
      instanceType: "InMageAzureV2",
      runAsAccountId: "1",
      logStorageAccountId: ACCOUNT,
      diskType: "Premium_LRS",
      targetAzureNetworkId: NETWORK,
      targetAzureSubnetId: "web",
      targetAzureV2ResourceGroupId: GROUP,
      ...rest,
    },
    { policyId: policy("classic"), protectableItemId: id },
  );
