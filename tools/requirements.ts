/**
 * The demands that the product was built for, as data: what each id stands for, and which areas are
 * finished. Tests name the ids they prove in their titles; tools/trace.ts holds the two together.
 */

/** One demand, in a sentence of our own. */
export interface Requirement {
  /** Stable id, such as `A-08`: the letter of its area and two digits. */
  readonly id: string;
  readonly summary: string;
}

/** Demands that belong together and are finished together. */
export interface RequirementArea {
  readonly letter: string;
  readonly title: string;
  /** When true, an id without a test is an error. */
  readonly done: boolean;
  readonly requirements: readonly Requirement[];
}

/** Numbers the sentences of an area: the first one becomes `A-01`. */
function area(
  letter: string,
  title: string,
  done: boolean,
  sentences: readonly string[],
): RequirementArea {
  const requirements = sentences.map((summary, index) => ({
    id: `${letter}-${String(index + 1).padStart(2, "0")}`,
    summary,
  }));
  return { letter, title, done, requirements };
}

/** Every area, in the order in which they are listed. Append sentences, never reorder them. */
export const requirementAreas: readonly RequirementArea[] = [
  area("A", "Azure VMs, region to region", true, [
    "A replicated VM fails over to the other region: preview shows it, up performs it.",
    "Preview warns before a failover when no drill was completed.",
    "The VM's properties are checked against Azure's requirements before a drill or a failover.",
    "The recovery point is the latest, the latest processed or a chosen one; preview names it and its age.",
    "The source is shut down first if asked; a failed shutdown is a warning and the failover goes on.",
    "The tasks of a job are visible while it runs.",
    "Between failover and commit the recovery point can be changed by an update.",
    "Committing removes the item's recovery points; changing the point afterwards is refused at preview.",
    "A reprotect needs a committed failover and a reachable primary region that takes the resources.",
    "The direction of a reprotect is derived, never asked for.",
    "Preview of a reprotect lists the target's resources and marks each as existing or new.",
    "A reprotect is done when the item is protected again, not when its job ends.",
    "A failback is a failover in reverse; after the last reprotect the full cycle leaves no diff.",
  ]),
  area("V", "VMware and physical machines: failback", true, [
    "Failback needs a process server, an on-premises master target and a private connection.",
    "Every machine is reprotected towards the site and has at least one recovery point.",
    "Preview shows that the failover starts from Azure.",
    "The point is the latest or an application-consistent one; preview tells which and what it costs.",
    "The failback stops the Azure VMs.",
    "The Azure VMs are seen stopped before the commit is offered or performed.",
    "The commit removes the Azure VM; its preview names the VM.",
    "After failback of a Windows VM its VMware Tools are checked.",
    "After the commit the VM is on-premises and unprotected until a reprotect to Azure.",
    "Reprotect waits within a deadline for the agent to register and says what it waits for.",
    "After that reprotect another failover to Azure is possible and the stack shows no diff.",
  ]),
  area("R", "Reprotect from Azure to a site", true, [
    "Process servers and master targets are resources; creating one makes it fit or says what a person must do.",
    "Reprotect takes master target, process server, datastore and retention drive; the failback policy is found.",
    "An existing VM is recovered into; a deleted one is created anew, and preview tells which.",
    "Reprotect works for one machine and for a plan; a replication group goes only through a plan, with one master target.",
    "The on-premises VM is off during reprotect and stays off: checked and reported.",
    "No failback after a completed migration, a moved VM or a deleted Azure VM: refused at preview.",
  ]),
  area("S", "Scenarios and their components", true, [
    "VMware VMs to Azure.",
    "Physical servers to Azure, back only to VMware.",
    "Hyper-V VMs without VMM to Azure.",
    "Hyper-V VMs in VMM clouds to Azure, with network mapping.",
    "VMware VMs or physical servers to a second VMware site.",
    "Hyper-V VMs in VMM clouds to a second site.",
    "Hyper-V VMs in VMM clouds to a second site, with SAN replication.",
    "Migration of Azure VMs between regions, without a way back.",
    "Migration of AWS Windows instances to Azure, without a way back.",
    "Azure VMs between regions.",
  ]),
  area("H", "Life cycle of Hyper-V protection", true, [
    "Enabling protection follows its job until initial replication has started.",
    "The progress of initial replication is visible.",
    "An item counts as protected only after finalize, and can be drilled from then on.",
    "Delta replication follows the policy.",
    "An item marked for resynchronization is recognised and can be resynchronized by hand.",
    "Recoverable replication errors are retried; irrecoverable ones show as critical health.",
    "A planned failover shuts the source down first, so that nothing is lost.",
    "An unplanned failover goes on without the source.",
    "Failback runs when the primary is back; reverse replication starts by itself or by hand.",
  ]),
  area("P", "Product", true, [
    "Preview shows per machine what an action will do before it happens.",
    "Blockers fail the preview, all in one run and with remedies; warnings never block; waivers are recorded.",
    "Running again after any interruption follows the running job and starts no second one.",
    "Destroying or replacing a resource never moves a workload by accident.",
    "A failover done outside Pulumi is recognised and named on refresh, never answered by a replacement.",
    "Errors carry the service's cause and remedy, the resource and the next step.",
    "Secrets never reach state, logs or error texts.",
  ]),
  area("Q", "Safety", true, [
    "A run that is interrupted at any request, because the provider, the engine or the terminal dies, is finished by the next `pulumi up` (after `pulumi cancel` where the engine asks for it): nothing is started twice, nothing is lost.",
    "A provider whose engine is gone stops before its next verb.",
    "With any fault of the service, or of the way to it, at any request, a run ends well or in one clear error after which the next run ends well.",
    "When machines of a recovery plan or a set fail, the others go on or stop by `onFailure`; the state keeps each machine's outcome; the next run treats only what is left, and preview shows exactly that.",
    "What was done outside Pulumi is named by refresh, with its job and time; preview proposes the legal way forward; nothing is re-created or re-protected by itself.",
    "An interrupted action stays visibly unfinished after a refresh.",
    "`expect` is compared again at the moment of action.",
    "`protect`, `retainOnDelete`, replacement and rename of action resources move nothing.",
    "Of two runs at once against one machine one acts; the other attaches to its job or stops.",
    "Any input is answered by failures or by inputs: a check throws nothing and always ends.",
    "Any world file, any request to the simulator and any answer of a vCenter is answered by an error or a result: nothing crashes or hangs.",
    "No secret reaches state, logs, journal, error texts or the simulator's state file.",
    "Run-time dependencies run no install scripts, their licences are listed, and the packed package holds no more than it needs.",
  ]),
];
