import { findNetwork } from "../azure/networks.ts";
import { badRequest, missingObject } from "../http/answer.ts";
import type { Call } from "../http/route.ts";
import {
  fabricId,
  MICROSOFT_AZURE,
  missingReference,
  param,
  vaultOf,
} from "../recovery/vault/find.ts";
import { nameOf, sameId } from "../state/identifiers.ts";
import { objectAt, textAt } from "../state/json.ts";
import type { Fabric, NetworkMapping, Vault } from "../state/model.ts";
import { VMM } from "./fabric-kinds.ts";
import { vmmServerOf } from "./find.ts";
import { type VmmMappingKind, vmmMappingKind, vmNetworkId } from "./network-bodies.ts";

/** The network mapping that a PUT below a VM network asks for; refuses networks and fabrics that do not fit. */
export function newVmmMapping(call: Call, primary: Fabric): NetworkMapping {
  const vault = vaultOf(call);
  const network = vmmServerOf(call.simulation, vault, primary.name)?.networks.find((each) =>
    sameId(each.id, param(call, "network")),
  );
  if (!network) throw missingObject(param(call, "network"));
  const properties = objectAt(call.body, "properties");
  const kind = textAt(properties, "fabricSpecificDetails", "instanceType") ?? "";
  const given = textAt(properties, "recoveryFabricName") ?? "";
  const recoveryFabricName = isAzure(vault, given) ? MICROSOFT_AZURE : fabricOf(vault, given);
  const mapping = {
    name: param(call, "mapping"),
    fabricName: primary.name,
    networkName: network.id,
    primaryNetworkId: vmNetworkId(vault, primary.name, network.id),
    recoveryFabricName,
  };
  const expected = vmmMappingKind({ ...mapping, recoveryNetworkId: "" });
  if (kind.toLowerCase() !== expected.toLowerCase()) throw otherKind(kind, expected);
  const id = textAt(properties, "recoveryNetworkId") ?? "";
  return { ...mapping, recoveryNetworkId: recoveryNetwork(call, mapping.recoveryFabricName, id) };
}

/** The recovery side of a VMM server's network mapping that a PATCH asks for. */
export function changedVmmMapping(call: Call, mapping: NetworkMapping): NetworkMapping {
  const properties = objectAt(call.body, "properties");
  const kind = textAt(properties, "fabricSpecificDetails", "instanceType");
  const expected = vmmMappingKind(mapping);
  if (kind !== undefined && kind.toLowerCase() !== expected.toLowerCase())
    throw otherKind(kind, expected);
  const id = textAt(properties, "recoveryNetworkId");
  if (id === undefined) return mapping;
  return { ...mapping, recoveryNetworkId: recoveryNetwork(call, mapping.recoveryFabricName, id) };
}

/** Azure itself, by its name; no name means it too, as VMM servers replicate there by default. */
function isAzure(vault: Vault, given: string): boolean {
  return given === "" || given.toLowerCase() === fabricId(vault, MICROSOFT_AZURE).toLowerCase();
}

function fabricOf(vault: Vault, given: string): string {
  const fabric = vault.fabrics[nameOf(given).toLowerCase()];
  if (fabric?.instanceType === VMM) return fabric.name;
  throw missingReference("properties.recoveryFabricName", given);
}

function recoveryNetwork(call: Call, fabricName: string, id: string): string {
  const vault = vaultOf(call);
  const isThere =
    fabricName === MICROSOFT_AZURE
      ? findNetwork(call.simulation, id) !== undefined
      : vmmServerOf(call.simulation, vault, fabricName)?.networks.some((each) =>
          sameId(vmNetworkId(vault, fabricName, each.id), id),
        );
  if (!isThere) throw missingReference("properties.recoveryNetworkId", id);
  return id;
}

function otherKind(given: string, expected: VmmMappingKind): Error {
  const goal = expected === "VmmToAzure" ? "Azure" : "another VMM server";
  return badRequest({
    code: "SIM-INVALID-INPUT",
    message: `The field 'properties.fabricSpecificDetails.instanceType' must be ${expected} for a network mapping from a VMM server to ${goal}, and is '${given}'.`,
  });
}
