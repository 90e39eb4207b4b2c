import { MACHINE_SIZES } from "../../azure/sizes.ts";
import { estateMachine } from "../../estate/find.ts";
import { type Answer, missingObject, ok } from "../../http/answer.ts";
import { applyFilter } from "../../http/filter.ts";
import { pagedList, pagedListOf, pagedListOfBytes } from "../../http/paging.ts";
import type { Call, Route } from "../../http/route.ts";
import { recoveryId, recoveryType } from "../../state/identifiers.ts";
import { containerNamed, itemId, itemOf, param, vaultOf } from "../vault/find.ts";
import { itemBody } from "./body.ts";
import { putItem } from "./enable.ts";
import type { ProtectedItem } from "./item.ts";
import { itemBytes } from "./item-bytes.ts";
import { recoveryPointBody, recoveryPointsOf } from "./recovery-points.ts";
import { patchItem } from "./update.ts";
import { VERB_ROUTES } from "./verbs.ts";

const CONTAINER = "replicationFabrics/{fabric}/replicationProtectionContainers/{container}";
const ITEMS = "replicationProtectedItems";
const ITEM = `${CONTAINER}/${ITEMS}/{item}`;

/** Protected items, what lies under them, and their verbs. Paths are relative to the vault. */
export const ITEM_ROUTES: readonly Route[] = [
  ["GET", ITEMS, listItems],
  ["GET", `${CONTAINER}/${ITEMS}`, listItems],
  [
    "GET",
    ITEM,
    (call) => ok(itemBody(call.simulation, vaultOf(call), itemOf(call, vaultOf(call)))),
  ],
  ["PUT", ITEM, putItem],
  ["PATCH", ITEM, patchItem],
  ["GET", `${ITEM}/recoveryPoints`, listRecoveryPoints],
  ["GET", `${ITEM}/recoveryPoints/{point}`, getRecoveryPoint],
  ["GET", `${ITEM}/targetComputeSizes`, listSizes],
  ...VERB_ROUTES,
];

function listItems(call: Call): Answer {
  const vault = vaultOf(call);
  const { fabric, container } = call.params;
  const here = fabric === undefined ? undefined : containerNamed(vault, fabric, container ?? "");
  const items = Object.values(vault.items).filter(
    (item) => !here || (item.fabricName === here.fabricName && item.containerName === here.name),
  );
  const plansOf = (item: ProtectedItem) =>
    Object.values(vault.plans)
      .filter((plan) =>
        plan.groups.some((group) =>
          group.members.some((member) => member.lifecycleId === item.lifecycleId),
        ),
      )
      .flatMap((plan) => [plan.name, recoveryId(vault, "replicationRecoveryPlans", plan.name)]);
  const found = applyFilter(items, call.query.get("$filter"), {
    RecoveryPlanName: plansOf,
    SourceFabricName: (item) => item.fabricName,
    SourceFabricLocation: (item) => vault.fabrics[item.fabricName.toLowerCase()]?.location ?? "",
    FabricObjectId: (item) => item.machineId,
    MultiVmGroupCreateOption: (item) =>
      item.multiVmGroupName === "" ? "AutoCreated" : "UserSpecified",
    InstanceType: (item) => item.kind,
    VCenterName: (item) => estateMachine(call.simulation, item.onPremises?.machine)?.vcenter ?? "",
    ProcessServerId: (item) => item.onPremises?.processServerId ?? "",
  });
  return pagedListOfBytes(call, found, (item) => itemBytes(call.simulation, vault, item));
}

function listRecoveryPoints(call: Call): Answer {
  const vault = vaultOf(call);
  const item = itemOf(call, vault);
  return pagedListOf(call, recoveryPointsOf(call.simulation, vault, item), (point) =>
    recoveryPointBody(vault, item, point),
  );
}

function getRecoveryPoint(call: Call): Answer {
  const vault = vaultOf(call);
  const item = itemOf(call, vault);
  const name = param(call, "point").toLowerCase();
  const point = recoveryPointsOf(call.simulation, vault, item).find((each) => each.name === name);
  if (!point) throw missingObject(param(call, "point"));
  return ok(recoveryPointBody(vault, item, point));
}

function listSizes(call: Call): Answer {
  const vault = vaultOf(call);
  const item = itemOf(call, vault);
  return pagedList(
    call,
    MACHINE_SIZES.map((size) => ({
      id: `${itemId(vault, item)}/targetComputeSizes/${size.name}`,
      name: size.name,
      type: recoveryType(
        "replicationFabrics",
        "replicationProtectionContainers",
        ITEMS,
        "targetComputeSizes",
      ),
      properties: {
        name: size.name,
        friendlyName: size.name,
        cpuCoresCount: size.cores,
        vCPUsAvailable: size.cores,
        memoryInGB: size.memoryGiB,
        maxDataDiskCount: size.maxDataDisks,
        maxNicsCount: size.maxNics,
        errors: null,
        highIopsSupported:
          size.name.includes("s_v") || size.name.includes("DS") ? "Supported" : "NotSupported",
        hyperVGenerations: ["V1", "V2"],
      },
    })),
  );
}
