import { ASR, type Scenario } from "./scenario.ts";

/** Keys of scenarios of what is done to a fabric or its agent besides making and removing it. */
export type FabricScenarioName =
  | "CheckVmmConsistency"
  | "MigrateFabricToAad"
  | "ProcessServerFailover"
  | "CertificateRenewal"
  | "RemoveInfra"
  | "RefreshFabricLayout"
  | "UnregisterDra"
  | "PurgeDra";

/** Scenarios of fabrics and their agents: names from recordings (job-catalog), lengths chosen (CH-DURATIONS, CH-SCENARIO-NAMES). */
export const FABRIC_SCENARIOS: Readonly<Record<FabricScenarioName, Scenario>> = {
  CheckVmmConsistency: {
    friendlyName: "Consistency check",
    target: "Server",
    customDetails: ASR,
    tasks: [
      ["", "VmmResyncTask", "Establish a connection with the server or site", 5],
      ["", "CheckPEConsistencyTask", "Complete the consistency check", 25],
    ],
  },
  MigrateFabricToAad: {
    friendlyName: "Update Authentication Service",
    target: "Server",
    customDetails: ASR,
    tasks: [
      [
        "MigrateFabricPreflightChecksTask",
        "MigrateFabricPreflightChecksTask",
        "Performing preflight checks before migration.",
        5,
      ],
      [
        "MigrateDraToAadTask",
        "MigrateDraToAadTask",
        "Migrating Azure Site Recovery Providers.",
        20,
      ],
    ],
  },
  ProcessServerFailover: {
    friendlyName: "Changing Process server",
    target: "Server",
    customDetails: ASR,
    tasks: [
      ["ProcessServerFailoverTask", "ProcessServerFailoverTask", "Changing Process server", 30],
    ],
  },
  CertificateRenewal: {
    friendlyName: "Renewing certificates for servers or sites",
    target: "Server",
    customDetails: ASR,
    tasks: [
      ["", "HvrAzureCertificateRenewalTask", "Renewing certificates for replication to Azure", 60],
    ],
  },
  RemoveInfra: {
    friendlyName: "Remove infrastructure",
    target: "Server",
    customDetails: ASR,
    tasks: [["", "RemoveInfraTask", "Removing the infrastructure of the appliance", 30]],
  },
  RefreshFabricLayout: {
    friendlyName: "Refresh server details",
    target: "Server",
    customDetails: ASR,
    tasks: [
      ["RefreshFabricLayoutTask", "RefreshFabricLayoutTask", "Getting details from server", 10],
      ["WaitForLayoutProcessingTask", "WaitForLayoutProcessingTask", "Processing details", 10],
    ],
  },
  UnregisterDra: {
    friendlyName: "Unregister Server",
    target: "Server",
    customDetails: ASR,
    tasks: [
      [
        "UnregisterDraPreflightCheckTask",
        "UnregisterDraPreflightCheckTask",
        "Prerequisite check for Unregistering Recovery Services Provider",
        1,
      ],
      ["CleanupDraTask", "CleanupDraTask", "Cleaning up host information", 10],
      ["UnregisterDraTask", "UnregisterDraTask", "Removing associated Azure data", 10],
    ],
  },
  PurgeDra: {
    friendlyName: "Remove server",
    target: "Server",
    customDetails: ASR,
    tasks: [["PurgeDraTask", "PurgeDraTask", "Removing the server", 10]],
  },
};
