import { ASR, type Scenario } from "./scenario.ts";

/** Keys of scenarios of Hyper-V sites and of what VMM servers have. */
export type HyperVScenarioName =
  | "CreateHyperVSite"
  | "RegisterDra"
  | "PairStorageClassifications"
  | "UnpairStorageClassifications";

/**
 * Scenarios of Hyper-V sites and VMM servers: names and tasks of the first two recorded (job-catalog, HyperVSite>),
 * those of storage classifications and all lengths chosen (CH-DURATIONS, CH-SCENARIO-NAMES).
 */
export const HYPER_V_SCENARIOS: Readonly<Record<HyperVScenarioName, Scenario>> = {
  CreateHyperVSite: {
    jobScenario: "CreateSite",
    friendlyName: "Create a site",
    target: "Server",
    customDetails: ASR,
    tasks: [["RegisterVMMTask", "RegisterVmmTask", "Registering the server", 10]],
  },
  RegisterDra: {
    friendlyName: "Register the Azure Site Recovery Provider",
    target: "Server",
    customDetails: ASR,
    tasks: [["", "RegisterDraTask", "Registering the Azure Site Recovery Provider", 30]],
  },
  PairStorageClassifications: {
    friendlyName: "Map storage classifications",
    target: "Other",
    customDetails: ASR,
    tasks: [["", "PairStorageClassificationsTask", "Map storage classifications", 2]],
  },
  UnpairStorageClassifications: {
    friendlyName: "Remove map",
    target: "Other",
    customDetails: ASR,
    tasks: [["", "UnpairStorageClassificationsTask", "Unmap storage classifications", 2]],
  },
};
