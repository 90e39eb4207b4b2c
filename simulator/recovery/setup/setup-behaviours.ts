import { configurationServerOf } from "../../estate/find.ts";
import { removeSite } from "../../estate/remove-servers.ts";
import type { Simulation } from "../../simulation.ts";
import { textAt, valueAt } from "../../state/json.ts";
import type { ContainerMapping, Fabric, NetworkMapping, Policy, Vault } from "../../state/model.ts";
import { AGENT_CERTIFICATE_MS } from "../items/item.ts";
import type { Behaviour } from "../jobs/behaviour.ts";
import type { Behaviours } from "../jobs/behaviours.ts";
import type { Job } from "../jobs/job.ts";
import { containerKey } from "../vault/find.ts";
import { mappingKey } from "./mappings.ts";
import { networkMappingKey } from "./network-mappings.ts";

/** A job whose whole effect comes when it has succeeded. */
function onSuccess(work: (vault: Vault, job: Job, simulation: Simulation) => void): Behaviour {
  return {
    finished: (simulation, vault, job, succeeded) => {
      if (succeeded) work(vault, job, simulation);
    },
  };
}

const name = (job: Job) => textAt(job.input, "name") ?? "";
const savePolicy = onSuccess((vault, job) => {
  const policy = valueAt(job.input, "policy") as Policy;
  vault.policies[policy.name.toLowerCase()] = { ...policy };
});
const saveMapping = onSuccess((vault, job) => {
  const mapping = valueAt(job.input, "mapping") as ContainerMapping;
  vault.mappings[mappingKey(mapping)] = { ...mapping };
});
const removeMapping = onSuccess((vault, job) => {
  delete vault.mappings[textAt(job.input, "key") ?? ""];
});
const removeFabric = onSuccess((vault, job, simulation) => {
  const key = name(job).toLowerCase();
  delete vault.fabrics[key];
  removeSite(simulation, vault, key);
  for (const [each, mapping] of Object.entries(vault.networkMappings)) {
    const ends = [mapping.fabricName, mapping.recoveryFabricName].map((end) => end.toLowerCase());
    if (ends.includes(key)) delete vault.networkMappings[each];
  }
});

/** What the jobs of set-up objects do. */
export const SETUP_BEHAVIOURS: Behaviours = {
  CreateSite: onSuccess((vault, job) => {
    const {
      name: fabricName,
      location,
      internalIdentifier,
    } = job.input as { name: string; location: string; internalIdentifier: string };
    const fabric: Fabric = {
      name: fabricName,
      instanceType: "Azure",
      location,
      internalIdentifier,
    };
    vault.fabrics[fabricName.toLowerCase()] = fabric;
  }),
  // CH-FABRIC-ACTIONS
  CertificateRenewal: onSuccess((vault, job, simulation) => {
    const fabricName = textAt(job.input, "fabricName");
    for (const item of Object.values(vault.items)) {
      if (item.fabricName === fabricName)
        item.certificateExpiresAt = simulation.now + AGENT_CERTIFICATE_MS;
    }
    const server = configurationServerOf(vault, fabricName ?? "");
    if (server) server.certificateFrom = simulation.now;
  }),
  UnregisterFabric: removeFabric,
  PurgeVMM: removeFabric,
  CreateProtectionContainer: onSuccess((vault, job) => {
    const fabricName = textAt(job.input, "fabricName") ?? "";
    vault.containers[containerKey(fabricName, name(job))] = { name: name(job), fabricName };
  }),
  RemoveProtectionContainer: onSuccess((vault, job) => {
    delete vault.containers[containerKey(textAt(job.input, "fabricName") ?? "", name(job))];
  }),
  AddProtectionProfile: savePolicy,
  ModifyProtectionProfile: savePolicy,
  RemoveProtectionProfile: onSuccess((vault, job) => {
    delete vault.policies[name(job).toLowerCase()];
  }),
  AssociateProtectionProfile: saveMapping,
  UpdateProtectionContainerMapping: saveMapping,
  DissociateProtectionProfile: removeMapping,
  PurgeProtectionProfileAssociation: removeMapping,
  NetworkPairing: onSuccess((vault, job) => {
    const mapping = valueAt(job.input, "mapping") as NetworkMapping;
    vault.networkMappings[networkMappingKey(mapping)] = { ...mapping };
  }),
  NetworkUnPairing: onSuccess((vault, job) => {
    delete vault.networkMappings[textAt(job.input, "key") ?? ""];
  }),
  UpdateVaultSettings: onSuccess((vault, job) => {
    vault.vaultSettings = { ...vault.vaultSettings, ...job.input };
  }),
};
