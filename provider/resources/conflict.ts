import type { DisasterRecoveryError } from "../errors.ts";
import { differences } from "../inputs/difference.ts";
import type { ResourceSchema } from "../schema/schema.ts";
import { describeChanges, differsError } from "./content.ts";
import { plain } from "./plain.ts";
import type { CheckedResource } from "./set-up-resource.ts";

/** The error for an existing object of the wanted name that is not the wanted object; undefined when it is. */
export function conflictOf<Inputs extends object, State extends Inputs, Facts>(
  resource: CheckedResource<Inputs, State, Facts>,
  schema: ResourceSchema,
  id: string,
  facts: Facts,
  inputs: Inputs,
): DisasterRecoveryError | undefined {
  const found = resource.describe(facts, id, inputs);
  const all = differences(schema, plain(found), plain(inputs), {
    ...resource.comparison,
    ignored: ["adopt", ...(resource.comparison?.ignored ?? [])],
  });
  const changes = Object.fromEntries(
    Object.entries(all).filter(
      ([path, { kind }]) => resource.conflicts === undefined || resource.conflicts(path, kind),
    ),
  );
  if (Object.keys(changes).length === 0) return undefined;
  return differsError(resource.noun, id, describeChanges(schema, changes, found, inputs));
}
