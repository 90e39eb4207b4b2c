import { type Answer, missingObject, ok } from "../http/answer.ts";
import { applyFilter } from "../http/filter.ts";
import { pagedListOf } from "../http/paging.ts";
import type { Call, Route } from "../http/route.ts";
import { isOfHyperV } from "../hyper-v/fabric-kinds.ts";
import { machinesOfHyperVContainer } from "../hyper-v/find.ts";
import {
  hyperVProtectableItemBody,
  itemsByHyperVMachine,
} from "../hyper-v/protectable-item-body.ts";
import { otherAnswer } from "../recovery/other/other-routes.ts";
import { containerFriendlyName, fabricFriendlyName } from "../recovery/setup/bodies.ts";
import { setupJob } from "../recovery/setup/setup-job.ts";
import { BODIES } from "../recovery/validation/bodies.ts";
import { checkBody } from "../recovery/validation/body-rule.ts";
import { containerId, containerNamed, param, vaultOf } from "../recovery/vault/find.ts";
import { guidOf } from "../simulation.ts";
import { type JsonObject, textAt } from "../state/json.ts";
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

/** Machines that a configuration server, a Hyper-V host or a VMM server shows; other fabrics list none. Paths are relative to the vault. */
export const PROTECTABLE_ITEM_ROUTES: readonly Route[] = [
  ["GET", LIST, listItems],
  ["GET", ONE, getItem],
  ["POST", DISCOVER, discover],
];

function containerOf(call: Call): Container {
  return containerNamed(vaultOf(call), param(call, "fabric"), param(call, "container"));
}

/** A machine that Azure shows; its body is made when it is asked for. */
interface Shown {
  readonly name: () => string;
  readonly isProtected: boolean;
  readonly body: () => JsonObject;
}

/** The machines of a container; undefined for a fabric that shows none. */
function shownIn(call: Call): readonly Shown[] | undefined {
  const { simulation } = call;
  const vault = vaultOf(call);
  const container = containerOf(call);
  const server = configurationServerOf(vault, container.fabricName);
  if (server) {
    const items = itemsByMachine(vault, container);
    return machinesOfConfigurationServer(simulation, vault, server).map((machine) => ({
      name: () => protectableItemName(simulation, vault, container, machine),
      isProtected: items.has(machine.key),
      body: () =>
        protectableItemBody(simulation, vault, container, machine, items.get(machine.key)),
    }));
  }
  if (!isOfHyperV(vault, container.fabricName)) return undefined;
  const items = itemsByHyperVMachine(vault);
  return machinesOfHyperVContainer(simulation, vault, container).map((machine) => ({
    name: () => machine.id,
    isProtected: items.has(machine.key),
    body: () =>
      hyperVProtectableItemBody(simulation, vault, container, machine, items.get(machine.key)),
  }));
}

/** Where the second kind of protectable items begins, of which there are none: an empty last page (recording H2A_E2A.029). */
const GROUPS = "ReplicationGroup:Begin";

function listItems(call: Call): Answer {
  const shown = shownIn(call);
  if (!shown) return otherAnswer(call, "GET", LIST);
  if (call.query.get("$skipToken") === GROUPS) return ok({ value: [], nextLink: null });
  const found = applyFilter(shown, call.query.get("$filter"), {
    State: ({ isProtected }) => (isProtected ? "Protected" : "Unprotected"),
  });
  const page = pagedListOf(call, found, ({ body }) => body());
  if (textAt(page.body, "nextLink") !== undefined) return page;
  const query = new URLSearchParams(call.query);
  query.set("$skipToken", GROUPS);
  const nextLink = `${call.baseUrl}${call.path}?${query.toString()}`;
  return ok({ ...(page.body as object), nextLink });
}

function getItem(call: Call): Answer {
  const shown = shownIn(call);
  if (!shown) return otherAnswer(call, "GET", ONE);
  const wanted = param(call, "object");
  const machine = shown.find(({ name }) => name() === wanted.toLowerCase());
  if (!machine) throw missingObject(wanted);
  return ok(machine.body());
}

/** Makes a physical server known; a job that fails with 559 and 95222 when it cannot be reached, as recorded. */
function discover(call: Call): Answer {
  const { simulation } = call;
  const vault = vaultOf(call);
  const container = containerOf(call);
  if (!configurationServerOf(vault, container.fabricName))
    return otherAnswer(call, "POST", DISCOVER);
  checkBody(call.body, BODIES.discover);
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
