import { itemIdentity } from "../../../recovery/identity.ts";
import type { MigratedMachine } from "../../observation/migrated.ts";
import type { Run } from "../run.ts";
import { emptyMachine, putMachine } from "./machine-record.ts";
import { noteJob } from "./record.ts";

/**
 * Writes into the record a machine whose migration was complete when the run began, where a run before was killed
 * before it wrote that down; what that one saw of the machine is lost.
 */
export function noteMigratedBefore(
  { context, record }: Run,
  vaultId: string,
  { name, friendlyName, jobName, endedAt }: MigratedMachine,
): void {
  const item = itemIdentity(vaultId, name);
  if (record.machines.some((each) => each.item === item && each.status === "migrated")) return;
  context.log.warn(
    `${friendlyName}: its replication was ended by job ${jobName}${endedAt === "" ? "" : ` of ${endedAt}`}; its migration counts as complete.`,
  );
  noteJob(record, jobName);
  putMachine(record, {
    ...emptyMachine(item, friendlyName, "", ""),
    status: "migrated",
    jobs: [jobName],
  });
}
