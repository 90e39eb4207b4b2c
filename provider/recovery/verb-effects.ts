import type { Scenario, Verb } from "./model.ts";

/** What the service shows of an item after a verb has succeeded. */
export interface VerbEffect {
  readonly verb: Verb;
  /** Only for items that replicate from Azure back to their site, or only for the others; absent means either. */
  readonly reversed?: boolean;
  /** Only for machines that run away from home before the verb, or only for those at home; absent means either. */
  readonly away?: boolean;
  /** Only after this protection state; absent means any. */
  readonly after?: string;
  /** Absent when the state stays. */
  readonly protectionState?: string;
  /** What the item then offers, in the service's words. */
  readonly offers: readonly string[];
}

const drills = (atHome: readonly string[]): readonly VerbEffect[] => [
  { verb: "testFailover", offers: ["TestFailoverCleanup"] },
  { verb: "testFailoverCleanup", offers: atHome },
  { verb: "resynchronize", offers: atHome },
];

const pending = "UnplannedFailoverCommitPendingStatesBegin";
const atHome: readonly string[] = ["UnplannedFailover", "DisableProtection", "TestFailover"];
const uncommitted: readonly string[] = [
  "CompleteMigration",
  "Commit",
  "DisableProtection",
  "ChangePit",
  "SwitchProtection",
];
const committed: readonly string[] = ["CompleteMigration", "DisableProtection", "SwitchProtection"];

/** A failover that the reprotect turns round: between regions and from VMware sites. */
const unplanned: readonly VerbEffect[] = [
  { verb: "unplannedFailover", protectionState: pending, offers: uncommitted },
  { verb: "changeRecoveryPoint", offers: uncommitted },
];

const reprotected = (offers: readonly string[]): readonly VerbEffect[] => [
  { verb: "reprotect", reversed: true, protectionState: "Protected", offers: atHome },
  { verb: "reprotect", protectionState: "Protected", offers },
];

const betweenRegions: readonly VerbEffect[] = [
  ...drills(atHome),
  ...unplanned,
  { verb: "commit", protectionState: "UnplannedFailoverCommitted", offers: committed },
  { verb: "reprotect", protectionState: "Protected", offers: atHome },
];

const fromAzureByAppliance: readonly string[] = ["PlannedFailover", "DisableProtection"];

const vmwareByAppliance: readonly VerbEffect[] = [
  { verb: "resynchronize", reversed: true, offers: fromAzureByAppliance },
  ...drills(atHome),
  ...unplanned,
  {
    verb: "plannedFailover",
    protectionState: "CommitPendingStatesBegin",
    offers: [
      "CompleteMigration",
      "Commit",
      "DisableProtection",
      "SwitchProtection",
      "CancelFailover",
    ],
  },
  { verb: "cancelFailover", protectionState: "Protected", offers: fromAzureByAppliance },
  {
    verb: "commit",
    reversed: true,
    protectionState: "PlannedFailoverStatesBegin",
    offers: committed,
  },
  { verb: "commit", protectionState: "UnplannedFailoverCommitted", offers: committed },
  ...reprotected(fromAzureByAppliance),
];

const fromAzureClassic: readonly string[] = ["UnplannedFailover", "DisableProtection"];

const vmwareByConfigurationServer: readonly VerbEffect[] = [
  { verb: "resynchronize", reversed: true, offers: fromAzureClassic },
  ...drills(atHome),
  ...unplanned,
  { verb: "commit", protectionState: "UnplannedFailoverCommitted", offers: committed },
  ...reprotected(fromAzureClassic),
];

const planned = "PlannedFailoverCommitRequired";
const hyperVProtected: readonly string[] = [
  "PlannedFailover",
  "UnplannedFailover",
  "DisableProtection",
  "TestFailover",
];
const inAzure: readonly string[] = [
  "CompleteMigration",
  "Commit",
  "DisableProtection",
  "ChangePit",
];
const committedInAzure: readonly string[] = ["CompleteMigration", "DisableProtection", "Failback"];

const hyperVToAzure: readonly VerbEffect[] = [
  ...drills(hyperVProtected),
  {
    verb: "plannedFailover",
    away: true,
    protectionState: planned,
    offers: ["Commit", "DisableProtection"],
  },
  { verb: "plannedFailover", protectionState: planned, offers: inAzure },
  { verb: "unplannedFailover", protectionState: pending, offers: inAzure },
  { verb: "changeRecoveryPoint", offers: inAzure },
  {
    verb: "commit",
    away: false,
    protectionState: "RestoreFinalized",
    offers: ["ReverseReplicate", "DisableProtection"],
  },
  {
    verb: "commit",
    after: planned,
    protectionState: "PlannedFailoverStatesBegin",
    offers: committedInAzure,
  },
  { verb: "commit", protectionState: "UnplannedFailoverCommitted", offers: committedInAzure },
  { verb: "reprotect", protectionState: "Protected", offers: hyperVProtected },
];

const atOtherSite: readonly string[] = [
  "CompleteMigration",
  "ReverseReplicate",
  "Commit",
  "DisableProtection",
  "ChangePit",
];
const committedAtOtherSite: readonly string[] = [
  "CompleteMigration",
  "ReverseReplicate",
  "DisableProtection",
];

const betweenVmmSites: readonly VerbEffect[] = [
  ...drills(hyperVProtected),
  { verb: "plannedFailover", protectionState: planned, offers: atOtherSite },
  { verb: "unplannedFailover", protectionState: pending, offers: atOtherSite },
  {
    verb: "commit",
    after: planned,
    protectionState: "PlannedFailoverStatesBegin",
    offers: committedAtOtherSite,
  },
  { verb: "commit", protectionState: "UnplannedFailoverCommitted", offers: committedAtOtherSite },
  { verb: "reprotect", protectionState: "Protected", offers: hyperVProtected },
];

/** The states after each verb, by scenario (site-recovery reference, 6.1 to 6.6). The first that fits counts. */
export const verbEffects: Readonly<Record<Scenario, readonly VerbEffect[]>> = {
  AzureToAzure: betweenRegions,
  VmwareToAzure: vmwareByAppliance,
  VmwareToAzureClassic: vmwareByConfigurationServer,
  HyperVToAzure: hyperVToAzure,
  VmmToAzure: hyperVToAzure,
  VmmToVmm: betweenVmmSites,
  VmmToVmmSan: [],
  VmwareToVmwareScout: [],
  ClassicPortal: [],
};
