import { ASR, type Scenario } from "./scenario.ts";

/** Keys of scenarios of a configuration server's vCenters and machines. */
export type EstateScenarioName =
  | "DiscoverVCenter"
  | "UpdateVCenter"
  | "RemoveVCenter"
  | "DiscoverPhysicalMachine"
  | "UpdateAppliance";

/** Scenarios of what a configuration server discovers: names and tasks recorded (job-catalog, VMware>), lengths chosen (CH-DURATIONS). */
export const ESTATE_SCENARIOS: Readonly<Record<EstateScenarioName, Scenario>> = {
  DiscoverVCenter: {
    friendlyName: "Add vCenter server",
    target: "VCenter",
    customDetails: ASR,
    tasks: [["DiscoverVCenterTask", "DiscoverVCenterTask", "Adding vCenter server", 20]],
  },
  UpdateVCenter: {
    friendlyName: "Update vCenter server",
    target: "VCenter",
    customDetails: ASR,
    tasks: [["UpdateVCenterTask", "UpdateVCenterTask", "Updating vCenter server", 20]],
  },
  RemoveVCenter: {
    friendlyName: "Remove vCenter server",
    target: "VCenter",
    customDetails: ASR,
    tasks: [["RemoveVCenterTask", "RemoveVCenterTask", "Removing vCenter server", 20]],
  },
  DiscoverPhysicalMachine: {
    friendlyName: "Add physical machine",
    target: "ProtectionEntity",
    customDetails: ASR,
    tasks: [["DiscoverPhysicalMachineTask", "DiscoverPhysicalMachineTask", "Adding machine", 60]],
  },
  // CH-UPDATE-APPLIANCE
  UpdateAppliance: {
    friendlyName: "Update appliance",
    target: "ProtectionEntity",
    customDetails: ASR,
    tasks: [["UpdateApplianceTask", "UpdateApplianceTask", "Changing the appliance", 30]],
  },
};
