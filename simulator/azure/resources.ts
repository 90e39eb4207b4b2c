import { type Answer, ArmError, missingResource, ok } from "../http/answer.ts";
import { wholeList } from "../http/paging.ts";
import type { Call, Route } from "../http/route.ts";
import { newGuid, type Simulation, type World } from "../simulation.ts";
import { idKey } from "../state/identifiers.ts";
import { isObject, type Json, type JsonObject, objectAt, textAt } from "../state/json.ts";
import type { AzureResource } from "../state/model.ts";
import { regionNamed } from "../world/regions.ts";
import { existingGroup } from "./resource-groups.ts";

/** What is particular about a resource type; the rest is the same for all. */
export interface ResourceKind {
  /** Full type, for example `Microsoft.Network/networkInterfaces`. */
  readonly type: string;
  /** Turns the properties of a PUT into those that are stored. */
  readonly complete?: (call: Call, id: string, properties: JsonObject) => JsonObject;
  /** Called after a PUT. */
  readonly stored?: (call: Call, resource: AzureResource) => void;
  /** Called before a DELETE; throws to refuse it. */
  readonly removing?: (call: Call, resource: AzureResource) => void;
  /** Properties as they are read. */
  readonly read?: (call: Call, resource: AzureResource) => JsonObject;
}

/** The ARM body of a resource. */
export function resourceBody(resource: AzureResource): JsonObject {
  const { id, name, type, location, tags, zones, sku, kind } = resource;
  // ARM shows the machine that a disk belongs to beside its properties, not among them.
  const { managedBy, ...properties } = resource.properties;
  return {
    id,
    name,
    type,
    location,
    ...(tags && { tags }),
    ...(zones && { zones }),
    ...(sku && { sku }),
    ...(kind !== undefined && { kind }),
    ...(managedBy !== undefined && { managedBy }),
    properties,
  };
}

/** The stored resource with that id, if it exists. */
export function findResource(
  world: World,
  id: string | null | undefined,
): AzureResource | undefined {
  return id ? world.state.resources[idKey(id)] : undefined;
}

/** Stores a resource, over one that may be there. */
export function storeResource(simulation: Simulation, resource: AzureResource): AzureResource {
  simulation.state.resources[idKey(resource.id)] = resource;
  simulation.changed = true;
  return resource;
}

/** Removes a resource, if it is there. */
export function removeResource(simulation: Simulation, id: string): void {
  delete simulation.state.resources[idKey(id)];
  simulation.changed = true;
}

/** The routes that every resource type has: two lists, GET, PUT, PATCH, DELETE. */
export function resourceRoutes(kind: ResourceKind): readonly Route[] {
  const [provider, collection] = kind.type.split("/");
  const inGroup = `/subscriptions/{subscription}/resourceGroups/{group}/providers/${provider}/${collection}`;
  return [
    [
      "GET",
      `/subscriptions/{subscription}/providers/${provider}/${collection}`,
      (call) => list(call, kind),
    ],
    ["GET", inGroup, (call) => list(call, kind)],
    ["GET", `${inGroup}/{name}`, (call) => ok(bodyOf(call, kind, existing(call, kind)))],
    ["PUT", `${inGroup}/{name}`, (call) => put(call, kind)],
    ["PATCH", `${inGroup}/{name}`, (call) => put(call, kind, existing(call, kind))],
    ["DELETE", `${inGroup}/{name}`, (call) => remove(call, kind)],
  ];
}

/** The resource a call's path names; 404 if it does not exist. */
export function existing(call: Call, kind: ResourceKind): AzureResource {
  const found = findResource(call.simulation, idOf(call, kind));
  if (found) return found;
  existingGroup(call);
  throw missingResource(kind.type, call.params.name ?? "", call.params.group ?? "");
}

function idOf(call: Call, kind: ResourceKind): string {
  const { subscription, group, name } = call.params;
  return `/subscriptions/${subscription}/resourceGroups/${group}/providers/${kind.type}/${name}`;
}

function bodyOf(call: Call, kind: ResourceKind, resource: AzureResource): JsonObject {
  const body = resourceBody(resource);
  return kind.read ? { ...body, properties: kind.read(call, resource) } : body;
}

function list(call: Call, kind: ResourceKind): Answer {
  const { subscription = "", group } = call.params;
  const prefix = idKey(
    `/subscriptions/${subscription}${group === undefined ? "" : `/resourceGroups/${group}`}/`,
  );
  const found = Object.entries(call.simulation.state.resources).filter(
    ([key, resource]) => resource.type === kind.type && key.startsWith(`${prefix}/`),
  );
  return wholeList(found.map(([, resource]) => bodyOf(call, kind, resource)));
}

function put(call: Call, kind: ResourceKind, patched?: AzureResource): Answer {
  const group = existingGroup(call);
  const before = patched ?? findResource(call.simulation, idOf(call, kind));
  const region = regionNamed(textAt(call.body, "location") ?? before?.location ?? "");
  if (!region) {
    throw new ArmError(
      400,
      "LocationNotAvailableForResourceType",
      `The provided location '${textAt(call.body, "location")}' is not available for resource type '${kind.type}'.`,
    );
  }
  refuseInOutage(call.simulation, region.name);
  const id = before?.id ?? `${group.id}/providers/${kind.type}/${call.params.name}`;
  const given: JsonObject = {
    ...(patched?.properties ?? {}),
    ...objectAt(call.body, "properties"),
  };
  const properties = {
    ...(kind.complete?.(call, id, given) ?? given),
    provisioningState: "Succeeded",
    ...(before ? {} : { resourceGuid: newGuid(call.simulation) }),
  };
  const resource: AzureResource = {
    ...before,
    id,
    name: before?.name ?? call.params.name ?? "",
    type: kind.type,
    location: region.name,
    properties: { ...(before && { resourceGuid: before.properties.resourceGuid }), ...properties },
  };
  copyTop(call.body, resource);
  storeResource(call.simulation, resource);
  kind.stored?.(call, resource);
  return { status: before ? 200 : 201, body: bodyOf(call, kind, resource) };
}

function copyTop(body: JsonObject, resource: AzureResource): void {
  const { tags, zones, sku, kind } = body;
  if (isObject(tags)) resource.tags = tags;
  if (Array.isArray(zones)) resource.zones = zones.map((zone: Json) => String(zone));
  if (isObject(sku)) resource.sku = sku;
  if (typeof kind === "string") resource.kind = kind;
}

function remove(call: Call, kind: ResourceKind): Answer {
  const found = findResource(call.simulation, idOf(call, kind));
  if (!found) return { status: 204 };
  refuseInOutage(call.simulation, found.location);
  kind.removing?.(call, found);
  removeResource(call.simulation, found.id);
  return { status: 200 };
}

/** Refuses a write into a region that is out of service (CH-OUTAGE). */
export function refuseInOutage(simulation: Simulation, region: string): void {
  if (!simulation.state.unavailableRegions.includes(region)) return;
  throw new ArmError(
    503,
    "ServiceUnavailable",
    `The service is unavailable in region '${region}'.`,
  );
}
