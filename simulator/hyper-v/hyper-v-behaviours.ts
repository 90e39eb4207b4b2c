import type { Behaviour } from "../recovery/jobs/behaviour.ts";
import type { Behaviours } from "../recovery/jobs/behaviours.ts";
import type { Job } from "../recovery/jobs/job.ts";
import type { Simulation } from "../simulation.ts";
import type { StorageClassificationMapping } from "../state/hyper-v-model.ts";
import { textAt, valueAt } from "../state/json.ts";
import type { Vault } from "../state/model.ts";
import { HYPER_V_SITE } from "./fabric-kinds.ts";
import { newHyperVFabric, putHyperVSite } from "./register.ts";
import { storageMappingKey } from "./storage-mapping.ts";

function onSuccess(work: (simulation: Simulation, vault: Vault, job: Job) => void): Behaviour {
  return {
    finished: (simulation, vault, job, succeeded) => {
      if (succeeded) work(simulation, vault, job);
    },
  };
}

/** What the jobs of Hyper-V sites and of VMM servers' storage do. */
export const HYPER_V_BEHAVIOURS: Behaviours = {
  CreateHyperVSite: onSuccess((simulation, vault, job) => {
    const name = textAt(job.input, "name") ?? "";
    putHyperVSite(simulation, vault, newHyperVFabric(simulation, vault, name, HYPER_V_SITE));
  }),
  PairStorageClassifications: onSuccess((_simulation, vault, job) => {
    const mapping = valueAt(job.input, "mapping") as StorageClassificationMapping;
    vault.storageClassificationMappings ??= {};
    vault.storageClassificationMappings[storageMappingKey(mapping)] = { ...mapping };
  }),
  UnpairStorageClassifications: onSuccess((_simulation, vault, job) => {
    delete vault.storageClassificationMappings?.[textAt(job.input, "key") ?? ""];
  }),
};
