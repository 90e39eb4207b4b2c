import type { CheckFailure, PropertyChange } from "../../../handler.ts";
import { type DifferenceOptions, differences } from "../../../inputs/difference.ts";
import type { ResourceSchema } from "../../../schema/schema.ts";
import { plain } from "../../plain.ts";
import type { Look, LookAsk } from "./look.ts";
import type { AnyServerInputs, ManagedServerOutputs } from "./types.ts";

/** What tells one kind of managed server from another. */
export interface ManagedServer<Inputs extends AnyServerInputs, State> {
  /** Name in the schema, such as `MasterTargetServer`. */
  readonly type: string;
  /** What messages call it: `master target`. */
  readonly noun: string;
  readonly generation: LookAsk["generation"];
  /** What follows the fabric in the id: `masterTargetServers`. */
  readonly collection: string;
  /** Default of `timeout`. */
  readonly timeout: string;
  /** What is wrong with complete inputs in themselves. */
  problems(inputs: Inputs): readonly CheckFailure[];
  /** Outputs that the service tells, beyond those of every server; only what is stable. */
  outputs(look: Look): Omit<State, keyof Inputs | keyof ManagedServerOutputs>;
}

/** How the inputs of such servers are compared. */
export const serverComparison: DifferenceOptions = {
  ignored: ["timeout"],
  sets: ["manage", "waive"],
};

/** The inputs that differ; computed ones do not count. */
export function serverDifferences(
  schema: ResourceSchema,
  olds: object,
  news: object,
): Readonly<Record<string, PropertyChange>> {
  return differences(schema, plain(olds), plain(news), serverComparison);
}

/** Id of a server's resource from complete inputs; the service has no ARM id for servers. */
export function serverId(
  { collection }: { readonly collection: string },
  { fabric, name }: AnyServerInputs,
): string {
  return `${fabric}/${collection}/${name}`;
}
