/** A Site Recovery service to rehearse and test against. */

export { CHOICES, type Choice } from "./choices.ts";
export type { ClockSetting } from "./clock/virtual-clock.ts";
export type {
  FaultRule,
  ProviderError,
  RequestMatch,
  ServiceError,
  TaskMatch,
} from "./faults/fault-rule.ts";
export type { JournalEntry, JournalFilter } from "./http/journal.ts";
export { type Simulator, type SimulatorOptions, startSimulator } from "./simulator.ts";
export type {
  WorldAppliance,
  WorldConfigurationServer,
  WorldEstate,
  WorldEstateMachine,
  WorldMasterTarget,
  WorldPhysicalServer,
  WorldSiteServer,
  WorldVCenter,
} from "./world/estate-document.ts";
export { WorldError } from "./world/read-world.ts";
export type {
  WorldDisk,
  WorldDocument,
  WorldItem,
  WorldMachine,
  WorldNetwork,
  WorldNic,
  WorldPlainResource,
  WorldVault,
} from "./world/world-document.ts";
