import type { Handler } from "../../handler.ts";
import { hasUnknown } from "../../unknown.ts";
import { createManagedServerHandler } from "./managed-server/handler.ts";
import type { ManagedServerInputs, ManagedServerOutputs } from "./managed-server/types.ts";

/**
 * A replication appliance of a modernized VMware site: it replicates machines to Azure and takes their data back.
 * It registers itself; this resource waits until Azure lists it, healthy and with a heartbeat. Destroying it takes
 * back an exclusion from Storage DRS that it made, and forgets the appliance otherwise.
 *
 * @example
 * ```ts
 * const appliance = new asr.ReplicationAppliance("appliance-1", {
 *     fabric: "recovery-vmwarefabric",
 *     manage: ["storageDrs"],
 * });
 * ```
 */
export interface ReplicationApplianceInputs extends ManagedServerInputs {
  /** What may be mended at its virtual machine: `storageDrs` excludes it from Storage DRS, which would move it. */
  readonly manage?: readonly "storageDrs"[];
  /**
   * How long it is waited for until Azure lists the appliance as healthy, as an ISO 8601 duration.
   * @defaultValue PT20M
   */
  readonly timeout?: string;
}

/** What is recorded of a replication appliance. */
export interface ReplicationApplianceState
  extends ReplicationApplianceInputs,
    ManagedServerOutputs {
  /** Its name in the network, as Azure tells it. */
  readonly fullyQualifiedName: string;
}

/** The handler of `ReplicationAppliance`. */
export const replicationApplianceHandler: Handler<
  ReplicationApplianceInputs,
  ReplicationApplianceState
> = createManagedServerHandler<ReplicationApplianceInputs, ReplicationApplianceState>({
  type: "ReplicationAppliance",
  noun: "replication appliance",
  generation: "modernized",
  collection: "replicationAppliances",
  timeout: "PT20M",
  problems: ({ manage = [] }) =>
    hasUnknown(manage)
      ? []
      : manage.flatMap((each: string, index) =>
          each === "storageDrs"
            ? []
            : [{ path: `manage[${index}]`, reason: `"${each.slice(0, 60)}" is not storageDrs.` }],
        ),
  outputs: ({ situation: { appliance } }) => ({ fullyQualifiedName: appliance?.fqdn ?? "" }),
});
