import type { ServiceError } from "../faults/fault-rule.ts";
import { type Answer, missingObject, ok } from "../http/answer.ts";
import { pagedList } from "../http/paging.ts";
import type { Call, Route } from "../http/route.ts";
import { otherAnswer } from "../recovery/other/other-routes.ts";
import { existsOtherwise, setupJob } from "../recovery/setup/setup-job.ts";
import { BODIES } from "../recovery/validation/bodies.ts";
import { checkBody } from "../recovery/validation/body-rule.ts";
import { fabricNamed, missingReference, param, vaultOf } from "../recovery/vault/find.ts";
import type { Simulation } from "../simulation.ts";
import type { StorageClassificationMapping, VmmServer } from "../state/hyper-v-model.ts";
import { recoveryId, recoveryType, sameId } from "../state/identifiers.ts";
import { type JsonObject, textAt } from "../state/json.ts";
import type { Vault } from "../state/model.ts";
import { vmmServerOf } from "./find.ts";
import { storageMappingKey } from "./storage-mapping.ts";

const FABRICS = "replicationFabrics";
const CLASSIFICATIONS = "replicationStorageClassifications";
const MAPPINGS = "replicationStorageClassificationMappings";
const LIST = `${FABRICS}/{fabric}/${CLASSIFICATIONS}`;
const ONE = `${LIST}/{object}`;
const MAPPING_LIST = `${LIST}/{classification}/${MAPPINGS}`;
const MAPPING = `${MAPPING_LIST}/{object}`;

/** Storage classifications of VMM servers and the mappings between them; other fabrics have none (CH-HV-STORAGE). Paths are relative to the vault. */
export const STORAGE_CLASSIFICATION_ROUTES: readonly Route[] = [
  [
    "GET",
    CLASSIFICATIONS,
    (call) => {
      const vault = vaultOf(call);
      const fabrics = Object.values(vault.fabrics);
      const all = fabrics.flatMap(({ name }) => classifications(call.simulation, vault, name));
      return pagedList(call, all);
    },
  ],
  [
    "GET",
    MAPPINGS,
    (call) =>
      pagedList(
        call,
        mappingsOf(vaultOf(call)).map((each) => mappingBody(vaultOf(call), each)),
      ),
  ],
  ...(
    [
      ["GET", LIST, (call) => pagedList(call, ofFabric(call))],
      ["GET", ONE, (call) => ok(classificationOf(call, param(call, "object")))],
      ["GET", MAPPING_LIST, listMappings],
      ["GET", MAPPING, (call) => ok(mappingBody(vaultOf(call), mappingOf(call)))],
      ["PUT", MAPPING, putMapping],
      ["DELETE", MAPPING, deleteMapping],
    ] satisfies readonly Route[]
  ).map(([method, path, handler]): Route => [method, path, ofVmm(method, path, handler)]),
];

function ofVmm(
  method: string,
  path: string,
  handler: (call: Call) => Answer,
): (call: Call) => Answer {
  return (call) => {
    const fabric = fabricNamed(vaultOf(call), param(call, "fabric"));
    return vmmServerOf(call.simulation, vaultOf(call), fabric.name)
      ? handler(call)
      : otherAnswer(call, method, path);
  };
}

function classificationId(vault: Vault, fabricName: string, name: string): string {
  return recoveryId(vault, FABRICS, fabricName, CLASSIFICATIONS, name);
}

/** Form as the published example. */
function classifications(
  simulation: Simulation,
  vault: Vault,
  fabricName: string,
): readonly JsonObject[] {
  const { storageClassifications = [] } = vmmServerOf(simulation, vault, fabricName) ?? {};
  return storageClassifications.map(({ id, name }) => ({
    id: classificationId(vault, fabricName, id),
    type: recoveryType(FABRICS, CLASSIFICATIONS),
    name: id,
    properties: { friendlyName: name },
  }));
}

function serverOf(call: Call): VmmServer {
  const fabric = fabricNamed(vaultOf(call), param(call, "fabric"));
  const server = vmmServerOf(call.simulation, vaultOf(call), fabric.name);
  if (!server) throw missingObject(fabric.name);
  return server;
}

function ofFabric(call: Call): readonly JsonObject[] {
  return classifications(call.simulation, vaultOf(call), serverOf(call).fabricName);
}

function classificationOf(call: Call, name: string): JsonObject {
  const found = ofFabric(call).find((each) => sameId(textAt(each, "name"), name));
  if (!found) throw missingObject(name);
  return found;
}

function mappingsOf(vault: Vault): readonly StorageClassificationMapping[] {
  return Object.values(vault.storageClassificationMappings ?? {});
}

function mappingId(vault: Vault, mapping: StorageClassificationMapping): string {
  const { fabricName, storageClassificationName, name } = mapping;
  return `${classificationId(vault, fabricName, storageClassificationName)}/${MAPPINGS}/${name}`;
}

function mappingBody(vault: Vault, mapping: StorageClassificationMapping): JsonObject {
  const { targetFabricName, targetStorageClassificationName } = mapping;
  return {
    id: mappingId(vault, mapping),
    type: recoveryType(FABRICS, CLASSIFICATIONS, MAPPINGS),
    name: mapping.name,
    properties: {
      targetStorageClassificationId: classificationId(
        vault,
        targetFabricName,
        targetStorageClassificationName,
      ),
    },
  };
}

function listMappings(call: Call): Answer {
  const vault = vaultOf(call);
  const { name } = classificationOf(call, param(call, "classification"));
  const { fabricName } = serverOf(call);
  const found = mappingsOf(vault).filter(
    (each) => each.fabricName === fabricName && each.storageClassificationName === name,
  );
  return pagedList(
    call,
    found.map((each) => mappingBody(vault, each)),
  );
}

function mappingOf(call: Call): StorageClassificationMapping {
  const name = param(call, "object");
  const key = storageMappingKey({
    fabricName: param(call, "fabric"),
    storageClassificationName: param(call, "classification"),
    name,
  });
  const mapping = vaultOf(call).storageClassificationMappings?.[key];
  if (!mapping) throw missingObject(name);
  return mapping;
}

function putMapping(call: Call): Answer {
  const { simulation } = call;
  const vault = vaultOf(call);
  checkBody(call.body, BODIES.storageMapping);
  const from = classificationOf(call, param(call, "classification"));
  const field = "properties.targetStorageClassificationId";
  const id = textAt(call.body, "properties", "targetStorageClassificationId") ?? "";
  const target = Object.values(simulation.state.hyperV?.vmmServers ?? {})
    .filter((server) => server.vault === vault.name)
    .flatMap(({ fabricName, storageClassifications }) =>
      storageClassifications.map(({ id: name }) => ({ fabricName, name })),
    )
    .find((each) => sameId(classificationId(vault, each.fabricName, each.name), id));
  if (!target || !vault.fabrics[target.fabricName.toLowerCase()]) throw missingReference(field, id);
  const wanted: StorageClassificationMapping = {
    name: param(call, "object"),
    fabricName: serverOf(call).fabricName,
    storageClassificationName: String(from.name),
    targetFabricName: target.fabricName,
    targetStorageClassificationName: target.name,
  };
  const existing = vault.storageClassificationMappings?.[storageMappingKey(wanted)];
  return setupJob(call, vault, {
    scenario: "PairStorageClassifications",
    id: mappingId(vault, existing ?? wanted),
    input: { mapping: { ...wanted, name: existing?.name ?? wanted.name } },
    refusal: refusalOf(wanted, existing),
  });
}

function refusalOf(
  wanted: StorageClassificationMapping,
  existing: StorageClassificationMapping | undefined,
): ServiceError | undefined {
  return existing &&
    existing.targetStorageClassificationName !== wanted.targetStorageClassificationName
    ? existsOtherwise(
        "storage classification mapping",
        existing.name,
        `its target is ${existing.targetStorageClassificationName}`,
      )
    : undefined;
}

function deleteMapping(call: Call): Answer {
  const vault = vaultOf(call);
  const mapping = mappingOf(call);
  return setupJob(call, vault, {
    scenario: "UnpairStorageClassifications",
    id: mappingId(vault, mapping),
    input: { key: storageMappingKey(mapping) },
  });
}
