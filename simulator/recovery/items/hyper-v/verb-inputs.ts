import { type ArmError, badRequest } from "../../../http/answer.ts";
import type { Call } from "../../../http/route.ts";
import { hyperVAgentNamed } from "../../../hyper-v/find.ts";
import { type JsonObject, objectAt, textAt } from "../../../state/json.ts";
import type { Vault } from "../../../state/model.ts";
import { missingReference } from "../../vault/find.ts";
import { checkInputKind } from "../input-kind.ts";
import type { ProtectedItem } from "../item.ts";
import { checkResources, DETAILS } from "../on-premises/enable-checks.ts";

/** Whether a planned failover is asked for that goes home from Azure. */
export function isHomeward(call: Call): boolean {
  const direction = textAt(call.body, "properties", "failoverDirection")?.toLowerCase();
  const kind = textAt(call.body, "properties", "providerSpecificDetails", "instanceType");
  if (direction === undefined) return kind?.toLowerCase() === "hypervreplicaazurefailback";
  return direction === "recoverytoprimary";
}

/** A request in a direction that does not start from where the machine runs, as recorded. */
export function wrongDirection(given: string, right: string): ArmError {
  return badRequest({
    code: "InvalidFailoverDirection",
    message: `The failover direction '${given}' is not valid for the current state of the protected item.`,
    possibleCauses:
      "The protected item's active location is not the one the direction starts from.",
    recommendedAction: `Retry with the failover direction '${right}'.`,
  });
}

/** What a planned failover to Azure, or from there to the site, needs of its request. */
export function hyperVPlannedInput(call: Call, vault: Vault, item: ProtectedItem): JsonObject {
  const of = `the protected item '${item.name}'`;
  if (!isHomeward(call)) {
    checkInputKind(call, "HyperVReplicaAzure", of);
    return {};
  }
  if (item.activeLocation === "Primary")
    throw wrongDirection("RecoveryToPrimary", "PrimaryToRecovery");
  checkInputKind(call, "HyperVReplicaAzureFailback", of);
  const details = objectAt(call.body, "properties", "providerSpecificDetails");
  const alternate = textAt(details, "providerIdForAlternateRecovery") || undefined;
  if (
    alternate !== undefined &&
    !hyperVAgentNamed(call.simulation, vault, item.fabricName, alternate)
  )
    throw missingReference(`${DETAILS}.providerIdForAlternateRecovery`, alternate);
  return {
    // CH-HV-FAILBACK-DEFAULTS
    dataSyncOption: wordAmong(
      ["ForSynchronization", "ForDownTime"],
      textAt(details, "dataSyncOption"),
    ),
    creation: wordAmong(
      ["NoAction", "CreateVmIfNotFound"],
      textAt(details, "recoveryVmCreationOption"),
    ),
    alternateProviderId: alternate ?? null,
  };
}

/** The word as the service writes it, whatever its letter case; the first one if none is given. */
function wordAmong(words: readonly [string, ...string[]], given: string | undefined): string {
  return words.find((each) => each.toLowerCase() === given?.toLowerCase()) ?? words[0];
}

/** What a reverse replication after a failback needs of its request (reference 4.4). */
export function reverseReplicationInput(
  call: Call,
  _vault: Vault,
  item: ProtectedItem,
): JsonObject {
  const direction = textAt(call.body, "properties", "failoverDirection")?.toLowerCase();
  if (direction === "recoverytoprimary" && item.activeLocation === "Primary")
    throw wrongDirection("RecoveryToPrimary", "PrimaryToRecovery");
  checkInputKind(call, "HyperVReplicaAzure", `the protected item '${item.name}'`);
  const details = objectAt(call.body, "properties", "providerSpecificDetails") ?? {};
  checkResources(call.simulation, details, ["storageAccountId", "logStorageAccountId"]);
  return { details };
}
