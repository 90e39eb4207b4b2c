import { type Answer, ArmError, ok } from "../http/answer.ts";
import { wholeList } from "../http/paging.ts";
import type { Call, Route } from "../http/route.ts";
import type { JsonObject } from "../state/json.ts";
import type { Subscription } from "../state/model.ts";
import { REGIONS } from "../world/regions.ts";

/** Subscriptions, tenants and regions. */
export const SUBSCRIPTION_ROUTES: readonly Route[] = [
  [
    "GET",
    "/tenants",
    (call) =>
      wholeList([
        {
          id: `/tenants/${call.simulation.state.tenantId}`,
          tenantId: call.simulation.state.tenantId,
          displayName: "Simulated",
        },
      ]),
  ],
  [
    "GET",
    "/subscriptions",
    (call) =>
      wholeList(Object.values(call.simulation.state.subscriptions).map((each) => body(call, each))),
  ],
  ["GET", "/subscriptions/{subscription}", (call) => ok(body(call, subscriptionOf(call)))],
  ["GET", "/subscriptions/{subscription}/locations", listLocations],
];

function subscriptionOf(call: Call): Subscription {
  const found = call.simulation.state.subscriptions[(call.params.subscription ?? "").toLowerCase()];
  if (found) return found;
  throw new ArmError(
    404,
    "SubscriptionNotFound",
    `The subscription '${call.params.subscription}' could not be found.`,
  );
}

function body(call: Call, subscription: Subscription): JsonObject {
  return {
    id: `/subscriptions/${subscription.subscriptionId}`,
    subscriptionId: subscription.subscriptionId,
    tenantId: call.simulation.state.tenantId,
    displayName: subscription.displayName,
    state: "Enabled",
    subscriptionPolicies: {
      locationPlacementId: "Public_2014-09-01",
      quotaId: "PayAsYouGo_2014-09-01",
      spendingLimit: "Off",
    },
    authorizationSource: "RoleBased",
  };
}

function listLocations(call: Call): Answer {
  const { subscriptionId } = subscriptionOf(call);
  return wholeList(
    REGIONS.map((region) => ({
      id: `/subscriptions/${subscriptionId}/locations/${region.name}`,
      name: region.name,
      type: "Region",
      displayName: region.displayName,
      regionalDisplayName: region.displayName,
      metadata: { regionType: "Physical", regionCategory: "Recommended" },
    })),
  );
}
