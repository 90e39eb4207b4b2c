import type { CheckFailure, Handler } from "../../handler.ts";
import { hasUnknown } from "../../unknown.ts";
import { createManagedServerHandler } from "./managed-server/handler.ts";
import type { ManagedServerInputs, ManagedServerOutputs } from "./managed-server/types.ts";

/** The disk that a master target gets for retention data. */
export interface RetentionDisk {
  /**
   * Size in GiB; the guide asks for 1024. A disk that is there is not resized.
   * @defaultValue 1024
   */
  readonly sizeGiB?: number;
  /** Name of a datastore of the master target's host. */
  readonly datastore: string;
}

/**
 * A master target server of a classic VMware site: it takes the data of machines that come back from Azure.
 * Preview looks at its virtual machine and at Azure, says what is not fit for a failback, and what of it will be
 * mended; `pulumi up` mends that, and nothing else, and waits until Azure lists the server with its datastores and
 * its volume for retention data. Destroying it takes back what it added, once no machine returns through it.
 *
 * @example
 * ```ts
 * const target = new asr.MasterTargetServer("mt-linux", {
 *     fabric: site.fabricId,
 *     manage: ["diskUuid", "reboot", "snapshots", "storageDrs", "retentionDisk"],
 *     retentionDisk: { datastore: "ds1" },
 * });
 * ```
 */
export interface MasterTargetServerInputs extends ManagedServerInputs {
  /** System that the server is expected to have; another one stops it. */
  readonly osType?: "Linux" | "Windows";
  /**
   * Volume for retention data.
   * @defaultValue `/mnt/retention` on Linux, `R` on Windows
   */
  readonly retentionVolume?: string;
  /**
   * What may be mended at its virtual machine: `snapshots` merges all of them, `diskUuid` sets `disk.EnableUUID`,
   * which needs the machine off, `reboot` allows to shut it down and turn it on again for that,
   * `retentionDisk` adds the disk of that name, `storageDrs` excludes it from Storage DRS.
   */
  readonly manage?: readonly (
    | "diskUuid"
    | "retentionDisk"
    | "snapshots"
    | "storageDrs"
    | "reboot"
  )[];
  /** The disk that `retentionDisk` adds; formatting it in the guest is a person's step, and is waited for. */
  readonly retentionDisk?: RetentionDisk;
  /**
   * How long it is waited for until Azure lists the server as ready, as an ISO 8601 duration.
   * @defaultValue PT20M
   */
  readonly timeout?: string;
}

/** What is recorded of a master target server. */
export interface MasterTargetServerState extends MasterTargetServerInputs, ManagedServerOutputs {
  /** Address by which the configuration server reaches it. */
  readonly address: string;
  /** Its system as Azure tells it. */
  readonly system: string;
}

/** The handler of `MasterTargetServer`. */
export const masterTargetServerHandler: Handler<MasterTargetServerInputs, MasterTargetServerState> =
  createManagedServerHandler<MasterTargetServerInputs, MasterTargetServerState>({
    type: "MasterTargetServer",
    noun: "master target",
    generation: "classic",
    collection: "masterTargetServers",
    timeout: "PT20M",
    problems: retentionDiskProblems,
    outputs: ({ situation: { masterTarget } }) => ({
      address: masterTarget?.address ?? "",
      system: masterTarget?.osType ?? "",
    }),
  });

function retentionDiskProblems({
  manage,
  retentionDisk,
}: MasterTargetServerInputs): readonly CheckFailure[] {
  if (hasUnknown(manage) || hasUnknown(retentionDisk)) return [];
  const isManaged = manage?.includes("retentionDisk") === true;
  if (isManaged && retentionDisk === undefined) {
    return [
      {
        path: "retentionDisk",
        reason:
          'is missing, and manage allows to add it. Name the datastore: retentionDisk: { datastore: "…" }.',
      },
    ];
  }
  const size = retentionDisk?.sizeGiB;
  return size !== undefined && !(Number.isInteger(size) && size >= 1 && size <= 62 * 1024)
    ? [
        {
          path: "retentionDisk.sizeGiB",
          reason: `${size} is no size of a disk. Give whole GiB from 1 to ${62 * 1024}.`,
        },
      ]
    : [];
}
