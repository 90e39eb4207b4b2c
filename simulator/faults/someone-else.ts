import { type Answer, ArmError } from "../http/answer.ts";
import { dispatch, type Request } from "../http/dispatch.ts";
import { itemOfJob } from "../recovery/items/item-job.ts";
import type { ItemKind } from "../recovery/items/kinds.ts";
import { scenarioOf } from "../recovery/jobs/scenarios.ts";
import { noteEvent } from "../recovery/vault/events.ts";
import { itemId } from "../recovery/vault/find.ts";
import type { Simulation } from "../simulation.ts";
import { idKey, nameOf, sameId } from "../state/identifiers.ts";
import { isObject, type JsonObject } from "../state/json.ts";
import type { OtherRequest } from "./fault-rule.ts";

/** A request that somebody else made, and what became of it. */
export interface OtherDeed {
  readonly by: string;
  readonly request: Request;
  readonly answer: Answer;
}

const SOMEONE = "someone-else@simulator.invalid";

/** The operation behind a verb and the body it gets if none is given; other verbs are sent as they are. */
const VERBS: Readonly<Record<string, { readonly path: string; readonly body: JsonObject }>> = {
  unplannedFailover: {
    path: "unplannedFailover",
    body: {
      properties: {
        failoverDirection: "PrimaryToRecovery",
        sourceSiteOperations: "NotRequired",
        providerSpecificDetails: { instanceType: "A2A" },
      },
    },
  },
  failoverCommit: { path: "failoverCommit", body: {} },
  testFailoverCleanup: { path: "testFailoverCleanup", body: { properties: {} } },
  delete: {
    path: "remove",
    body: {
      properties: {
        disableProtectionReason: "NotSpecified",
        replicationProviderInput: { instanceType: "DisableProtectionProviderSpecificInput" },
      },
    },
  },
};

/** Makes a request as another user; its job and the item's events tell who it was (CH-SOMEONE-ELSE). */
export function actAsOther(
  simulation: Simulation,
  other: OtherRequest,
  baseUrl: string,
): OtherDeed {
  const by = other.by ?? SOMEONE;
  const request = { ...requestOf(simulation, other), baseUrl };
  const answer = dispatch(simulation, request);
  const operation = answer.headers?.["Azure-AsyncOperation"];
  if (operation !== undefined) nameTheUser(simulation, new URL(operation).pathname, by);
  return { by, request, answer };
}

function requestOf(simulation: Simulation, other: OtherRequest): Omit<Request, "baseUrl"> {
  const query = new URLSearchParams({ "api-version": "2023-08-01" });
  if (other.item === undefined || other.verb === undefined) {
    const { method = "GET", path = "/", body = {} } = other;
    return { method: method.toUpperCase(), path, query, body };
  }
  const known = VERBS[other.verb] ?? { path: other.verb, body: {} };
  const item = itemNamed(simulation, other.item);
  const path = `${item.id}/${known.path}`;
  return { method: "POST", path, query, body: other.body ?? bodyFor(item.kind, known.body) };
}

/** A failover names the kind of item it is for; the other bodies do not. */
function bodyFor(kind: ItemKind, body: JsonObject): JsonObject {
  const { properties } = body;
  if (!isObject(properties) || !("providerSpecificDetails" in properties)) return body;
  const details = {
    instanceType: kind,
    ...(kind === "InMageRcm" && { performShutdown: "false" }),
    ...(kind === "InMage" && { recoveryPointType: "LatestTime" }),
  };
  return { properties: { ...properties, providerSpecificDetails: details } };
}

function itemNamed(simulation: Simulation, item: string): { id: string; kind: ItemKind } {
  const items = Object.values(simulation.state.vaults).flatMap((vault) =>
    Object.values(vault.items).map((each) => ({ id: itemId(vault, each), kind: each.kind })),
  );
  const wanted = item.startsWith("/")
    ? items.filter(({ id }) => sameId(id, item))
    : items.filter(({ id }) => nameOf(id).toLowerCase() === item.toLowerCase());
  const [found, another] = wanted;
  if (found !== undefined && another === undefined) return found;
  const known =
    items
      .slice(0, 8)
      .map(({ id }) => nameOf(id))
      .join(", ") || "none";
  throw new ArmError(
    found === undefined ? 404 : 400,
    found === undefined ? "NotFound" : "BadRequest",
    found === undefined
      ? `There is no protected item '${item}' (known: ${known}).`
      : `Several protected items are called '${item}': give the ARM id.`,
  );
}

function nameTheUser(simulation: Simulation, operationPath: string, by: string): void {
  const vault = simulation.state.vaults[idKey(operationPath.split("/").slice(0, 9).join("/"))];
  const job = vault?.jobs[vault.operations[nameOf(operationPath)]?.job ?? ""];
  if (!vault || !job) return;
  vault.jobs[job.name] = { ...job, affectedObjects: { ...job.affectedObjects, startedby: by } };
  const item = itemOfJob(vault, job);
  if (!item) return;
  const name = scenarioOf(job.scenario).jobScenario ?? job.scenario;
  noteEvent(simulation, vault, item, {
    eventType: "JobStatus",
    description: `${name} - started by ${by}`,
    severity: "OK",
  });
}
