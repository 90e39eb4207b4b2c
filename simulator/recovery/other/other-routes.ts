import { type Answer, badRequest, missingObject } from "../../http/answer.ts";
import { conditionsOf } from "../../http/filter.ts";
import { pagedList } from "../../http/paging.ts";
import type { Call, Handler, Route } from "../../http/route.ts";
import { providerBodyNamed } from "../setup/provider-bodies.ts";
import { containerNamed, fabricNamed, itemOf, param, vaultOf } from "../vault/find.ts";
import { OTHER_OPERATIONS, type OtherOperation } from "./other-operations.ts";

/** Operations of the scenarios that the simulator does not play (CH-OTHER-SCENARIOS). Paths are relative to the vault. */
export const OTHER_ROUTES: readonly Route[] = OTHER_OPERATIONS.map(
  (operation): Route => [operation.method, operation.path, handlerOf(operation)],
);

/** What a fabric answers to whom the operation means nothing: the handler of the table's line. */
export function otherAnswer(call: Call, method: string, path: string): Answer {
  const operation = OTHER_OPERATIONS.find((each) => each.method === method && each.path === path);
  if (!operation) throw new Error(`No line of the table for ${method} ${path}.`);
  return handlerOf(operation)(call);
}

function handlerOf(operation: OtherOperation): Handler {
  return (call) => {
    findParents(call, operation);
    switch (operation.answers) {
      case "emptyList":
        return emptyList(call, operation);
      case "absent":
        throw missingObject(lastName(call, operation.path));
      case "refused":
        throw refused(call, operation);
    }
  };
}

/** A list of nothing still refuses a filter or a page that is not valid. */
function emptyList(call: Call, { filter = [] }: OtherOperation): Answer {
  const given = call.query.get("$filter");
  if (given && filter.length > 0) conditionsOf(given, filter);
  return pagedList(call, []);
}

/** Refuses a path whose fabric, container, item or provider the vault does not have. */
function findParents(call: Call, { path }: OtherOperation): void {
  const vault = vaultOf(call);
  const { fabric, container, item, provider } = call.params;
  if (fabric === undefined) return;
  const found = fabricNamed(vault, fabric);
  if (container !== undefined) containerNamed(vault, fabric, container);
  if (item !== undefined) itemOf(call, vault);
  if (provider === undefined || path.endsWith("{provider}")) return;
  if (!providerBodyNamed(call.simulation, vault, found, provider)) throw missingObject(provider);
}

/** The innermost object that the path names: the one that is not there. */
function lastName(call: Call, path: string): string {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => param(call, name ?? ""));
  const absent = names.at(path.includes("{child}") ? -2 : -1);
  return absent ?? "";
}

function refused(call: Call, { path, instead }: OtherOperation): Error {
  const { fabric } = call.params;
  const kind = fabric === undefined ? "Azure" : fabricNamed(vaultOf(call), fabric).instanceType;
  const replication =
    kind === "Azure"
      ? "replication from Azure to Azure (A2A)"
      : `machines of a fabric of type ${kind}`;
  const verb = path.split("/").findLast((part) => !part.startsWith("{")) ?? "";
  return badRequest({
    code: "SIM-NOT-SUPPORTED",
    message: `The operation '${verb}' is not supported for ${replication}.`,
    possibleCauses: "The operation belongs to another replication scenario.",
    recommendedAction: instead ?? "Use an operation of the scenario of the fabric.",
  });
}
