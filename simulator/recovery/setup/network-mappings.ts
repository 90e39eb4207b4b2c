import { findNetwork, NETWORK, subnetsOf } from "../../azure/networks.ts";
import { type Answer, badRequest, missingObject, ok } from "../../http/answer.ts";
import { pagedList } from "../../http/paging.ts";
import type { Call, Route } from "../../http/route.ts";
import { VMM } from "../../hyper-v/fabric-kinds.ts";
import { vmNetworkBodies } from "../../hyper-v/network-bodies.ts";
import { changedVmmMapping, newVmmMapping } from "../../hyper-v/network-mapping-input.ts";
import { nameOf, recoveryId, recoveryType } from "../../state/identifiers.ts";
import { type JsonObject, objectAt, textAt } from "../../state/json.ts";
import type { Fabric, NetworkMapping, Vault } from "../../state/model.ts";
import { BODIES } from "../validation/bodies.ts";
import { checkBody } from "../validation/body-rule.ts";
import { fabricNamed, missingReference, param, vaultOf } from "../vault/find.ts";
import { networkMappingBody } from "./bodies.ts";
import { setupJob } from "./setup-job.ts";

const FABRIC = "replicationFabrics/{fabric}";
const MAPPINGS = "replicationNetworkMappings";
const MAPPING = `${FABRIC}/replicationNetworks/{network}/${MAPPINGS}/{mapping}`;

/** Networks and network mappings. Azure networks are all called `azureNetwork`, or by their own name. */
export const NETWORK_ROUTES: readonly Route[] = [
  [
    "GET",
    "replicationNetworks",
    (call) =>
      pagedList(
        call,
        Object.values(vaultOf(call).fabrics).flatMap((fabric) => networkBodies(call, fabric)),
      ),
  ],
  [
    "GET",
    `${FABRIC}/replicationNetworks`,
    (call) =>
      pagedList(call, networkBodies(call, fabricNamed(vaultOf(call), param(call, "fabric")))),
  ],
  ["GET", `${FABRIC}/replicationNetworks/{network}`, getNetwork],
  ["GET", MAPPINGS, (call) => listMappings(call)],
  ["GET", `${FABRIC}/replicationNetworks/{network}/${MAPPINGS}`, listMappings],
  ["GET", MAPPING, (call) => ok(bodyOf(call, mappingOf(call, vaultOf(call))))],
  ["PUT", MAPPING, putMapping],
  ["PATCH", MAPPING, patchMapping],
  ["DELETE", MAPPING, deleteMapping],
];

function bodyOf(call: Call, mapping: NetworkMapping): JsonObject {
  return networkMappingBody(call.simulation, vaultOf(call), mapping);
}

function networkBodies(call: Call, fabric: Fabric): readonly JsonObject[] {
  const ofVmm = vmNetworkBodies(call.simulation, vaultOf(call), fabric);
  if (ofVmm) return ofVmm;
  const networks = Object.values(call.simulation.state.resources).filter(
    (resource) => resource.type === NETWORK && resource.location === fabric.location,
  );
  return networks.map((network) =>
    networkBody(
      vaultOf(call),
      fabric,
      network.name,
      network.name,
      subnetsOf(network).map(({ name, prefix }) => ({
        name,
        friendlyName: name,
        addressList: [prefix],
      })),
    ),
  );
}

function networkBody(
  vault: Vault,
  fabric: Fabric,
  name: string,
  friendlyName: string,
  subnets: readonly JsonObject[],
): JsonObject {
  return {
    type: recoveryType("replicationFabrics", "replicationNetworks"),
    id: recoveryId(vault, "replicationFabrics", fabric.name, "replicationNetworks", name),
    name,
    properties: { fabricType: "Azure", subnets, friendlyName, networkType: "AzureNetwork" },
  };
}

function getNetwork(call: Call): Answer {
  const vault = vaultOf(call);
  const fabric = fabricNamed(vault, param(call, "fabric"));
  const name = param(call, "network");
  if (name.toLowerCase() === "azurenetwork") return ok(networkBody(vault, fabric, name, name, []));
  const found = networkBodies(call, fabric).find(
    (body) => textAt(body, "name")?.toLowerCase() === name.toLowerCase(),
  );
  if (!found) throw missingObject(name);
  return ok(found);
}

/** The key of a network mapping in its vault. */
export function networkMappingKey(mapping: {
  fabricName: string;
  networkName: string;
  name: string;
}): string {
  return `${mapping.fabricName}/${mapping.networkName}/${mapping.name}`.toLowerCase();
}

function mappingOf(call: Call, vault: Vault): NetworkMapping {
  const key = {
    fabricName: param(call, "fabric"),
    networkName: param(call, "network"),
    name: param(call, "mapping"),
  };
  const mapping = vault.networkMappings[networkMappingKey(key)];
  if (!mapping) throw missingObject(key.name);
  return mapping;
}

function listMappings(call: Call): Answer {
  const vault = vaultOf(call);
  const { fabric, network } = call.params;
  const found = Object.values(vault.networkMappings).filter(
    (each) =>
      fabric === undefined ||
      (each.fabricName.toLowerCase() === fabric.toLowerCase() &&
        each.networkName.toLowerCase() === network?.toLowerCase()),
  );
  return pagedList(
    call,
    found.map((each) => bodyOf(call, each)),
  );
}

function idOf(vault: Vault, mapping: NetworkMapping): string {
  return recoveryId(
    vault,
    "replicationFabrics",
    mapping.fabricName,
    "replicationNetworks",
    mapping.networkName,
    MAPPINGS,
    mapping.name,
  );
}

function networkIn(call: Call, fabric: Fabric, field: string, id: string): string {
  const network = findNetwork(call.simulation, id);
  if (!network) throw missingReference(field, id);
  if (network.location !== fabric.location) {
    throw badRequest({
      code: "SIM-INVALID-INPUT",
      message: `The network '${id}' given in '${field}' is in ${network.location}, and fabric '${fabric.name}' in ${fabric.location}.`,
    });
  }
  return id;
}

function putMapping(call: Call): Answer {
  const vault = vaultOf(call);
  checkBody(call.body, BODIES.networkMapping);
  const primary = fabricNamed(vault, param(call, "fabric"));
  const wanted = primary.instanceType === VMM ? newVmmMapping(call, primary) : newMapping(call);
  const existing = vault.networkMappings[networkMappingKey(wanted)];
  return setupJob(call, vault, {
    scenario: "NetworkPairing",
    id: idOf(vault, existing ?? wanted),
    input: { mapping: { ...wanted, name: existing?.name ?? wanted.name } },
  });
}

/** The mapping between regions that a PUT asks for. */
function newMapping(call: Call): NetworkMapping {
  const vault = vaultOf(call);
  const primary = fabricNamed(vault, param(call, "fabric"));
  const properties = objectAt(call.body, "properties");
  const recoveryName = nameOf(textAt(properties, "recoveryFabricName") ?? "");
  const recoveryNetwork = findNetwork(call.simulation, textAt(properties, "recoveryNetworkId"));
  const recovery =
    recoveryName === ""
      ? Object.values(vault.fabrics).find((fabric) => fabric.location === recoveryNetwork?.location)
      : vault.fabrics[recoveryName.toLowerCase()];
  if (!recovery) throw missingReference("properties.recoveryFabricName", recoveryName);
  return {
    name: param(call, "mapping"),
    fabricName: primary.name,
    networkName: param(call, "network"),
    primaryNetworkId: networkIn(
      call,
      primary,
      "properties.fabricSpecificDetails.primaryNetworkId",
      textAt(properties, "fabricSpecificDetails", "primaryNetworkId") ?? "",
    ),
    recoveryNetworkId: networkIn(
      call,
      recovery,
      "properties.recoveryNetworkId",
      textAt(properties, "recoveryNetworkId") ?? "",
    ),
    recoveryFabricName: recovery.name,
  };
}

function patchMapping(call: Call): Answer {
  const vault = vaultOf(call);
  const mapping = mappingOf(call, vault);
  checkBody(call.body, BODIES.networkMappingUpdate);
  const isOfVmm = fabricNamed(vault, mapping.fabricName).instanceType === VMM;
  const changed = isOfVmm ? changedVmmMapping(call, mapping) : changedMapping(call, mapping);
  return setupJob(call, vault, {
    scenario: "NetworkPairing",
    id: idOf(vault, mapping),
    input: { mapping: { ...changed } },
  });
}

function changedMapping(call: Call, mapping: NetworkMapping): NetworkMapping {
  const vault = vaultOf(call);
  const properties = objectAt(call.body, "properties");
  const recoveryNetworkId = textAt(properties, "recoveryNetworkId");
  const primaryNetworkId = textAt(properties, "fabricSpecificDetails", "primaryNetworkId");
  return {
    ...mapping,
    ...(primaryNetworkId !== undefined && {
      primaryNetworkId: networkIn(
        call,
        fabricNamed(vault, mapping.fabricName),
        "properties.fabricSpecificDetails.primaryNetworkId",
        primaryNetworkId,
      ),
    }),
    ...(recoveryNetworkId !== undefined && {
      recoveryNetworkId: networkIn(
        call,
        fabricNamed(vault, mapping.recoveryFabricName),
        "properties.recoveryNetworkId",
        recoveryNetworkId,
      ),
    }),
  };
}

function deleteMapping(call: Call): Answer {
  const vault = vaultOf(call);
  const mapping = mappingOf(call, vault);
  return setupJob(call, vault, {
    scenario: "NetworkUnPairing",
    id: idOf(vault, mapping),
    input: { key: networkMappingKey(mapping) },
  });
}
