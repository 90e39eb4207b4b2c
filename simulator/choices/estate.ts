import type { Choice } from "../choices.ts";

/** Choices about on-premises sites: their servers, machines, vCenters and set-up. */
export const ESTATE_CHOICES: readonly Choice[] = [
  {
    id: "CH-SITE-NAMES",
    what: "The fabric of a configuration server is named as the server, that of a vault's appliances {vault}-vmwarefabric, unless the world says otherwise; containers cloud_{internalIdentifier} and {vault}replicationcontainer.",
    why: "Recorded names are hashes or made from the vault's name; clients must read them.",
  },
  {
    id: "CH-CLASSIC-FABRIC",
    what: "customDetails of a configuration server: every published field, loads of an idle computer, services Running or Stopped, versionStatus UpToDate, sizes of datastores in GiB as text.",
    why: "No fabric of type VMware was recorded.",
  },
  {
    id: "CH-SITE-HEARTBEAT",
    what: "A server that is told to be silent, or whose machine is off or deleted, is Critical with SIM-NO-HEARTBEAT and Disconnected or Stopped after 15 minutes; its fabric is Critical if it is the main server, else Warning.",
    why: "Only healthy servers were recorded.",
  },
  {
    id: "CH-DATASTORES",
    what: "A master target or appliance shows the VMFS and vSAN datastores of its machine's host; none while the vCenter's account is readOnly, VMware Tools do not run in it, or it is off.",
    why: "Documented conditions; how the service lists other types was not recorded.",
  },
  {
    id: "CH-RETENTION",
    what: "A retention volume that is added while the simulator runs is listed after 15 minutes, or at once after refreshProvider.",
    why: "Documented as up to 15 minutes.",
  },
  {
    id: "CH-REFRESH",
    what: "refreshProvider makes known what the server would have told of later: retention volumes and machines of vCenters.",
    why: "The job is recorded, its effect documented only.",
  },
  {
    id: "CH-VCENTER",
    what: "Machines of an added vCenter are known five minutes after its job; discoveryStatus Pending, then Completed, or Failed with SIM-VCENTER-UNREACHABLE where no vCenter of the world has the address.",
    why: "Pending is the published example's word; the documents say at most 30 minutes.",
  },
  {
    id: "CH-PROTECTABLE",
    what: "Machines of a configuration server: discoveryType VMware or Physical, poweredOn On or Off, provider InMageAzureV2; an empty page ends each list. Fabrics of appliances list none.",
    why: "Form of Hyper-V machines recorded, fields published; modernized clients read Microsoft.OffAzure.",
  },
  {
    id: "CH-OFF-AZURE",
    what: "Sites, machines, runAsAccounts and vcenters of Microsoft.OffAzure can be read in their published form; nothing there can be written.",
    why: "Recorded are only the ids.",
  },
  {
    id: "CH-PHYSICAL",
    what: "discoverProtectableItem finds the physical server of the world with that address and operating system if it runs; else the job fails with 559 and 95222.",
    why: "The failure is recorded, its causes are not.",
  },
  {
    id: "CH-REASSOCIATE",
    what: "reassociateGateway moves the machines named by protectable item, item, id or friendly name; all, and the vCenters, with SystemLevel or without names.",
    why: "The job is recorded, the published example names machines only; the service's PowerShell sends names of protectable items.",
  },
  {
    id: "CH-MAPPING-KIND",
    what: "A mapping whose policy is not of its direction's kind: 202 and a failed job (SIM-POLICY-KIND). Classic mappings have no providerSpecificDetails.",
    why: "Never recorded; other refusals came that way.",
  },
  {
    id: "CH-POLICY-OF-SERVICE",
    what: "crashconsistency-policy-failback is there with the first appliance; changing or deleting it fails its job (SIM-POLICY-OF-SERVICE).",
    why: "Its name is recorded; the documents say that it cannot be edited.",
  },
  {
    id: "CH-SITE-CONTAINER",
    what: "A site has one container, which comes and goes with its fabric; a PUT of another one fails its job (SIM-EXISTS). VMM servers bring one for each cloud; containers of Hyper-V are not removed by clients either (SIM-CONTAINER-OF-SITE).",
    why: "Documented: containers of sites are not made by clients.",
  },
  {
    id: "CH-AGENT-REGISTRATION",
    what: "The agent of a machine registers five virtual minutes after the boot of the machine or of its copy in Azure (knob and world: agentRegistersAfterMinutes, never).",
    why: "Documented as up to 15 minutes.",
  },
  {
    id: "CH-UPDATE-APPLIANCE",
    what: "updateAppliance gives a modernized machine another process server and run-as account by a job UpdateAppliance.",
    why: "Published with an empty example only.",
  },
  {
    id: "CH-REMOVE-SERVER",
    what: "Removing the agent of a fabric takes the appliance out of its site, or the configuration server away with its fabric; removeInfra takes all appliances; refused (SIM-IN-USE) while machines replicate through them.",
    why: "The jobs are recorded for Hyper-V only.",
  },
  {
    id: "CH-BENCH",
    what: "Power changes of on-premises machines are written to the vCenter bench, if the world names one, without waiting for it; what happens there is not read.",
    why: "The simulator must work without a vCenter, and must not fail with one.",
  },
];
