import type {
  ApplianceFacts,
  MasterTargetFacts,
  OnPremisesFabricFacts,
  ProcessServerFacts,
  RunAsAccountFacts,
} from "./on-premises.ts";

/** What the inputs of an action say of the servers of a site; names or ids, everything may be absent. */
export interface WantedServers {
  readonly processServer?: string;
  readonly masterTarget?: string;
  readonly appliance?: string;
  readonly datastore?: string;
  readonly retentionVolume?: string;
  readonly runAsAccount?: string;
  readonly cacheStorageAccount?: string;
  readonly policy?: string;
}

/** The servers and settings that a reprotect of one machine will use; what is absent could not be found. */
export interface ChosenServers {
  /** `toSite` replicates from Azure back to the site, `toAzure` from the site to Azure again. */
  readonly way: "toSite" | "toAzure";
  readonly fabric?: OnPremisesFabricFacts;
  readonly processServer?: ProcessServerFacts;
  readonly masterTarget?: MasterTargetFacts;
  readonly appliance?: ApplianceFacts;
  /** Name of the datastore; given, or the one that the machine lies on. */
  readonly datastore?: string;
  /** Name of the volume for retention data, such as `R` or `/mnt/retention`. */
  readonly retentionVolume?: string;
  readonly runAsAccount?: RunAsAccountFacts;
  /** ARM id of the storage account for the log, modernized. */
  readonly cacheStorageAccountId?: string;
  readonly policyId?: string;
  /** What was named and does not exist, or is needed and could not be found. */
  readonly problems: readonly ServerProblem[];
}

/** Why a server or setting could not be chosen. */
export interface ServerProblem {
  /** Input that would settle it, such as `masterTarget`. */
  readonly input: keyof WantedServers;
  readonly fact: string;
  readonly remedy: string;
}
