import type { CheckFailure } from "../../handler.ts";
import { sameId } from "../../recovery/identity.ts";
import type { ItemFacts } from "../../recovery/model.ts";
import type { ReplicatedItemInputs } from "../replicated-item.ts";

/** The failure for a machine that another item of the vault has already; none when there is no such item. */
export function twinProblems(
  inputs: ReplicatedItemInputs,
  twin: ItemFacts | undefined,
  machineName: string,
): readonly CheckFailure[] {
  if (twin === undefined || sameId(twin.name, inputs.name)) return [];
  return [
    {
      path: "machine",
      reason: `${machineName} is replicated already, as the item ${twin.name}. Name this resource so with \`name\` and import it, or remove one of the two.`,
    },
  ];
}
