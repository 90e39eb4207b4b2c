import { badRequest } from "../../http/answer.ts";
import type { Call } from "../../http/route.ts";
import { textAt } from "../../state/json.ts";

/** Refuses a request whose details are of another instance type than what it is about takes (CH-INPUT). */
export function checkInputKind(call: Call, kind: string, of: string): void {
  const given = textAt(call.body, "properties", "providerSpecificDetails", "instanceType");
  if (given === undefined || given.toLowerCase() === kind.toLowerCase()) return;
  throw badRequest({
    code: "SIM-INVALID-INPUT",
    message: `The field 'properties.providerSpecificDetails.instanceType' must be '${kind}' for ${of}, and is '${given}'.`,
    possibleCauses: "The request is for another replication scenario, or for the other direction.",
    recommendedAction: `Send the details of '${kind}' and retry the operation.`,
  });
}
