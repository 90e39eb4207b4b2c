import { ASR, type Scenario } from "./scenario.ts";

/** Keys of scenarios of set-up objects, vaults and job lists. */
export type SetupScenarioName =
  | "CreateSite"
  | "UnregisterFabric"
  | "PurgeVMM"
  | "CreateProtectionContainer"
  | "RemoveProtectionContainer"
  | "AddProtectionProfile"
  | "ModifyProtectionProfile"
  | "RemoveProtectionProfile"
  | "AssociateProtectionProfile"
  | "UpdateProtectionContainerMapping"
  | "DissociateProtectionProfile"
  | "PurgeProtectionProfileAssociation"
  | "NetworkPairing"
  | "NetworkUnPairing"
  | "RefreshVaultHealth"
  | "UpdateVaultSettings"
  | "ExportJobs";

/**
 * Scenarios of set-up objects, vaults and job lists: names from recordings (job-catalog), totals within recorded durations,
 * shares per task chosen (CH-DURATIONS, CH-SCENARIO-NAMES).
 */
export const SETUP_SCENARIOS: Readonly<Record<SetupScenarioName, Scenario>> = {
  CreateSite: {
    friendlyName: "Create a site",
    target: "Server",
    customDetails: ASR,
    tasks: [["", "CreateSiteTask", "Creating the site", 70]],
  },
  UnregisterFabric: {
    friendlyName: "Delete server",
    target: "Server",
    customDetails: ASR,
    tasks: [
      [
        "UnregisterFabricPreflightChecksTask",
        "UnregisterFabricPreflightCheckTask",
        "Prerequisites check for deleting the server",
        1,
      ],
      ["CleanupFabricTask", "CleanupFabricTask", "Cleaning up the provider settings", 9],
      ["UnregisterFabricTask", "UnregisterFabricTask", "Deleting the server", 10],
    ],
  },
  PurgeVMM: {
    friendlyName: "Delete the server",
    target: "Server",
    customDetails: ASR,
    tasks: [
      [
        "PurgeFabricPreflightChecksTask",
        "PurgeFabricPreflightChecksTask",
        "Prerequisites check for deleting the server",
        1,
      ],
      ["PurgeFabricTask", "PurgeFabricTask", "Deleting the server", 19],
    ],
  },
  CreateProtectionContainer: {
    friendlyName: "Create a protection container",
    target: "Other",
    customDetails: ASR,
    tasks: [["", "CreateProtectionContainerTask", "Creating the protection container", 5]],
  },
  RemoveProtectionContainer: {
    friendlyName: "Remove the protection container",
    target: "Other",
    customDetails: ASR,
    tasks: [["", "RemoveProtectionContainerTask", "Removing the protection container", 5]],
  },
  AddProtectionProfile: {
    friendlyName: "Create replication policy",
    target: "ProtectionProfile",
    customDetails: ASR,
    tasks: [
      [
        "AddProtectionProfilePreflightsCheckTask",
        "AddProtectionProfilePreflightsCheckTask",
        "Prerequisites check for creating the replication policy",
        0,
      ],
      [
        "AddProtectionProfileTask",
        "AddProtectionProfileTask",
        "Creating the replication policy",
        1,
      ],
    ],
  },
  ModifyProtectionProfile: {
    friendlyName: "Modify settings of the replication policy",
    target: "ProtectionProfile",
    customDetails: ASR,
    tasks: [
      [
        "ModifyProtectionProfilePreflightChecksTask",
        "ModifyProtectionProfilePreflightChecksTask",
        "Prerequisites check for updating the replication policy",
        0,
      ],
      [
        "ModifyProtectionProfileAssociationParentTask",
        "ModifyProtectionProfileAssociationParentTask",
        "Updating replication configuration",
        1,
      ],
      [
        "ModifyProtectionProfileTask",
        "ModifyProtectionProfileTask",
        "Updating the replication policy settings",
        1,
      ],
    ],
  },
  RemoveProtectionProfile: {
    friendlyName: "Remove the replication policy",
    target: "ProtectionProfile",
    customDetails: ASR,
    tasks: [
      [
        "RemoveProtectionProfilePreflightsCheckTask",
        "RemoveProtectionProfilePreflightsCheckTask",
        "Checking prerequisites for replication policy removal",
        0,
      ],
      [
        "RemoveProtectionProfileTask",
        "RemoveProtectionProfileTask",
        "Removing the replication policy",
        1,
      ],
    ],
  },
  AssociateProtectionProfile: {
    friendlyName: "Associate replication policy",
    target: "ProtectionProfile",
    customDetails: ASR,
    tasks: [
      [
        "CloudPairingWfPreflightChecksTask",
        "CloudPairingPrerequisitesCheck",
        "Check protection prerequisites",
        1,
      ],
      ["CloudPairingWfPrepareSiteTask", "CloudPairingPrepareSite", "Prepare the server", 19],
      [
        "CloudPairingWfPrepareCloudForPairingTask",
        "CloudPairingPrepareCloud",
        "Prepare for configuring protection",
        10,
      ],
      [
        "CloudPairingWfPairCloudsTask",
        "CloudPairingPairClouds",
        "Configure the protection settings",
        30,
      ],
    ],
  },
  UpdateProtectionContainerMapping: {
    friendlyName: "Update the protection container mapping",
    target: "ProtectionProfile",
    customDetails: ASR,
    tasks: [["", "UpdateProtectionContainerMappingTask", "Updating the mapping", 5]],
  },
  DissociateProtectionProfile: {
    friendlyName: "Dissociate replication policy",
    target: "ProtectionProfile",
    customDetails: ASR,
    tasks: [
      [
        "CloudUnpairingWfPreflightChecksTask",
        "CloudUnpairingPrerequisitesCheck",
        "Prerequisites check for dissociating the replication policy",
        1,
      ],
      [
        "CloudUnpairingWfUnpairCloudsTask",
        "CloudUnpairingUnpairClouds",
        "Remove the protection configuration",
        20,
      ],
      [
        "CloudUnpairingWfCleanupCloudsTask",
        "CloudUnpairingCleanupClouds",
        "Clean up the protection configuration",
        10,
      ],
      [
        "CloudUnpairingWfCleanupSiteTask",
        "CloudUnpairingCleanupSite",
        "Clean up the configuration",
        10,
      ],
    ],
  },
  PurgeProtectionProfileAssociation: {
    friendlyName: "Purge association between the replication policy and containers",
    target: "ProtectionProfile",
    customDetails: ASR,
    tasks: [
      [
        "PurgeCloudPairPreflightChecksTask",
        "PurgeCloudPairPreflightChecksTask",
        "Performing initial checks",
        1,
      ],
      ["PurgeCloudPairTask", "PurgeCloudPairTask", "Removing the protection configuration", 9],
    ],
  },
  NetworkPairing: {
    friendlyName: "Map Networks",
    target: "Network",
    customDetails: ASR,
    tasks: [["", "ModifyVMNetworksPairingStatusTask", "Map network", 2]],
  },
  NetworkUnPairing: {
    friendlyName: "Remove map",
    target: "Network",
    customDetails: ASR,
    tasks: [["", "ModifyVMNetworksUnPairingStatusTask", "Unmap network", 2]],
  },
  RefreshVaultHealth: {
    friendlyName: "Refresh vault health",
    target: "Vault",
    customDetails: ASR,
    tasks: [
      ["RefreshFailoverHealthTask", "RefreshFailoverHealthTask", "Refreshing failover health", 1],
    ],
  },
  UpdateVaultSettings: {
    friendlyName: "Update vault settings",
    target: "Vault",
    customDetails: ASR,
    tasks: [["", "UpdateVaultSettingsTask", "Updating vault settings", 1]],
  },
  ExportJobs: {
    friendlyName: "Export jobs",
    target: "Other",
    customDetails: "ExportJobDetails",
    tasks: [["", "ExportJobsTask", "Exporting jobs", 1]],
  },
};
