import type { Context } from "../../../context.ts";
import type { CheckFailure } from "../../../handler.ts";
import { proposal } from "../../../inputs/nearest-name.ts";
import { sameId } from "../../../recovery/identity.ts";
import type {
  OnPremisesFabricFacts,
  ProcessServerFacts,
  RunAsAccountFacts,
} from "../../../recovery/on-premises.ts";
import { serverNameOf } from "../../../recovery/server-choice.ts";
import { hasUnknown } from "../../../unknown.ts";
import type { VCenterInputs } from "../v-center.ts";

/** Process server and account of a vCenter, or what is wrong with their names. */
export interface VCenterParts {
  readonly processServer?: ProcessServerFacts;
  readonly runAsAccount?: RunAsAccountFacts;
  readonly failures: readonly CheckFailure[];
}

/** Chooses what the inputs name, else what the site has only one of. A server that this run declares may still come. */
export function chooseParts(
  context: Context,
  inputs: Pick<VCenterInputs, "fabric" | "processServer" | "runAsAccount">,
  site: OnPremisesFabricFacts | undefined,
): VCenterParts {
  const server = pick(
    "processServer",
    "process server",
    inputs.processServer,
    site?.processServers ?? [],
  );
  const account = pick(
    "runAsAccount",
    "run-as account",
    inputs.runAsAccount,
    site?.runAsAccounts ?? [],
  );
  const declared = `${inputs.fabric}/processServers/${inputs.processServer}`.toLowerCase();
  return {
    ...(server.found === undefined ? {} : { processServer: server.found }),
    ...(account.found === undefined ? {} : { runAsAccount: account.found }),
    failures: [
      ...(context.preview && context.declared.has(declared) ? [] : server.failures),
      ...account.failures,
    ],
  };
}

function pick<Part extends { readonly id: string; readonly name: string }>(
  path: "processServer" | "runAsAccount",
  what: string,
  wanted: string | undefined,
  all: readonly Part[],
): { readonly found?: Part; readonly failures: readonly CheckFailure[] } {
  if (hasUnknown(wanted)) return { failures: [] };
  const names = all.map((each) => each.name);
  if (wanted) {
    const name = serverNameOf(wanted);
    const found = all.find((each) => sameId(each.id, name) || sameId(each.name, name));
    if (found !== undefined) return { found, failures: [] };
    const reason = `the configuration server has no ${what} "${wanted}".${proposal(wanted, names)}`;
    return { failures: [{ path, reason }] };
  }
  const [only, ...others] = all;
  if (only !== undefined && others.length === 0) return { found: only, failures: [] };
  const reason =
    only === undefined
      ? `the configuration server has no ${what} yet. Add one there.`
      : `is needed: the configuration server has several of the kind ${what}: ${names.join(", ")}.`;
  return { failures: [{ path, reason }] };
}
