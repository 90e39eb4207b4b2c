import type { VsphereMachineView } from "./on-premises-situation.ts";

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
  /**
   * ARM id of the machine in Azure; absent when it was not known. After a classic reprotect the service does
   * not tell it any more, and a failback has to see that machine stopped before its commit.
   */
  readonly azureMachineId?: string;
  /** Classic: address of the configuration server then; absent where there is none. */
  readonly configurationServerAddress?: string;
}

/** The folder's name inside a datastore path: `mt-linux` of `[ds1] mt-linux/mt-linux.vmx`. */
const folderOf = (file: string): string => /^\[[^\]]*\]\s*([^/]*)\//.exec(file)?.[1] ?? "";

/** The datastore's name of a path: `ds1` of `[ds1] mt-linux/mt-linux.vmx`. */
const datastoreOf = (file: string): string => /^\[([^\]]*)\]/.exec(file)?.[1] ?? "";

/**
 * Where a server lies now; undefined when its vCenter does not show it. Only its own disks count: those of
 * the machines that it carries come and go, and they lie in other folders.
 */
export function placementOf(
  vcenter: string,
  view: VsphereMachineView,
  configurationServerAddress = "",
): ServerPlacement | undefined {
  const { machine } = view;
  if (machine === undefined) return undefined;
  const folder = folderOf(machine.configurationFile);
  const diskFiles = machine.disks
    .map((disk) => disk.fileName)
    .filter((file) => folderOf(file) === folder);
  const files = [machine.configurationFile, ...diskFiles];
  return {
    vcenter,
    machine: machine.name,
    instanceUuid: machine.instanceUuid,
    configurationFile: machine.configurationFile,
    datastores: [...new Set(files.map(datastoreOf))].filter((each) => each !== ""),
    diskFiles,
    ...(configurationServerAddress === "" ? {} : { configurationServerAddress }),
  };
}

/** What has moved since a placement was recorded, one text each; empty when nothing has. */
export function movesSince(recorded: ServerPlacement, view: VsphereMachineView): readonly string[] {
  const { machine, datastores } = view;
  if (machine === undefined) return [];
  const moves: string[] = [];
  if (recorded.configurationFile !== "" && machine.configurationFile !== recorded.configurationFile)
    moves.push(`${recorded.configurationFile} is now ${machine.configurationFile}`);
  const files = machine.disks.map((disk) => disk.fileName);
  moves.push(
    ...recorded.diskFiles
      .filter((file) => !files.includes(file))
      .map((file) => `${file} is not attached any more`),
  );
  const names = datastores
    .filter((each) => machine.datastoreReferences.includes(each.reference))
    .map((each) => each.name);
  const left = recorded.datastores.filter((name) => !names.includes(name));
  // A vCenter that shows none of its datastores says nothing about them.
  if (moves.length === 0 && names.length > 0 && left.length > 0)
    moves.push(`it has left ${left.join(", ")} for ${names.join(", ")}`);
  return moves;
}
