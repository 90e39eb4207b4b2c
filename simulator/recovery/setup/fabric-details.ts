import { conditionsOf } from "../../http/filter.ts";
import { type JsonObject, objectAt } from "../../state/json.ts";
import type { Fabric, Vault } from "../../state/model.ts";

/** Fields of the `$filter` of one fabric: not conditions but what is to be told besides (swagger, FabricQueryParameter). */
const DETAILS = [
  "zoneToZoneMappings",
  "extendedLocationMappings",
  "locationDetails",
  "fetchAgentDetails",
  "biosId",
  "fqdn",
  "discoveryType",
  "osType",
] as const;

/**
 * Adds to a fabric's body what its `$filter` asks for: the zones between which its items replicate, and
 * where they came from and go to (CH-FABRIC-DETAILS). Refuses a detail that is not known.
 */
export function withDetails(
  vault: Vault,
  fabric: Fabric,
  body: JsonObject,
  filter: string | null,
): JsonObject {
  if (!filter) return body;
  const asked = conditionsOf(filter, DETAILS)
    .flat()
    .filter(({ value }) => value.toLowerCase() === "true")
    .map(({ field }) => field);
  const properties = objectAt(body, "properties") ?? {};
  const items = Object.values(vault.items).filter((item) => item.fabricName === fabric.name);
  const locationOf = (name: string) => vault.fabrics[name.toLowerCase()]?.location ?? "";
  const zones = items
    .filter((item) => item.recoveryFabricName === item.fabricName)
    .map((item) => ({ source: item.primaryZone, target: item.recovery.availabilityZone }));
  const locations = items.map((item) => ({
    initialPrimaryZone: item.initialPrimaryZone,
    initialRecoveryZone: item.initialRecoveryZone,
    initialPrimaryExtendedLocation: null,
    initialRecoveryExtendedLocation: null,
    initialPrimaryFabricLocation: item.initialPrimaryLocation,
    initialRecoveryFabricLocation: item.initialRecoveryLocation,
    primaryZone: item.primaryZone,
    recoveryZone: item.recovery.availabilityZone,
    primaryExtendedLocation: null,
    recoveryExtendedLocation: null,
    primaryFabricLocation: locationOf(item.fabricName),
    recoveryFabricLocation: locationOf(item.recoveryFabricName),
  }));
  const details = {
    ...objectAt(properties, "customDetails"),
    ...(asked.includes("zoneToZoneMappings") && { zones: distinct(zones) }),
    ...(asked.includes("extendedLocationMappings") && { extendedLocations: [] }),
    ...(asked.includes("locationDetails") && { locationDetails: distinct(locations) }),
  };
  return { ...body, properties: { ...properties, customDetails: details } };
}

function distinct(rows: readonly JsonObject[]): readonly JsonObject[] {
  return [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()];
}
