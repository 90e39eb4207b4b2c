import type { SiteProviderFacts } from "./hyper-v.ts";

/** What is known of the servers of a Hyper-V site or of VMM servers; rules about Hyper-V look at it. */
export interface HyperVSituation {
  /** Agent of the machine's own host or VMM server; absent when none of the site is registered any more. */
  readonly home?: SiteProviderFacts;
  /** Agent of the VMM server of the second site; between VMM sites only, absent when it is not registered. */
  readonly second?: SiteProviderFacts;
  /** Whether a network mapping leads from the machine's VMM server to where it is replicated; absent without VMM. */
  readonly networksMapped?: boolean;
  /** VM networks of the machine by name that no such mapping begins at; empty where the service does not tell. */
  readonly unmappedNetworks?: readonly string[];
  /** The agent that `alternateHost` names; absent when none is named, or none of that name is registered. */
  readonly alternate?: SiteProviderFacts;
  /** Names of all hosts that have registered in a Hyper-V site of the vault. */
  readonly hostNames: readonly string[];
  /** Names, in lower case, of the hosts and VMM servers that the same program waits for; known at preview only. */
  readonly comingNames: readonly string[];
}
