import type { Choice } from "../choices.ts";

/** Choices about replication of Hyper-V machines by numbers, between VMM sites, and in plans. */
export const HYPER_V_REPLICATION_CHOICES: readonly Choice[] = [
  {
    id: "CH-HV-POINTS",
    what: "A Hyper-V machine has the newest point, at the interval of its policy, and one of each hour since the first.",
    why: "Policies count points in hours; their exact times were not recorded.",
  },
  {
    id: "CH-HV-LOG",
    what: "20 MiB per second of what a machine writes get through; the rest waits in logs that grow on each disk by its share of the machine's size. Nothing gets through while the host or the VMM server is silent, an error of replication lasts, or a resynchronization is due or runs. At half of the disks' size the machine is marked for resynchronization.",
    why: "Document 002 gives the half; how much passes depends on the network.",
  },
  {
    id: "CH-HV-OFFICE-HOURS",
    what: "Office hours are 06:00 to 18:00 UTC. Outside of them a marked machine is resynchronized by itself, by a job RepairVMReplication; where that is not possible it is tried again every 30 minutes, outside office hours only.",
    why: "Document 002 says outside office hours, the service's hours are not published.",
  },
  {
    id: "CH-HV-RESYNC",
    what: "A resynchronization takes half the time of the first copy; the machine stays Protected and may be failed over, initialReplicationType is Resynchronization with its share, replication health Warning. It fails (SIM-HV-RESYNC) while the cause lasts. One that an error without retries asks for is offered from the error on.",
    why: "Document 002: checksums are compared and differences sent; states were not recorded.",
  },
  {
    id: "CH-HV-PLAN-GROUPS",
    what: "rpGroupType of the groups of a plan that shut down and that copy data: RpShutdownTask and RpDataSyncTask. A machine whose shutdown fails leaves the planned failover of the plan; the others go on.",
    why: "Recorded are the task ids and names of the groups, not these types.",
  },
  {
    id: "CH-HV-PLAN-WAIT",
    what: "A plan's failback with ForSynchronization is Suspended at WaitForUserInputForFailback, the plan's status Suspended / WaitingForUserInputForFailback with no operations; with ForDownTime the task is skipped. The machines' own jobs do not wait besides.",
    why: "The job was recorded; what the plan shows while it waits was not.",
  },
  {
    id: "CH-VMM-INPUT",
    what: "Details of items between VMM sites may have the kind's own name, that of the union's base type, or the names of 2017; of their contents recoveryPointId is read. A failoverDirection that is left out is the one that starts from the active side.",
    why: "No union has a member for these kinds; recorded are names of base types.",
  },
  {
    id: "CH-VMM-ENABLE",
    what: "Protecting a machine at a second VMM site is 202 and a failed job if it is gone (SIM-MACHINE-GONE), nobody speaks for it (SIM-NO-HEARTBEAT) or its VM network is not mapped (SIM-NETWORK-MAPPING). Its replica is there, turned off, from the task CreateProtectionTarget on.",
    why: "As for VMM to Azure; no refusal was recorded.",
  },
  {
    id: "CH-VMM-STORAGE",
    what: "A replica lies in the storage classification that is mapped, and in none without a mapping.",
    why: "The mapping is optional in document 002; replicas were not recorded.",
  },
  {
    id: "CH-VMM-BODY",
    what: "Details of items between VMM sites: the published fields in their published order, interfaces with the fields of HyperVReplicaAzure, recoveryVMNetworkId the name of the replica's VM network.",
    why: "Only names of their fields are published; bodies of 2017 are not at hand.",
  },
  {
    id: "CH-VMM-REVERSE",
    what: "After a reverse replication the item is InitialReplicationInProgress on the side that runs: two minutes after a planned failover, as long as the first copy after an unplanned one; then both sides are finalized. It fails while the other side does not answer (SIM-NO-HEARTBEAT); a machine that still runs there is turned off.",
    why: "Recorded are the state before and Protected; the document says that both sides are alike after a planned failover only.",
  },
  {
    id: "CH-RETIRED",
    what: "An item of the retired kind San is readable and offers DisableProtection only; its details have nothing but the kind. A request that names the kind is refused with 400.",
    why: "SAN replication was retired with the classic portal; nothing of it is published any more.",
  },
];
