import { type Answer, missingObject, ok } from "../http/answer.ts";
import { applyFilter } from "../http/filter.ts";
import { pagedListOf } from "../http/paging.ts";
import type { Call, Handler, Route } from "../http/route.ts";
import { otherAnswer } from "../recovery/other/other-routes.ts";
import { containerFriendlyName, fabricFriendlyName } from "../recovery/setup/bodies.ts";
import { setupJob } from "../recovery/setup/setup-job.ts";
import { BODIES } from "../recovery/validation/bodies.ts";
import { checkBody } from "../recovery/validation/body-rule.ts";
import { containerId, containerNamed, param, vaultOf } from "../recovery/vault/find.ts";
import { guidOf } from "../simulation.ts";
import type { EstateMachine } from "../state/estate-model.ts";
import { textAt } from "../state/json.ts";
import type { Container } from "../state/model.ts";
import {
  configurationServerOf,
  machinesOfConfigurationServer,
  protectableItemName,
} from "./find.ts";
import { itemsByMachine, protectableItemBody } from "./protectable-item-body.ts";

const CONTAINER = "replicationFabrics/{fabric}/replicationProtectionContainers/{container}";
const LIST = `${CONTAINER}/replicationProtectableItems`;
const ONE = `${LIST}/{object}`;
const DISCOVER = `${CONTAINER}/discoverProtectableItem`;

/** Machines that a configuration server has discovered; other fabrics list none. Paths are relative to the vault. */
export const PROTECTABLE_ITEM_ROUTES: readonly Route[] = [
  ["GET", LIST, ofClassic("GET", LIST, listItems)],
  ["GET", ONE, ofClassic("GET", ONE, getItem)],
  ["POST", DISCOVER, ofClassic("POST", DISCOVER, discover)],
];

function ofClassic(method: string, path: string, handler: Handler): Handler {
  return (call) => {
    const { fabricName } = containerOf(call);
    return configurationServerOf(vaultOf(call), fabricName)
      ? handler(call)
      : otherAnswer(call, method, path);
  };
}

function containerOf(call: Call): Container {
  return containerNamed(vaultOf(call), param(call, "fabric"), param(call, "container"));
}

function machinesOf(call: Call): readonly EstateMachine[] {
  const server = configurationServerOf(vaultOf(call), containerOf(call).fabricName);
  return server ? machinesOfConfigurationServer(call.simulation, vaultOf(call), server) : [];
}

/** Where the second kind of protectable items begins, of which there are none: an empty last page (recording H2A_E2A.029). */
const GROUPS = "ReplicationGroup:Begin";

function listItems(call: Call): Answer {
  const vault = vaultOf(call);
  const container = containerOf(call);
  if (call.query.get("$skipToken") === GROUPS) return ok({ value: [], nextLink: null });
  const items = itemsByMachine(vault, container);
  const found = applyFilter(machinesOf(call), call.query.get("$filter"), {
    State: (machine) => (items.has(machine.key) ? "Protected" : "Unprotected"),
  });
  const page = pagedListOf(call, found, (machine) =>
    protectableItemBody(call.simulation, vault, container, machine, items.get(machine.key)),
  );
  if (textAt(page.body, "nextLink") !== undefined) return page;
  const query = new URLSearchParams(call.query);
  query.set("$skipToken", GROUPS);
  const nextLink = `${call.baseUrl}${call.path}?${query.toString()}`;
  return ok({ ...(page.body as object), nextLink });
}

function getItem(call: Call): Answer {
  const vault = vaultOf(call);
  const name = param(call, "object").toLowerCase();
  const container = containerOf(call);
  const { simulation } = call;
  const machine = machinesOf(call).find(
    (each) => protectableItemName(simulation, vault, container, each) === name,
  );
  if (!machine) throw missingObject(param(call, "object"));
  const item = itemsByMachine(vault, container).get(machine.key);
  return ok(protectableItemBody(simulation, vault, container, machine, item));
}

/** Makes a physical server known; a job that fails with 559 and 95222 when it cannot be reached, as recorded. */
function discover(call: Call): Answer {
  const { simulation } = call;
  const vault = vaultOf(call);
  checkBody(call.body, BODIES.discover);
  const container = containerOf(call);
  const address = textAt(call.body, "properties", "ipAddress") ?? "";
  const cloud = containerId(vault, container.fabricName, container.name);
  const friendlyName = textAt(call.body, "properties", "friendlyName") ?? "";
  return setupJob(call, vault, {
    scenario: "DiscoverPhysicalMachine",
    id: cloud,
    input: {
      fabricName: container.fabricName,
      friendlyName,
      address,
      osType: textAt(call.body, "properties", "osType") ?? "",
    },
    affectedObjects: {
      primarycloudid: guidOf(simulation, "target", cloud),
      primarycloudname: containerFriendlyName(vault, container.fabricName, container.name),
      primaryfabricproviderid: "VMwareFabric",
      primaryvmid: guidOf(simulation, "target", friendlyName),
      primaryvmmid: guidOf(simulation, "target", container.fabricName),
      primaryvmmname: fabricFriendlyName(vault, container.fabricName),
      primaryvmname: friendlyName,
    },
  });
}
