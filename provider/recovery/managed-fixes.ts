/**
 * What an action may put right by itself before its verb, when its inputs allow it: start the machine in
 * Azure, power off the machine at the site, commit the failover.
 */
export type ManagedFix = "startAzureMachine" | "powerOffSource" | "commit";

/** What a failback may put right by itself before it shuts the machine in Azure down. */
export type FailbackFix = Extract<ManagedFix, "startAzureMachine">;
