import { MACHINE } from "../../azure/machines.ts";
import { findResource } from "../../azure/resources.ts";
import { type Answer, badRequest, missingObject, ok } from "../../http/answer.ts";
import { pagedList } from "../../http/paging.ts";
import type { Call, Route } from "../../http/route.ts";
import { sameId } from "../../state/identifiers.ts";
import { type JsonObject, objectAt, textAt } from "../../state/json.ts";
import type { AzureResource } from "../../state/model.ts";
import { regionNamed } from "../../world/regions.ts";
import { putItem } from "../items/enable.ts";
import { existsOtherwise } from "../setup/setup-job.ts";
import { BODIES } from "../validation/bodies.ts";
import { checkBody } from "../validation/body-rule.ts";
import { missingReference, param, vaultOf } from "../vault/find.ts";
import { INTENTS, intentBody, itemOfIntent } from "./intent.ts";
import { type Ground, layGround } from "./lay-ground.ts";

const FIELD = "properties.providerSpecificDetails";

/** Protection intents: the protection of a machine with all that it needs, by one request. Paths are relative to the vault. */
export const INTENT_ROUTES: readonly Route[] = [
  [
    "GET",
    INTENTS,
    (call) => {
      const vault = vaultOf(call);
      const all = Object.values(vault.intents ?? {});
      return pagedList(
        call,
        all.map((intent) => intentBody(vault, intent)),
      );
    },
  ],
  ["GET", `${INTENTS}/{intent}`, getIntent],
  ["PUT", `${INTENTS}/{intent}`, putIntent],
];

function getIntent(call: Call): Answer {
  const vault = vaultOf(call);
  const name = param(call, "intent");
  const intent = vault.intents?.[name.toLowerCase()];
  if (!intent) throw missingObject(name);
  return ok(intentBody(vault, intent));
}

/** Not a long operation: the intent comes back at once, and its job goes on (CH-INTENT). */
function putIntent(call: Call): Answer {
  const vault = vaultOf(call);
  checkBody(call.body, BODIES.intent);
  const input = objectAt(call.body, "properties", "providerSpecificDetails") ?? {};
  const given = param(call, "intent");
  const existing = vault.intents?.[given.toLowerCase()];
  // CH-INTENT-AGAIN
  if (existing && itemOfIntent(vault, existing)) {
    const machine = textAt(existing.input, "fabricObjectId") ?? "";
    if (sameId(machine, textAt(input, "fabricObjectId") ?? ""))
      return ok(intentBody(vault, existing));
    throw badRequest(existsOtherwise("protection intent", existing.name, `it is for ${machine}`));
  }
  const name = existing?.name ?? given;
  const regions = regionsOf(call, input);
  const machine = machineIn(call, input, regions.primary);
  const ground = layGround({ simulation: call.simulation, vault, machine, input, ...regions });
  const started = enable(
    { ...call, params: { ...call.params, ...ground.container, item: name } },
    ground,
  );
  const operation = started.headers?.["Azure-AsyncOperation"] ?? "";
  const job = new URL(operation).pathname.split("/").at(-1) ?? "";
  const intent = { name, createdAt: call.simulation.now, input, job };
  vault.intents = { ...vault.intents, [name.toLowerCase()]: intent };
  return {
    status: 200,
    body: intentBody(vault, intent),
    headers: { "Azure-AsyncOperation": operation },
  };
}

function enable(call: Call, ground: Ground): Answer {
  const properties = { policyId: ground.policyId, providerSpecificDetails: ground.input };
  try {
    return putItem({ ...call, body: { properties } });
  } catch (error) {
    ground.takeBack();
    throw error;
  }
}

function regionsOf(call: Call, input: JsonObject): { primary: string; recovery: string } {
  const named = (field: string): string => {
    const location = textAt(input, field) ?? "";
    const region = regionNamed(location);
    if (region) return region.name;
    throw badRequest({
      code: "SIM-INVALID-INPUT",
      message: `The location '${location}' given in '${FIELD}.${field}' is not a region of Azure.`,
    });
  };
  const regions = { primary: named("primaryLocation"), recovery: named("recoveryLocation") };
  if (regions.primary === regions.recovery) {
    throw badRequest({
      code: "SIM-NOT-SUPPORTED",
      message: `Primary and recovery location are both ${regions.primary}: the simulator does not play intents from zone to zone.`,
      recommendedAction: "Create the fabric, the mapping and the protected item themselves.",
    });
  }
  const subscription = textAt(input, "recoverySubscriptionId") ?? "";
  if (!call.simulation.state.subscriptions[subscription.toLowerCase()])
    throw missingReference(`${FIELD}.recoverySubscriptionId`, subscription);
  return regions;
}

function machineIn(call: Call, input: JsonObject, region: string): AzureResource {
  const id = textAt(input, "fabricObjectId") ?? "";
  const machine = findResource(call.simulation, id);
  if (machine?.type !== MACHINE) throw missingReference(`${FIELD}.fabricObjectId`, id);
  if (machine.location === region) return machine;
  throw badRequest({
    code: "SIM-INVALID-INPUT",
    message: `The virtual machine '${machine.name}' given in '${FIELD}.fabricObjectId' is in ${machine.location}, and '${FIELD}.primaryLocation' says ${region}.`,
  });
}
