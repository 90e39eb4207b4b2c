import { endItemJob } from "../recovery/items/item-job.ts";
import { noteSources } from "../recovery/items/source.ts";
import type { Behaviour, TaskOutcome } from "../recovery/jobs/behaviour.ts";
import type { Behaviours } from "../recovery/jobs/behaviours.ts";
import type { Job } from "../recovery/jobs/job.ts";
import type { Simulation } from "../simulation.ts";
import type { DiscoveredVCenter } from "../state/estate-model.ts";
import { type JsonObject, textAt, valueAt } from "../state/json.ts";
import type { Vault } from "../state/model.ts";
import { MINUTE } from "../state/times.ts";
import { configurationServerOf } from "./find.ts";
import { removeServer } from "./remove-servers.ts";

/** How long a configuration server looks through a vCenter before its machines are known (CH-VCENTER). */
const DISCOVERY_MS = 5 * MINUTE;

function onSuccess(work: (simulation: Simulation, vault: Vault, job: Job) => void): Behaviour {
  return {
    finished: (simulation, vault, job, succeeded) => {
      if (succeeded) work(simulation, vault, job);
    },
  };
}

const saveVCenter = onSuccess((simulation, vault, job) => {
  const vcenter = valueAt(job.input, "vcenter") as unknown as Omit<
    DiscoveredVCenter,
    "discoveredAt"
  > & { readonly discoveredAt: number | null };
  vault.vcenters[`${vcenter.fabricName}/${vcenter.name}`.toLowerCase()] = {
    ...vcenter,
    discoveredAt: vcenter.discoveredAt ?? simulation.now + DISCOVERY_MS,
  };
});

/** What the jobs do that concern what stands on premises. */
export const ESTATE_BEHAVIOURS: Behaviours = {
  DiscoverVCenter: saveVCenter,
  UpdateVCenter: saveVCenter,
  RemoveVCenter: onSuccess((_simulation, vault, job) => {
    delete vault.vcenters[textAt(job.input, "key") ?? ""];
  }),
  DiscoverPhysicalMachine: {
    end: { DiscoverPhysicalMachineTask: discoverPhysicalMachine },
  },
  // CH-REFRESH: whatever the server would have told of later is known now.
  RefreshFabricLayout: onSuccess((simulation, vault, job) => {
    const fabricName = textAt(job.input, "fabricName") ?? "";
    for (const target of configurationServerOf(vault, fabricName)?.masterTargets ?? []) {
      for (const volume of target.retentionVolumes)
        volume.listedAt = Math.min(volume.listedAt, simulation.now);
    }
    for (const vcenter of Object.values(vault.vcenters)) {
      if (vcenter.fabricName === fabricName)
        vcenter.discoveredAt = Math.min(vcenter.discoveredAt, simulation.now);
    }
  }),
  RemoveInfra: onSuccess((simulation, vault, job) => removeServer(simulation, vault, job.input)),
  UnregisterDra: onSuccess((simulation, vault, job) => removeServer(simulation, vault, job.input)),
  PurgeDra: onSuccess((simulation, vault, job) => removeServer(simulation, vault, job.input)),
  UpdateAppliance: {
    finished: (simulation, vault, job, succeeded) => {
      const part = endItemJob(simulation, vault, job)?.onPremises;
      if (!part || !succeeded) return;
      part.processServerId = textAt(job.input, "appliance") ?? part.processServerId;
      part.runAsAccountId = textAt(job.input, "account") ?? part.runAsAccountId;
    },
  },
  ProcessServerFailover: onSuccess((simulation, vault, job) => {
    moveMachines(vault, job.input);
    noteSources(simulation);
  }),
};

/** The configuration server signs in to the machine; it then knows it (recorded failing: 559 with 95222). */
function discoverPhysicalMachine(simulation: Simulation, vault: Vault, job: Job): TaskOutcome {
  const { friendlyName, address, osType } = job.input as Record<string, string>;
  const server = configurationServerOf(vault, textAt(job.input, "fabricName") ?? "");
  const machine = Object.values(simulation.state.estate.machines).find(
    (each) => each.vcenter === null && each.address === address,
  );
  if (
    server &&
    machine?.discoverable === true &&
    machine.power === "on" &&
    machine.osType.toLowerCase() === osType?.toLowerCase()
  ) {
    if (!server.discovered.includes(machine.key)) server.discovered.push(machine.key);
    return undefined;
  }
  const possibleCauses = `No ${osType} server answers at ${address}, or the run-as account cannot sign in to it.`;
  const recommendedAction =
    "Check address, operating system, account and firewall of the server, and retry the operation.";
  return {
    failed: {
      code: "559",
      message: `The operation failed for '${friendlyName}' because of an error of the configuration server.`,
      possibleCauses,
      recommendedAction,
    },
    provider: {
      errorCode: 95_222,
      errorMessage: `The server '${friendlyName}' at ${address} could not be discovered.`,
      possibleCauses,
      recommendedAction,
    },
  };
}

/** Gives the machines of one process server to another (CH-REASSOCIATE). */
function moveMachines(vault: Vault, input: JsonObject): void {
  const [from, to] = [textAt(input, "from"), textAt(input, "to") ?? ""];
  const fabricName = textAt(input, "fabricName");
  const items = valueAt(input, "items") as readonly string[] | null;
  for (const item of Object.values(vault.items)) {
    const part = item.onPremises;
    if (item.fabricName !== fabricName || !part || part.processServerId !== from) continue;
    if (items === null || items.includes(item.lifecycleId)) part.processServerId = to;
  }
  if (items !== null) return;
  for (const vcenter of Object.values(vault.vcenters)) {
    if (vcenter.fabricName === fabricName && vcenter.processServerId === from)
      vcenter.processServerId = to;
  }
}
