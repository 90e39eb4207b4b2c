import { sameId } from "./identity.ts";
import type { ServerProblem, WantedServers } from "./site-servers.ts";

/** What was chosen, or why nothing was; neither where nothing is needed. */
export interface Chosen<Value> {
  readonly value?: Value;
  readonly problem?: ServerProblem;
}

/** One choice out of what a site has. */
export interface Choice<Value> {
  readonly input: keyof WantedServers;
  /** What is chosen, in words: "master target". */
  readonly what: string;
  /** What the inputs name; undefined when they name nothing. */
  readonly wanted: string | undefined;
  readonly all: readonly Value[];
  /** Ids and names of one; the second is what messages call it. */
  names(value: Value): readonly string[];
  /** Id of the one that is taken when nothing is named and there are several. */
  readonly preferred?: string;
}

/** Chooses by name or id; without one the only one there is, else the preferred one. */
export function choose<Value>(choice: Choice<Value>): Chosen<Value> {
  const { input, what, wanted, all, preferred } = choice;
  const called = (value: Value): string => choice.names(value)[1] ?? "";
  const known = all.length === 0 ? "there is none" : `there are ${all.map(called).join(", ")}`;
  const find = (reference: string): Value | undefined => {
    const name = serverNameOf(reference);
    return all.find((each) =>
      choice.names(each).some((known) => known !== "" && sameId(known, name)),
    );
  };
  const problem = (fact: string, remedy: string): Chosen<Value> => ({
    problem: { input, fact, remedy },
  });
  if (wanted !== undefined) {
    const value = find(wanted);
    return value === undefined
      ? problem(`the site has no ${what} "${wanted}"; ${known}.`, "Correct the name.")
      : { value };
  }
  const [only] = all;
  if (only === undefined) {
    return problem(`the site has no ${what}.`, `Add one to the site, or name it with ${input}.`);
  }
  const value = all.length === 1 ? only : preferred === undefined ? undefined : find(preferred);
  return value === undefined
    ? problem(`the site has several of the kind ${what}; ${known}.`, `Name one with ${input}.`)
    : { value };
}

/** Ids of server resources (MasterTargetServer, ProcessServer, ReplicationAppliance): the service has none of that form. */
const serverResource = /\/(?:masterTargetServers|processServers|replicationAppliances)\/([^/]+)$/i;

/** The name of a server that is referred to by its resource's id; every other reference as it is. */
export function serverNameOf(reference: string): string {
  return serverResource.exec(reference)?.[1] ?? reference;
}
