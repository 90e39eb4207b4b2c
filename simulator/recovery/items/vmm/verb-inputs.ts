import type { Call } from "../../../http/route.ts";
import { nameOf } from "../../../state/identifiers.ts";
import { type JsonObject, textAt } from "../../../state/json.ts";
import type { Vault } from "../../../state/model.ts";
import type { ScenarioName } from "../../jobs/scenarios.ts";
import { missingReference } from "../../vault/find.ts";
import { wrongDirection } from "../hyper-v/verb-inputs.ts";
import type { ProtectedItem } from "../item.ts";
import { recoveryPointsOf } from "../recovery-points.ts";
import { vmNetworkNamed } from "./replica.ts";
import { directionFrom } from "./vmm-kind.ts";

type ReadInput = (call: Call, vault: Vault, item: ProtectedItem) => JsonObject;

/** What verbs of items between VMM sites need of their requests; others need the same as those of other items. */
export const VMM_INPUTS: Readonly<Partial<Record<ScenarioName, ReadInput>>> = {
  UnplannedFailover: (call, vault, item) => {
    checkDirection(call, item);
    return {
      sourceSiteOperations: textAt(call.body, "properties", "sourceSiteOperations") ?? null,
      ...pointNamed(call, vault, item),
    };
  },
  PlannedFailover: (call, _vault, item) => {
    checkDirection(call, item);
    return {};
  },
  TestFailover: (call, vault, item) => {
    checkDirection(call, item);
    return { ...testNetwork(call, vault, item), ...pointNamed(call, vault, item) };
  },
  ChangePit: (call, vault, item) =>
    item.replication.discarded ? {} : pointNamed(call, vault, item),
  SwitchReplicationGroupProtection: (call, _vault, item) => {
    checkDirection(call, item);
    return {};
  },
};

/** Every verb starts from where the machine is active now (recorded: 400 otherwise); none given is taken for the right one. */
function checkDirection(call: Call, item: ProtectedItem): void {
  const given = textAt(call.body, "properties", "failoverDirection");
  const right = directionFrom(item);
  if (given === undefined || given.toLowerCase() === right.toLowerCase()) return;
  throw wrongDirection(given, right);
}

function pointNamed(call: Call, vault: Vault, item: ProtectedItem): JsonObject {
  const id =
    textAt(call.body, "properties", "providerSpecificDetails", "recoveryPointId") ??
    textAt(call.body, "properties", "recoveryPointId");
  if (id === undefined) return {};
  const name = nameOf(id).toLowerCase();
  const known = recoveryPointsOf(call.simulation, vault, item).some((point) => point.name === name);
  if (!known) throw missingReference("recoveryPointId", id);
  return { point: name };
}

/** The VM network of a test failover, of the side that is failed over to; none = the machine is not connected. */
function testNetwork(call: Call, vault: Vault, item: ProtectedItem): JsonObject {
  const id = textAt(call.body, "properties", "networkId");
  if (id !== undefined && !vmNetworkNamed(call.simulation, vault, item, id))
    throw missingReference("properties.networkId", id);
  return {
    networkId: id ?? null,
    networkType: textAt(call.body, "properties", "networkType") ?? null,
  };
}
