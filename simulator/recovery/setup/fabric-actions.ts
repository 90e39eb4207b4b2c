import { reassociation } from "../../estate/reassociate.ts";
import { removal, serverInUse } from "../../estate/remove-servers.ts";
import type { ServiceError } from "../../faults/fault-rule.ts";
import { type Answer, missingObject } from "../../http/answer.ts";
import type { Call, Route } from "../../http/route.ts";
import { providerOfFabricKind } from "../../hyper-v/fabric-kinds.ts";
import { guidOf } from "../../simulation.ts";
import type { JsonObject } from "../../state/json.ts";
import type { Fabric } from "../../state/model.ts";
import type { FabricScenarioName } from "../jobs/fabric-scenarios.ts";
import { BODIES } from "../validation/bodies.ts";
import { checkBody } from "../validation/body-rule.ts";
import { fabricId, fabricNamed, param, vaultOf } from "../vault/find.ts";
import { fabricFriendlyName } from "./bodies.ts";
import { providerBodyNamed } from "./provider-bodies.ts";
import { setupJob } from "./setup-job.ts";

/** Something that can be done to a fabric, or to its agent. */
interface FabricAction {
  readonly method: string;
  /** The path behind the fabric or the agent. */
  readonly at: string;
  readonly scenario: FabricScenarioName;
  readonly body?: keyof typeof BODIES;
  /** What the job needs to know beyond the fabric. */
  readonly input?: (call: Call, fabric: Fabric) => JsonObject;
  /** Why the objects of a site that it would take away are needed. */
  readonly refusal?: (call: Call, fabric: Fabric) => ServiceError | undefined;
  /** Kinds of fabrics (`instanceType`) that cannot take it, with the error of the job that fails. */
  readonly refusals: Readonly<Record<string, (fabric: Fabric) => ServiceError>>;
}

const FABRIC = "replicationFabrics/{fabric}";
const PROVIDER = `${FABRIC}/replicationRecoveryServicesProviders/{provider}`;

const ON_FABRIC: readonly FabricAction[] = [
  { method: "POST", at: "/checkConsistency", scenario: "CheckVmmConsistency", refusals: {} },
  { method: "POST", at: "/migratetoaad", scenario: "MigrateFabricToAad", refusals: {} },
  {
    method: "POST",
    at: "/renewCertificate",
    scenario: "CertificateRenewal",
    body: "renewCertificate",
    refusals: {},
  },
  {
    method: "POST",
    at: "/reassociateGateway",
    scenario: "ProcessServerFailover",
    body: "reassociateGateway",
    input: reassociation,
    refusals: {
      Azure: (fabric) => hasNo(fabric, "process server"),
      HyperVSite: (fabric) => hasNo(fabric, "process server"),
      VMM: (fabric) => hasNo(fabric, "process server"),
      // Machines of appliances move with updateAppliance.
      InMageRcm: (fabric) => hasNo(fabric, "process server"),
    },
  },
  {
    method: "POST",
    at: "/removeInfra",
    scenario: "RemoveInfra",
    refusal: serverInUse,
    refusals: {
      Azure: (fabric) => hasNo(fabric, "appliance"),
      VMware: (fabric) => hasNo(fabric, "appliance"),
      HyperVSite: (fabric) => hasNo(fabric, "appliance"),
      VMM: (fabric) => hasNo(fabric, "appliance"),
    },
  },
];

const ON_PROVIDER: readonly FabricAction[] = [
  { method: "POST", at: "/refreshProvider", scenario: "RefreshFabricLayout", refusals: {} },
  {
    method: "POST",
    at: "/remove",
    scenario: "UnregisterDra",
    input: removal,
    refusal: serverInUse,
    refusals: { Azure: ownedByService },
  },
  {
    method: "DELETE",
    at: "",
    scenario: "PurgeDra",
    input: removal,
    refusal: serverInUse,
    refusals: { Azure: ownedByService },
  },
];

/** What is done to fabrics and their agents besides making and removing them (CH-FABRIC-ACTIONS). Paths are relative to the vault. */
export const FABRIC_ACTION_ROUTES: readonly Route[] = [
  ...ON_FABRIC.map(
    (action): Route => [
      action.method,
      `${FABRIC}${action.at}`,
      (call) => act(call, action, fabricId(vaultOf(call), fabricOf(call).name)),
    ],
  ),
  ...ON_PROVIDER.map(
    (action): Route => [
      action.method,
      `${PROVIDER}${action.at}`,
      (call) => act(call, action, String(providerOf(call).id)),
    ],
  ),
];

function fabricOf(call: Call): Fabric {
  return fabricNamed(vaultOf(call), param(call, "fabric"));
}

/** The agent the path names; 404 if the fabric has no such agent. */
export function providerOf(call: Call): JsonObject {
  const name = param(call, "provider");
  const found = providerBodyNamed(call.simulation, vaultOf(call), fabricOf(call), name);
  if (!found) throw missingObject(name);
  return found;
}

function act(call: Call, action: FabricAction, id: string): Answer {
  const vault = vaultOf(call);
  const fabric = fabricOf(call);
  if (action.body !== undefined) checkBody(call.body, BODIES[action.body]);
  return setupJob(call, vault, {
    scenario: action.scenario,
    id,
    input: { fabricName: fabric.name, ...action.input?.(call, fabric) },
    affectedObjects: {
      primaryfabricproviderid: providerOfFabricKind(fabric.instanceType),
      primaryvmmid: guidOf(call.simulation, "target", fabricId(vault, fabric.name)),
      primaryvmmname: fabricFriendlyName(vault, fabric.name),
    },
    refusal: action.refusals[fabric.instanceType]?.(fabric) ?? action.refusal?.(call, fabric),
  });
}

function hasNo(fabric: Fabric, kind: string): ServiceError {
  return {
    code: "SIM-NO-SUCH-SERVER",
    message: `The fabric '${fabric.name}' has no ${kind}.`,
    possibleCauses: `Machines of a fabric of type ${fabric.instanceType} replicate without a ${kind}.`,
    recommendedAction: `Name a fabric that has a ${kind}.`,
  };
}

function ownedByService(fabric: Fabric): ServiceError {
  return {
    code: "SIM-PROVIDER-OF-SERVICE",
    message: `The Recovery Services provider of the fabric '${fabric.name}' cannot be removed: it belongs to the service.`,
    possibleCauses: "The provider of an Azure fabric is not a server that was registered.",
    recommendedAction: "Remove the fabric; its provider goes with it.",
  };
}
