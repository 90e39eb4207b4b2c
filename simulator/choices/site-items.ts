import type { Choice } from "../choices.ts";

/** Choices about protected machines of VMware sites and physical servers. */
export const SITE_ITEM_CHOICES: readonly Choice[] = [
  {
    id: "CH-CLASSIC-UPEND",
    what: "A classic item after a failover, either way: UnplannedFailoverCommitPendingStatesBegin, Recovery, [CompleteMigration, Commit, DisableProtection, ChangePit, SwitchProtection]; its reprotect before the commit is 202 and a failed job (25038).",
    why: "Never read between failover and commit; 25038 is recorded for Hyper-V, the rule is documented.",
  },
  {
    id: "CH-RCM-FAILED-BACK",
    what: "The commit of a modernized failback leaves PlannedFailoverStatesBegin, Recovery, [CompleteMigration, DisableProtection, SwitchProtection].",
    why: "Never read; reference 6.3.",
  },
  {
    id: "CH-CLASSIC-PROVIDER",
    what: "primaryFabricProvider of a configuration server: VMwareFabric.",
    why: "The field is newer than the classic recordings; named as those of other fabrics.",
  },
  {
    id: "CH-CLASSIC-BODY",
    what: "Bodies of InMageAzureV2 and InMage items: every published field in its published order; flags as texts.",
    why: "Only some of their fields were recorded.",
  },
  {
    id: "CH-CLASSIC-STAGE",
    what: "protectionStage of a classic item and its disks: InitialSync while copying, then DifferentialSync.",
    why: "Only the second was recorded.",
  },
  {
    id: "CH-CLASSIC-ACCOUNTS",
    what: "A classic item needs targetAzureV2ResourceGroupId and a log or storage account, for all disks or for each; useManagedDisks is True unless a storage account is given.",
    why: "Optional in the model, sent by all recorded clients.",
  },
  {
    id: "CH-SITE-ENABLE",
    what: "Protecting a machine that is off or gone (SIM-MACHINE-OFF, SIM-MACHINE-GONE), or through a server without heartbeat (SIM-NO-HEARTBEAT): 202 and a failed job.",
    why: "The agent is installed from the server; no refusal was recorded.",
  },
  {
    id: "CH-SITE-REGION",
    what: "targetLocation is the region of the target network, else of the resource group.",
    why: "One region was recorded.",
  },
  {
    id: "CH-SITE-SIZE",
    what: "Without a size the smallest one that has the machine's processors and memory.",
    why: "Recorded: Standard_F4s_v2 for 4 processors and 4 GiB.",
  },
  {
    id: "CH-SITE-SHUTDOWN",
    what: "A machine of a site is not shut down where performShutdown is false (modernized), sourceSiteOperations NotRequired (classic), or the site's server is silent: then the shutdown task is Failed and the failover goes on.",
    why: "Documented as best effort; a failing one was not recorded.",
  },
  {
    id: "CH-SITE-GROUP",
    what: "A member of a replication group of a site may fail over and be reprotected alone.",
    why: "Documented for region to region as impossible, for VMware each machine goes to its own latest point; plans cannot reprotect.",
  },
  {
    id: "CH-SITE-POINTS",
    what: "Recovery points of items that replicate to their site have {instanceType, isMultiVmSyncPoint}; commits remove them.",
    why: "No details are published for that way, and none was recorded.",
  },
  {
    id: "CH-DISCOVERED-VM",
    what: "discoveredVmDetails shows the machine as it is at this minute; null on physical servers and, as recorded, on the way back.",
    why: "Discovery lags up to 30 minutes; how much was not recorded.",
  },
  {
    id: "CH-AGENT-REFUSALS",
    what: "A reprotect of a machine that does not run fails with 78093, of one whose agent has not registered with 95226; in both directions and generations.",
    why: "The codes are documented, which of them is given when is not.",
  },
  {
    id: "CH-DATASTORE-REACH",
    what: "A reprotect to a site fails with 8061 if the server that writes does not see the machine's own datastore, or the one that is given where that decides (modernized: always; classic: if the machine is gone).",
    why: "The code is documented; classic ignores the name while the machine exists.",
  },
  {
    id: "CH-MASTER-TARGET",
    what: "A master target of another operating system, without the retention volume, or with more than 60 disks fails a reprotect with SIM-MASTER-TARGET; a silent server with SIM-NO-HEARTBEAT.",
    why: "Documented conditions without a published code.",
  },
  {
    id: "CH-SEED-DISKS",
    what: "Seed disks exist in Compute from the end of EnableDr until disable or the reprotect to the site; a reprotect to Azure makes new ones.",
    why: "Their ids are recorded, their life is not.",
  },
  {
    id: "CH-FAILBACK-DISKS",
    what: "isInitialReplicationComplete of disks on their way back stays false until half an hour after the first copy.",
    why: "Recorded false on a protected item (V2A_RCMInMage.162).",
  },
  {
    id: "CH-FAILBACK-STOPS",
    what: "A failback always stops (deallocates) the VM in Azure and boots the machine on premises, whatever sourceSiteOperations says.",
    why: "Documented for both generations.",
  },
  {
    id: "CH-FAILBACK-FAILED",
    what: "A failback whose machine cannot start (8038) leaves the item as it was and the VM in Azure running.",
    why: "Never recorded; an item whose state did not change should not be left without a running machine.",
  },
  {
    id: "CH-FAILBACK-COMMIT",
    what: "The commit of a failback removes the VM in Azure with its disks and network interfaces; a reprotect that commits by itself does too.",
    why: "Documented for the VM; what is left of it would only cost.",
  },
  {
    id: "CH-CANCELLED-FAILBACK",
    what: "A cancelled failback switches the machine on premises off, starts the one in Azure and goes on replicating; lastPlannedFailoverStatus is Cancelled.",
    why: "Job and offered operations are known, the rest is not.",
  },
  {
    id: "CH-NEW-SITE-MACHINE",
    what: "A machine that was deleted on premises, and a physical server, come back as a new machine on the host of the master target or appliance and in the datastore that was given; the item then follows it.",
    why: "Documented; ids of the new machine were not recorded.",
  },
  {
    id: "CH-NO-SUCH-POINT",
    what: "A failback to an application-consistent point that does not exist fails with SIM-NO-POINT before anything is stopped.",
    why: "Never recorded.",
  },
  {
    id: "CH-MOBILITY",
    what: "updateMobilityService succeeds while the machine runs on premises and is heard, else fails with 559 and 95222; it changes nothing, agents of sites are current.",
    why: "Only the failure was recorded.",
  },
  {
    id: "CH-PLAN-KINDS",
    what: "A plan of machines of sites offers what their kinds at present do: [UnplannedFailover, TestFailover], on the way back [PlannedFailover] (modernized) or [UnplannedFailover] (classic); Commit and CancelFailover while a machine offers them; replicationProviders are their kinds.",
    why: "Recorded for InMageRcm and Hyper-V at rest only; [PlannedFailover] after a cancel is published.",
  },
  {
    id: "CH-PLAN-MACHINE",
    what: "A plan that calls a modernized machine by a virtualMachineId other than its internalIdentifier, or a Hyper-V machine by another than its vmId: 400 SIM-INVALID-INPUT.",
    why: "Recorded clients send the identifier; what another one does is unknown.",
  },
];
