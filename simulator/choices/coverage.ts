import type { Choice } from "../choices.ts";

/** Choices about the operations of scenarios that are not played, and about the health of a replication. */
export const COVERAGE_CHOICES: readonly Choice[] = [
  {
    id: "CH-OTHER-SCENARIOS",
    what: "Operations of other scenarios: lists are empty, objects are absent (404), what an Azure fabric, container or item does not take is refused at once with 400 and SIM-NOT-SUPPORTED.",
    why: "The answers of Azure fabrics to them were not recorded.",
  },
  {
    id: "CH-FABRIC-ACTIONS",
    what: "An Azure fabric takes checkConsistency, migratetoaad, renewCertificate (its items' agent certificates are good for three years again) and refreshProvider; reassociateGateway, removeInfra and the removal of its provider are 202 and a failed job (SIM-NO-SUCH-SERVER, SIM-PROVIDER-OF-SERVICE).",
    why: "The jobs are recorded for fabrics with servers of their own only; other refusals came that way.",
  },
  {
    id: "CH-INTENT",
    what: "A protection intent uses what the vault has for its two regions (fabrics, a mapping, network mappings) and makes what lacks at once, named asr-a2a-default-REGION and so on; its job is the EnableDr of an item that bears the intent's name. Without a policy: 24-hour-retention-policy (1440 minutes, no application-consistent points). Without a cache account or a network one is made. A refused intent makes nothing.",
    why: "The published text says what is asked for, neither how it is named nor by which jobs it comes to be.",
  },
  {
    id: "CH-INTENT-AGAIN",
    what: "PUT of an intent whose item still exists answers with it and starts nothing; for another machine it is refused (SIM-EXISTS). Both regions the same: 400 SIM-NOT-SUPPORTED.",
    why: "Never recorded.",
  },
  {
    id: "CH-FABRIC-DETAILS",
    what: "$filter of one fabric (`locationDetails eq 'true'` and the like) adds zones, extendedLocations or locationDetails to its customDetails, one entry for each different pair of its items.",
    why: "The names are published, an answer with them is not.",
  },
  {
    id: "CH-HEARTBEAT",
    what: "A source that says nothing for 15 minutes: 547000, replication health Warning; after 60 minutes without a point 153007, Critical.",
    why: "547000 is recorded without its level and delay; 15 minutes is what agents take to register.",
  },
  {
    id: "CH-APP-CONSISTENT",
    what: "Where the policy wants application-consistent points, none for more than three times their frequency is 153006, a warning.",
    why: "The code is documented, its delay and level are not.",
  },
  {
    id: "CH-AGENT",
    what: "An outdated agent: version 9.48.6349.1, isReplicationAgentUpdateRequired true, agentExpiryDate 60 days after it became outdated, SIM-AGENT-OUTDATED with category VersionExpiry, replication health Warning; from that date on SIM-AGENT-EXPIRED, Critical, and it still replicates.",
    why: "The category is published, codes and delays are not.",
  },
  {
    id: "CH-CHURN",
    what: "Churn is shared among the disks by size; it waits in the cache account until the next point, and at the agent while the source is silent.",
    why: "Only the values of an idle machine were recorded.",
  },
  {
    id: "CH-IR-DISKS",
    what: "Disks of a machine are copied side by side at one speed: the largest ends with the initial replication, smaller ones before.",
    why: "No body of a machine with several disks was recorded in that phase.",
  },
  {
    id: "CH-RESYNC",
    what: "A resynchronization that is due: resyncRequired on item and disks, 324510, replication health Critical, RepairReplication offered; repairing copies anew.",
    why: "324510 is recorded; what A2A offers then is not.",
  },
  {
    id: "CH-POINT-FIRST",
    what: "The first recovery point appears when initial replication has been processed: five minutes after its end.",
    why: "Only the state `Waiting for first recovery point` is recorded, not its length.",
  },
  {
    id: "CH-IR-TIME",
    what: "Initial replication takes one minute per 8 GiB of protected disk, at least 2 and at most 30 minutes.",
    why: "Long enough to be seen, short enough to rehearse.",
  },
  {
    id: "CH-IR-PERCENT",
    what: "monitoringPercentageCompletion is refreshed every five minutes and keeps its last value on a protected item.",
    why: "Recorded lingering at 0 and 43.",
  },
  {
    id: "CH-IR-FIELDS",
    what: "Until the first point: no heartbeat-independent values (rpoInSeconds, lastRpoCalculatedTime null), failoverHealth Normal, no health errors; disks say InitialReplicationInProgress.",
    why: "No A2A body of that phase is among the samples.",
  },
  {
    id: "CH-RPO",
    what: "rpoInSeconds is the age of the newest crash-consistent point plus a minute, recalculated every two minutes; heartbeats come every minute.",
    why: "Recorded values (114, 393) lie in that range.",
  },
];
