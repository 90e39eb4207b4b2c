import { type Answer, ArmError, badRequest, ok } from "../http/answer.ts";
import { wholeList } from "../http/paging.ts";
import type { Call, Route } from "../http/route.ts";
import { idKey, nameOf } from "../state/identifiers.ts";
import { type JsonObject, objectAt, textAt } from "../state/json.ts";
import type { AzureResource } from "../state/model.ts";
import { formatTime } from "../state/times.ts";
import { findResource, removeResource, storeResource } from "./resources.ts";

const TYPE = "Microsoft.Authorization/roleAssignments";
const DEFINITIONS = "Microsoft.Authorization/roleDefinitions";

/** What a role can be given on. */
const SCOPES = [
  "/subscriptions/{subscription}",
  "/subscriptions/{subscription}/resourceGroups/{group}",
  "/subscriptions/{subscription}/resourceGroups/{group}/providers/{provider}/{collection}/{name}",
] as const;

/** Built-in roles that a recovery set-up gives, with their ids (the same in every tenant). */
const ROLES: Readonly<Record<string, string>> = {
  "b24988ac-6180-42a0-ab88-20f7382dd24c": "Contributor",
  "8e3af657-a8ff-443c-a75c-2fe8c4bcb635": "Owner",
  "acdd72a7-3385-48ef-bd42-f606fba81ae7": "Reader",
  "6670b86e-a3f7-4917-ac9b-5d6ab1be4567": "Site Recovery Contributor",
  "494ae006-db33-4328-bf46-533a6560a3ca": "Site Recovery Operator",
  "dbaa88c4-0c30-4179-9fb3-46319faa6149": "Site Recovery Reader",
  "ba92f5b4-2d11-453d-a403-e96b0029c9fe": "Storage Blob Data Contributor",
};

/** Role assignments and the built-in roles, on every scope; they are kept, and nothing is refused for want of one. */
export const ROLE_ROUTES: readonly Route[] = SCOPES.flatMap((scope): readonly Route[] => [
  ["GET", `${scope}/providers/${TYPE}`, (call) => wholeList(assignmentsOf(call).map(bodyOf))],
  ["GET", `${scope}/providers/${TYPE}/{assignment}`, (call) => ok(bodyOf(existing(call)))],
  ["PUT", `${scope}/providers/${TYPE}/{assignment}`, put],
  ["DELETE", `${scope}/providers/${TYPE}/{assignment}`, remove],
  ["GET", `${scope}/providers/${DEFINITIONS}`, listRoles],
]);

/** Tells whether something is a role assignment, which no list of resources shows. */
export function isRoleAssignment(resource: AzureResource): boolean {
  return resource.type === TYPE;
}

/** The scope of a call: its path up to the provider of roles. */
function scopeOf(call: Call): string {
  return call.path.slice(
    0,
    call.path.toLowerCase().lastIndexOf("/providers/microsoft.authorization"),
  );
}

function bodyOf({ id, name, type, properties }: AzureResource): JsonObject {
  return { id, name, type, properties };
}

/** Assignments on the scope and below it; on a resource also those it inherits. */
function assignmentsOf(call: Call): readonly AzureResource[] {
  const scope = idKey(scopeOf(call));
  const principal = /principalId\s+eq\s+'([^']*)'/i.exec(call.query.get("$filter") ?? "")?.[1];
  return Object.values(call.simulation.state.resources).filter((resource) => {
    if (!isRoleAssignment(resource)) return false;
    const own = idKey(textAt(resource.properties, "scope") ?? "");
    const isNear = `${own}/`.startsWith(`${scope}/`) || `${scope}/`.startsWith(`${own}/`);
    return isNear && (!principal || textAt(resource.properties, "principalId") === principal);
  });
}

function existing(call: Call): AzureResource {
  const found = findResource(call.simulation, call.path);
  if (found) return found;
  throw new ArmError(
    404,
    "RoleAssignmentNotFound",
    `The role assignment '${call.params.assignment}' is not found.`,
  );
}

function put(call: Call): Answer {
  const given = objectAt(call.body, "properties");
  const principalId = textAt(given, "principalId");
  const roleDefinitionId = textAt(given, "roleDefinitionId");
  if (principalId === undefined || roleDefinitionId === undefined)
    throw badRequest({
      code: "InvalidRequestContent",
      message: "properties.principalId and properties.roleDefinitionId are required.",
    });
  const isSame = ({ properties }: AzureResource) =>
    textAt(properties, "principalId") === principalId &&
    nameOf(textAt(properties, "roleDefinitionId") ?? "") === nameOf(roleDefinitionId) &&
    idKey(textAt(properties, "scope") ?? "") === idKey(scopeOf(call));
  const before = findResource(call.simulation, call.path);
  if (before && isSame(before)) return ok(bodyOf(before));
  if (before)
    throw new ArmError(
      400,
      "RoleAssignmentUpdateNotPermitted",
      "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.",
    );
  if (assignmentsOf(call).some(isSame))
    throw new ArmError(409, "RoleAssignmentExists", "The role assignment already exists.");
  const assignment = storeResource(call.simulation, {
    id: call.path,
    name: call.params.assignment ?? "",
    type: TYPE,
    location: "global",
    properties: {
      principalType: "ServicePrincipal",
      ...given,
      scope: scopeOf(call),
      createdOn: formatTime(call.simulation.now),
      updatedOn: formatTime(call.simulation.now),
    },
  });
  return { status: 201, body: bodyOf(assignment) };
}

function remove(call: Call): Answer {
  const found = findResource(call.simulation, call.path);
  if (!found) return { status: 204 };
  removeResource(call.simulation, found.id);
  return ok(bodyOf(found));
}

function listRoles(call: Call): Answer {
  const wanted = /roleName\s+eq\s+'([^']*)'/i.exec(call.query.get("$filter") ?? "")?.[1];
  const roles = Object.entries(ROLES).filter(([, name]) => !wanted || name === wanted);
  return wholeList(
    roles.map(([name, roleName]) => ({
      id: `/subscriptions/${call.params.subscription}/providers/${DEFINITIONS}/${name}`,
      name,
      type: DEFINITIONS,
      properties: { roleName, type: "BuiltInRole", assignableScopes: ["/"], permissions: [] },
    })),
  );
}
