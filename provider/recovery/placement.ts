/**
 * Where the server that carries a machine's data back lay when the machine was reprotected: the master
 * target (classic) or the appliance (modernized). The protected machine's disks hang on that server, so
 * that moving it with Storage vMotion breaks the failback.
 */
export interface ServerPlacement {
  /** Name of the vCenter under `asr:vcenters`. */
  readonly vcenter: string;
  /** Name of the server's virtual machine. */
  readonly machine: string;
  /** Instance UUID of the server's virtual machine. */
  readonly instanceUuid: string;
  /** Path of its configuration file, such as `[ds1] mt-linux/mt-linux.vmx`. */
  readonly configurationFile: string;
  /** Names of the datastores it lies on. */
  readonly datastores: readonly string[];
  /** Files of its own disks, such as `[ds1] mt-linux/mt-linux.vmdk`. */
  readonly diskFiles: readonly string[];
}
