import { InvalidInputError } from "../../errors.ts";
import type { CheckFailure } from "../../handler.ts";
import { knownElements } from "../../inputs/known-elements.ts";
import { proposal } from "../../inputs/nearest-name.ts";
import { sameId } from "../../recovery/identity.ts";
import { azureTarget } from "../../sites/azure/azure-target.ts";
import type { OnPremisesItemSpecification } from "../../sites/azure/specifications.ts";
import { hasUnknown } from "../../unknown.ts";
import type { ReplicatedItemInputs } from "../replicated-item.ts";
import { warnIfOld } from "../scenario.ts";
import { isServerDeclared, willBeDiscovered } from "./declared-discovery.ts";
import type { ItemKind, ItemSurroundings } from "./item-kind.ts";
import { isItemOf } from "./machine-reference.ts";
import { findMachine, type SiteMachine } from "./site-machine.ts";
import { chooseSiteServers, type SiteServers } from "./site-servers.ts";
import { siteSpecification } from "./site-specification.ts";
import { twinProblems } from "./twin.ts";

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
      const { context, vault, inputs } = at;
      const found = findMachine(inputs.machine, await generation.machines(at), siteName(at));
      if ("failure" in found) return (await willBeDiscovered(at)) ? [] : [found.failure];
      const { machine } = found;
      const items = await vault.items(context);
      const twin = items.find((each) => isItemOf(machine, each));
      const twins = twinProblems(inputs, twin, machine.name);
      if (twins.length > 0) return twins;
      if (twin === undefined && machine.protected) {
        const reason = `${machine.name} is protected already, in another vault or by an item that this vault does not show. End that protection first.`;
        return [{ path: "machine", reason }];
      }
      return [
        ...(twin === undefined ? machine.obstacles : []).map((text) => ({
          path: "machine",
          reason: `${machine.name} cannot be replicated: ${text}`,
        })),
        ...strangeDisks(inputs, machine),
      ];
    },

    async settingProblems(at) {
      warnIfOld(at.context, generation.scenario);
      const useless = uselessProblems(at.inputs, generation);
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

function uselessProblems(
  inputs: ReplicatedItemInputs,
  { useless, scenario }: SiteGeneration,
): readonly CheckFailure[] {
  const { recoveryContainer = "" } = inputs;
  const elsewhere =
    recoveryContainer === "" || hasUnknown(recoveryContainer) || recoveryContainer === azureTarget
      ? []
      : [
          {
            path: "recoveryContainer",
            reason: `means nothing for a machine of a site, which goes to ${azureTarget}. Leave it out.`,
          },
        ];
  const given = useless
    .filter(([path]) => valuesAt(inputs, path).some((value) => value !== undefined && value !== ""))
    .map(([path, reason]) => ({ path, reason: `${reason} (${scenario}). Leave it out.` }));
  return [...elsewhere, ...given];
}

/** Values at a path such as `target.zone` or `nics[].publicAddress`. */
function valuesAt(inputs: object, path: string): readonly unknown[] {
  return path.split(".").reduce<readonly unknown[]>(
    (values, step) => {
      const name = step.replace("[]", "");
      const next = values.map((value) => (value as Record<string, unknown> | undefined)?.[name]);
      return step.endsWith("[]") ? next.flatMap((each) => (Array.isArray(each) ? each : [])) : next;
    },
    [inputs],
  );
}

function strangeDisks(inputs: ReplicatedItemInputs, machine: SiteMachine): readonly CheckFailure[] {
  // Before its agent reports, the service may know no disks of a machine.
  if (machine.diskIds.length === 0) return [];
  return knownElements(inputs.disks).flatMap(([index, { disk }]) => {
    if (hasUnknown(disk) || machine.diskIds.some((id) => sameId(id, disk))) return [];
    const reason = `${disk} is no disk of ${machine.name}.${proposal(disk, machine.diskIds)}`;
    return [{ path: `disks[${index}].disk`, reason }];
  });
}

function invalid({ path, reason }: CheckFailure): InvalidInputError {
  return new InvalidInputError(path, `${path}: ${reason}`);
}
