import type { ProtectedItem } from "../item.ts";

/** Forgets what a Hyper-V replication had to do yet: a failover has ended it, and the next one begins anew. */
export function forgetReplication(item: ProtectedItem): void {
  const part = item.hyperV;
  if (!part) return;
  item.replication.resyncRequired = false;
  part.replicationType = "InitialReplication";
  delete part.log;
  delete part.trouble;
  delete part.resynchronization;
  delete part.resynchronizesAt;
}
