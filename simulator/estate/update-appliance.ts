import type { Answer } from "../http/answer.ts";
import type { Call, Route } from "../http/route.ts";
import { itemJob } from "../recovery/items/item-job.ts";
import { otherAnswer } from "../recovery/other/other-routes.ts";
import { BODIES } from "../recovery/validation/bodies.ts";
import { checkBody } from "../recovery/validation/body-rule.ts";
import { itemOf, missingReference, vaultOf } from "../recovery/vault/find.ts";
import { objectAt, textAt } from "../state/json.ts";
import { applianceSiteOf } from "./find.ts";

const PATH =
  "replicationFabrics/{fabric}/replicationProtectionContainers/{container}/replicationProtectedItems/{item}/updateAppliance";

/** Gives a modernized machine to another appliance (CH-UPDATE-APPLIANCE). Paths are relative to the vault. */
export const UPDATE_APPLIANCE_ROUTES: readonly Route[] = [["POST", PATH, updateAppliance]];

function updateAppliance(call: Call): Answer {
  const vault = vaultOf(call);
  const item = itemOf(call, vault);
  const site = applianceSiteOf(vault, item.fabricName);
  if (!site) return otherAnswer(call, "POST", PATH);
  checkBody(call.body, BODIES.updateAppliance);
  const properties = objectAt(call.body, "properties");
  const id = textAt(properties, "targetApplianceId") ?? "";
  const appliance = site.appliances.find((each) => each.id === id.toLowerCase());
  if (!appliance) throw missingReference("properties.targetApplianceId", id);
  const account = textAt(properties, "providerSpecificDetails", "runAsAccountId");
  return itemJob(call, vault, item, {
    scenario: "UpdateAppliance",
    input: { appliance: appliance.id, account: account ?? null },
  });
}
