import { InvalidInputError } from "../../errors.ts";
import type { CheckFailure } from "../../handler.ts";
import type { OnPremisesItemSpecification } from "../../sites/azure/specifications.ts";
import { warnIfOld } from "../scenario.ts";
import { isServerDeclared } from "./declared-discovery.ts";
import type { ItemKind, ItemSurroundings } from "./item-kind.ts";
import { findMachine, type SiteMachine } from "./site-machine.ts";
import { elsewhereProblems, siteMachineProblems, uselessProblems } from "./site-problems.ts";
import { chooseSiteServers, type SiteServers } from "./site-servers.ts";
import { siteSpecification } from "./site-specification.ts";

/** What one generation of VMware sites has of its own. */
export interface SiteGeneration {
  readonly scenario: OnPremisesItemSpecification["scenario"];
  readonly machineForms: string;
  /** Inputs that this generation cannot do anything with, with the reason. */
  readonly useless: readonly (readonly [path: string, reason: string])[];
  /** Every machine that the site has discovered. */
  machines(at: ItemSurroundings): Promise<readonly SiteMachine[]>;
  servers(at: ItemSurroundings): Promise<SiteServers>;
}

/** The kind of item of a generation of VMware sites; physical servers are items of the same kinds. */
export function siteKind(generation: SiteGeneration): ItemKind {
  const siteName = (at: ItemSurroundings): string => at.fabric?.friendlyName ?? "";
  return {
    scenario: generation.scenario,
    machineForms: generation.machineForms,

    async machineProblems(at) {
      return await siteMachineProblems(at, await generation.machines(at), siteName(at));
    },

    async settingProblems(at) {
      warnIfOld(at.context, generation.scenario);
      const useless = [
        ...elsewhereProblems(at.inputs),
        ...uselessProblems(at.inputs, generation.useless, generation.scenario),
      ];
      // A site that the vault does not show yet has no servers to choose from.
      if (at.fabric === undefined) return useless;
      const { failures } = chooseSiteServers(at.inputs, await generation.servers(at));
      const known = failures.filter(
        ({ path }) => path !== "processServer" || !isServerDeclared(at),
      );
      return [...useless, ...known];
    },

    async recoveryLocation({ context, site, vault }) {
      return (await site.vaultFacts(context, vault.id))?.location;
    },

    async specify(at, route) {
      const found = findMachine(at.inputs.machine, await generation.machines(at), siteName(at));
      if ("failure" in found) throw invalid(found.failure);
      const chosen = chooseSiteServers(at.inputs, await generation.servers(at));
      const [failure] = chosen.failures;
      if (failure !== undefined) throw invalid(failure);
      return siteSpecification(at.inputs, {
        scenario: generation.scenario,
        route,
        machine: found.machine,
        processServerId: chosen.processServer?.id ?? "",
        ...(chosen.runAsAccount === undefined ? {} : { runAsAccountId: chosen.runAsAccount.id }),
      });
    },
  };
}

function invalid({ path, reason }: CheckFailure): InvalidInputError {
  return new InvalidInputError(path, `${path}: ${reason}`);
}
