import { InvalidInputError } from "../../errors.ts";
import type { CheckFailure } from "../../handler.ts";
import { azureTarget } from "../../sites/azure/azure-target.ts";
import type { HyperVItemSpecification } from "../../sites/azure/specifications.ts";
import { hasUnknown } from "../../unknown.ts";
import { pause } from "../../waiting.ts";
import { isRegistering } from "../hyper-v/registration.ts";
import { warnIfOld } from "../scenario.ts";
import { agentProblems } from "./hyper-v-agents.ts";
import {
  discoveredMachines,
  diskProblems,
  type HyperVMachine,
  hyperVTarget,
} from "./hyper-v-machine.ts";
import { networkMappingProblems } from "./hyper-v-network.ts";
import type { ItemKind, ItemSurroundings } from "./item-kind.ts";
import { machineName } from "./machine-reference.ts";
import { type FoundMachine, findMachine } from "./site-machine.ts";
import {
  elsewhereProblems,
  siteMachineProblems,
  type UselessInputs,
  uselessProblems,
} from "./site-problems.ts";

/** One way in which Hyper-V machines are replicated. */
interface HyperVWay {
  readonly scenario: HyperVItemSpecification["scenario"];
  readonly useless: UselessInputs;
}

const noServers: UselessInputs = [
  ["processServer", "means nothing: the hosts send the data themselves"],
  ["runAsAccount", "means nothing: no agent is installed in the machine"],
  ["multiVmGroup", "cannot be had: Hyper-V has no groups that share recovery points"],
];

const toAzure: UselessInputs = [
  ...noServers,
  ["target.bootDiagnosticsStorageAccount", "cannot be set by the service for this kind of item"],
  ["disks[].cacheStorageAccount", "is one for all disks: give cacheStorageAccount"],
  ["disks[].replicaDiskType", "is one for all disks: give diskType"],
  ["disks[].targetDiskType", "is one for all disks: give diskType"],
  ["disks[].resourceGroup", "is always that of target for this kind of item"],
];

const toSite: UselessInputs = [
  ...noServers,
  ["target", "means nothing: the second VMM server takes the machine as it is"],
  ["nics", "means nothing: the network mapping decides which network the machine gets"],
  ["disks", "cannot be chosen: all disks are replicated"],
  ["cacheStorageAccount", "means nothing: nothing passes through Azure"],
  ["osType", "means nothing: the second VMM server takes the machine as it is"],
];

/** A machine of a Hyper-V site without VMM, which Azure takes over. */
export const hyperVKind: ItemKind = kindOf({ scenario: "HyperVToAzure", useless: toAzure });

/** A machine of a VMM cloud, which Azure takes over. */
export const vmmToAzureKind: ItemKind = kindOf({ scenario: "VmmToAzure", useless: toAzure });

/** A machine of a VMM cloud, which the cloud of a second VMM server takes over. */
export const vmmKind: ItemKind = kindOf({ scenario: "VmmToVmm", useless: toSite });

function kindOf({ scenario, useless }: HyperVWay): ItemKind {
  const betweenSites = scenario === "VmmToVmm";
  return {
    scenario,
    machineForms: "the id of a protectable item or the machine's name",

    async machineProblems(at) {
      const machines = await discoveredMachines(at);
      const found = findMachine(at.inputs.machine, machines, siteName(at));
      const machine = "failure" in found ? undefined : found.machine;
      return [
        ...(await siteMachineProblems(at, machines, siteName(at))),
        ...(await agentProblems(at, machine)),
        ...(scenario === "HyperVToAzure" ? [] : await networkMappingProblems(at, scenario)),
        ...(machine === undefined || betweenSites ? [] : diskProblems(at.inputs, machine)),
      ];
    },

    async settingProblems(at) {
      warnIfOld(at.context, scenario);
      return [
        ...(betweenSites ? toAzureProblems(at) : elsewhereProblems(at.inputs)),
        ...uselessProblems(at.inputs, useless, scenario),
      ];
    },

    async recoveryLocation({ context, site, vault }) {
      return betweenSites ? undefined : (await site.vaultFacts(context, vault.id))?.location;
    },

    async specify(at, route): Promise<HyperVItemSpecification> {
      const found = await untilDiscovered(at);
      if ("failure" in found) throw invalid(found.failure);
      const [failure] = betweenSites ? [] : diskProblems(at.inputs, found.machine);
      if (failure !== undefined) throw invalid(failure);
      return {
        scenario,
        protectableItemId: found.machine.id,
        policyId: route.policyId,
        ...(betweenSites ? {} : { toAzure: hyperVTarget(at.inputs, found.machine) }),
      };
    },
  };
}

/** A host that registered in this very run has its machines discovered a while later. */
async function untilDiscovered(at: ItemSurroundings): Promise<FoundMachine<HyperVMachine>> {
  const { context, vault, inputs, fabric } = at;
  for (;;) {
    const found = findMachine(inputs.machine, await discoveredMachines(at), siteName(at));
    if (!("failure" in found) || fabric === undefined || !isRegistering(context, fabric)) {
      return found;
    }
    await pause(
      context,
      `${machineName(inputs.machine)}: waits until ${siteName(at)} discovers it`,
    );
    vault.forget();
  }
}

function siteName({ fabric }: ItemSurroundings): string {
  return fabric?.friendlyName || (fabric?.name ?? "");
}

/** The failure for Azure as the target of a machine that is protected between sites. */
function toAzureProblems({ inputs }: ItemSurroundings): readonly CheckFailure[] {
  const { recoveryContainer } = inputs;
  if (hasUnknown(recoveryContainer) || recoveryContainer !== azureTarget) return [];
  const reason = `${azureTarget} is no cloud. Give \`target\` as well, which the way to Azure needs.`;
  return [{ path: "recoveryContainer", reason }];
}

function invalid({ path, reason }: CheckFailure): InvalidInputError {
  return new InvalidInputError(path, `${path}: ${reason}`);
}
