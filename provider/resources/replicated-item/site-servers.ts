import type { CheckFailure } from "../../handler.ts";
import type { ProcessServerFacts, RunAsAccountFacts } from "../../recovery/on-premises.ts";
import { type Chosen, choose } from "../../recovery/server-choice.ts";
import { hasUnknown } from "../../unknown.ts";
import type { ReplicatedItemInputs } from "../replicated-item.ts";

/** The servers and accounts of a site that protection of its machines begins with. */
export interface SiteServers {
  readonly processServers: readonly ProcessServerFacts[];
  readonly accounts: readonly RunAsAccountFacts[];
  /** What a message calls a process server of this generation. */
  readonly processServerNoun: string;
}

/** What was chosen of them. */
export interface ChosenSiteServers {
  readonly processServer?: ProcessServerFacts;
  readonly runAsAccount?: RunAsAccountFacts;
  readonly failures: readonly CheckFailure[];
}

/**
 * Chooses what the inputs name, else what there is only one of. Without any account protection begins all the
 * same: an agent that was installed by hand needs none.
 */
export function chooseSiteServers(
  inputs: Pick<ReplicatedItemInputs, "processServer" | "runAsAccount">,
  servers: SiteServers,
): ChosenSiteServers {
  const { processServers, accounts, processServerNoun } = servers;
  const server: Chosen<ProcessServerFacts> = hasUnknown(inputs.processServer)
    ? {}
    : choose({
        input: "processServer",
        what: processServerNoun,
        wanted: inputs.processServer || undefined,
        all: processServers,
        names: (each) => [each.id, each.name],
      });
  const none = !inputs.runAsAccount && accounts.length === 0;
  const account: Chosen<RunAsAccountFacts> =
    none || hasUnknown(inputs.runAsAccount)
      ? {}
      : choose({
          input: "runAsAccount",
          what: "run-as account",
          wanted: inputs.runAsAccount || undefined,
          all: accounts,
          names: (each) => [each.id, each.name],
        });
  const failures = [server.problem, account.problem].flatMap((problem) =>
    problem === undefined
      ? []
      : [{ path: problem.input, reason: `${problem.fact} ${problem.remedy}` }],
  );
  return {
    ...(server.value === undefined ? {} : { processServer: server.value }),
    ...(account.value === undefined ? {} : { runAsAccount: account.value }),
    failures,
  };
}
