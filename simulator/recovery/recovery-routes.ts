import { APPLIANCE_ROUTES } from "../estate/appliance-routes.ts";
import { DISCOVERY_ROUTES } from "../estate/discovery-routes.ts";
import { PROTECTABLE_ITEM_ROUTES } from "../estate/protectable-item-routes.ts";
import { UPDATE_APPLIANCE_ROUTES } from "../estate/update-appliance.ts";
import { VCENTER_ROUTES } from "../estate/vcenter-routes.ts";
import type { Route } from "../http/route.ts";
import { STORAGE_CLASSIFICATION_ROUTES } from "../hyper-v/storage-classification-routes.ts";
import { INTENT_ROUTES } from "./intents/intent-routes.ts";
import { ITEM_ROUTES } from "./items/item-routes.ts";
import { JOB_ROUTES } from "./jobs/job-routes.ts";
import { OTHER_ROUTES } from "./other/other-routes.ts";
import { PLAN_ROUTES } from "./plans/plan-routes.ts";
import { FABRIC_ACTION_ROUTES } from "./setup/fabric-actions.ts";
import { FABRIC_ROUTES } from "./setup/fabrics.ts";
import { MAPPING_ROUTES } from "./setup/mappings.ts";
import { NETWORK_ROUTES } from "./setup/network-mappings.ts";
import { POLICY_ROUTES } from "./setup/policies.ts";
import { EVENT_ROUTES } from "./vault/events.ts";
import { PROVIDER_ROUTES, VAULT_OBJECT_ROUTES } from "./vault/vault-objects.ts";
import { VAULT_ROUTES } from "./vault/vaults.ts";

const VAULT =
  "/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.RecoveryServices/vaults/{vault}";

/** Every route of Recovery Services. */
export const RECOVERY_ROUTES: readonly Route[] = [
  ...VAULT_ROUTES,
  ...PROVIDER_ROUTES,
  ...DISCOVERY_ROUTES,
  ...[
    ...FABRIC_ROUTES,
    ...FABRIC_ACTION_ROUTES,
    ...POLICY_ROUTES,
    ...MAPPING_ROUTES,
    ...NETWORK_ROUTES,
    ...ITEM_ROUTES,
    ...INTENT_ROUTES,
    ...PLAN_ROUTES,
    ...JOB_ROUTES,
    ...EVENT_ROUTES,
    ...VAULT_OBJECT_ROUTES,
    ...VCENTER_ROUTES,
    ...PROTECTABLE_ITEM_ROUTES,
    ...STORAGE_CLASSIFICATION_ROUTES,
    ...APPLIANCE_ROUTES,
    ...UPDATE_APPLIANCE_ROUTES,
    ...OTHER_ROUTES,
  ].map(([method, path, handler]): Route => [method, `${VAULT}/${path}`, handler]),
];
