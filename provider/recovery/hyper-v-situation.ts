import type { SiteProviderFacts } from "./hyper-v.ts";

/** Which failover is asked for: `planned` shuts the source down first and fails if it cannot, `unplanned` goes on without it. */
export type FailoverMode = "planned" | "unplanned";

/** What the inputs ask of a failover or failback beyond its recovery point; absent where nothing is asked for. */
export interface FailoverWishes {
  readonly mode?: FailoverMode;
  /** When the data of a failback from Azure are copied home: while the machine in Azure still runs, or after it was shut down. */
  readonly dataSynchronization?: "beforeDowntime" | "duringDowntime";
  /** Whether a failback from Azure makes the machine anew when its host does not have it any more. */
  readonly createMachineIfAbsent?: boolean;
  /** Name or id of the registered host that takes the machine instead of its own. */
  readonly alternateHost?: string;
  /** Whether a failback that commits also turns the replication towards Azure again. */
  readonly reverseReplicate?: boolean;
}

/** What is known of the servers of a Hyper-V site or of VMM servers; rules about Hyper-V look at it. */
export interface HyperVSituation {
  /** Agent of the machine's own host or VMM server; absent when none of the site is registered any more. */
  readonly home?: SiteProviderFacts;
  /** Agent of the VMM server of the second site; between VMM sites only, absent when it is not registered. */
  readonly second?: SiteProviderFacts;
  /** Whether a network mapping leads from the machine's VMM server to where it is replicated; absent without VMM. */
  readonly networksMapped?: boolean;
  /** The agent that `alternateHost` names; absent when none is named, or none of that name is registered. */
  readonly alternate?: SiteProviderFacts;
  /** Names of all hosts, or VMM servers, that could take a machine of this kind. */
  readonly hostNames: readonly string[];
}
