import { type Answer, ArmError, ok } from "../http/answer.ts";
import { applyFilter } from "../http/filter.ts";
import { wholeList } from "../http/paging.ts";
import type { Call, Route } from "../http/route.ts";
import type { Simulation } from "../simulation.ts";
import { idKey, segmentAfter, vaultId } from "../state/identifiers.ts";
import { type JsonObject, objectAt, textAt } from "../state/json.ts";
import type { AzureResource } from "../state/model.ts";
import { regionNamed } from "../world/regions.ts";
import { resourceBody } from "./resources.ts";
import { isRoleAssignment } from "./role-assignments.ts";

const GROUPS = "/subscriptions/{subscription}/resourceGroups";
const GROUP = `${GROUPS}/{group}`;
const TYPE = "Microsoft.Resources/resourceGroups";

/** Resource groups and what lies in them. */
export const RESOURCE_GROUP_ROUTES: readonly Route[] = [
  ["GET", GROUPS, (call) => wholeList(groupsOf(call).map(groupBody))],
  ["GET", GROUP, (call) => ok(groupBody(existingGroup(call)))],
  ["HEAD", GROUP, (call) => (findGroup(call) ? { status: 204 } : { status: 404 })],
  ["PUT", GROUP, putGroup],
  ["PATCH", GROUP, (call) => putGroup(call)],
  ["DELETE", GROUP, deleteGroup],
  ["GET", `${GROUP}/resources`, (call) => listResources(call, contents(existingGroup(call)))],
  [
    "GET",
    "/subscriptions/{subscription}/resources",
    (call) => listResources(call, idKey(`/subscriptions/${call.params.subscription}/`)),
  ],
];

/** The id of a resource group. */
export function groupId(subscriptionId: string, name: string): string {
  return `/subscriptions/${subscriptionId}/resourceGroups/${name}`;
}

/** Puts a resource group into the world, or returns the one that is there. */
export function ensureGroup(simulation: Simulation, id: string, location: string): AzureResource {
  const key = idKey(id);
  const name = id.split("/").at(-1) ?? "";
  const group = simulation.state.resources[key] ?? {
    id,
    name,
    type: TYPE,
    location,
    properties: { provisioningState: "Succeeded" },
  };
  simulation.state.resources[key] = group;
  simulation.changed = true;
  return group;
}

/** The resource group a call's path names; 404 if it does not exist. */
export function existingGroup(call: Call): AzureResource {
  const group = findGroup(call);
  if (group) return group;
  throw new ArmError(
    404,
    "ResourceGroupNotFound",
    `Resource group '${call.params.group}' could not be found.`,
  );
}

function findGroup(call: Call): AzureResource | undefined {
  const { subscription = "", group = "" } = call.params;
  return call.simulation.state.resources[idKey(groupId(subscription, group))];
}

function groupsOf(call: Call): readonly AzureResource[] {
  const prefix = `/subscriptions/${call.params.subscription?.toLowerCase()}/`;
  return Object.values(call.simulation.state.resources).filter(
    (resource) => resource.type === TYPE && idKey(resource.id).startsWith(prefix),
  );
}

function groupBody(group: AzureResource): JsonObject {
  return { ...resourceBody(group), properties: { provisioningState: "Succeeded" } };
}

function putGroup(call: Call): Answer {
  const { subscription = "", group: name = "" } = call.params;
  const existing = findGroup(call);
  const location = regionNamed(textAt(call.body, "location") ?? existing?.location ?? "");
  if (!location) {
    throw new ArmError(
      400,
      "LocationNotAvailableForResourceGroup",
      `The provided location '${textAt(call.body, "location")}' is not available for resource group.`,
    );
  }
  const group = ensureGroup(call.simulation, groupId(subscription, name), location.name);
  const tags = objectAt(call.body, "tags");
  if (tags) group.tags = tags;
  return { status: existing ? 200 : 201, body: groupBody(group) };
}

/** The key of everything inside the group begins with this. */
function contents(group: AzureResource): string {
  return `${idKey(group.id)}/`;
}

function deleteGroup(call: Call): Answer {
  const group = existingGroup(call);
  const { state } = call.simulation;
  const prefix = contents(group);
  const holder = Object.entries(state.vaults).find(
    ([key, vault]) => key.startsWith(prefix) && Object.keys(vault.items).length > 0,
  );
  if (holder) {
    throw new ArmError(
      409,
      "ResourceGroupDeletionBlocked",
      `Deletion of resource group '${group.name}' failed as vault '${holder[1].name}' still protects machines.`,
    );
  }
  for (const table of [state.resources, state.machines, state.vaults]) {
    for (const key of Object.keys(table)) if (key.startsWith(prefix)) delete table[key];
  }
  delete state.resources[idKey(group.id)];
  call.simulation.changed = true;
  return { status: 200 };
}

/** The resources whose keys begin with a prefix, those in a group or all of a subscription. */
function listResources(call: Call, prefix: string): Answer {
  const { state } = call.simulation;
  const plain = Object.entries(state.resources).filter(
    ([key, resource]) =>
      key.startsWith(prefix) &&
      resource.type.split("/").length === 2 &&
      resource.type !== TYPE &&
      !isRoleAssignment(resource),
  );
  const vaults = Object.entries(state.vaults).filter(([key]) => key.startsWith(prefix));
  const all = [
    ...plain.map(([, { id, name, type, location, tags }]) => ({
      id,
      name,
      type,
      location,
      ...(tags && { tags }),
    })),
    ...vaults.map(([, vault]) => ({
      id: vaultId(vault),
      name: vault.name,
      type: "Microsoft.RecoveryServices/vaults",
      location: vault.location,
    })),
  ];
  return wholeList(
    applyFilter(all, call.query.get("$filter"), {
      ResourceType: ({ type }) => type,
      ResourceGroup: ({ id }) => segmentAfter(id, "resourceGroups") ?? "",
      Name: ({ name }) => name,
      Location: ({ location }) => location,
    }),
  );
}
