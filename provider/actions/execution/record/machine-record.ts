import { isoDuration } from "../../../recovery/duration-words.ts";
import { itemIdentity, nameOf } from "../../../recovery/identity.ts";
import type { ItemFacts, JobFacts } from "../../../recovery/model.ts";
import { sideName } from "../../../recovery/places.ts";
import { activeSide, passiveSide, positionOf } from "../../../recovery/position.ts";
import { isJobOf } from "../../../recovery/verbs.ts";
import type { MachineRecord } from "../../action-inputs.ts";
import type { OpenRecord } from "./record.ts";

/** The words for where a machine stands, as records use them. */
const statusWords = {
  replicating: "inProgress",
  protected: "protected",
  testing: "testing",
  failedOver: "commitPending",
  committed: "committed",
  failed: "failed",
  migrated: "migrated",
  unknown: "inProgress",
} as const;

/** Where a machine stands, in a record's word. */
export function machineStatus(item: ItemFacts): string {
  return statusWords[positionOf(item).standing];
}

/** The record of a machine before anything has happened to it. */
export function openMachine(
  item: ItemFacts,
  from: string = sideName(activeSide(item)),
  to: string = sideName(passiveSide(item)),
): MachineRecord {
  return emptyMachine(itemIdentity(item.vaultId, item.name), item.friendlyName, from, to);
}

/** The record of a machine that nothing is known of but what it is called and where it goes. */
export function emptyMachine(
  item: string,
  machine: string,
  from: string,
  to: string,
): MachineRecord {
  return {
    item,
    machine,
    from,
    to,
    status: "notBegun",
    jobs: [],
    recoveryPoint: "",
    recoveryPointTime: "",
    recoveryTime: "",
    dataLoss: "",
    removed: "",
    error: "",
  };
}

/** Puts a machine's record in its place. */
export function putMachine(record: OpenRecord, machine: MachineRecord): void {
  const known = record.machines.some((each) => each.item === machine.item);
  record.machines = known
    ? record.machines.map((each) => (each.item === machine.item ? machine : each))
    : [...record.machines, machine];
}

/** Writes a part of a machine's record. */
export function noteMachine(
  record: OpenRecord,
  item: ItemFacts,
  part: Partial<Pick<MachineRecord, "status" | "error">>,
): void {
  updateMachine(record, item, (each) => ({ ...each, ...part }));
}

/** Changes a machine's record, which is opened when it has none. */
export function updateMachine(
  record: OpenRecord,
  item: ItemFacts,
  change: (machine: MachineRecord) => MachineRecord,
): void {
  const identity = itemIdentity(item.vaultId, item.name);
  const machine = record.machines.find((each) => each.item === identity) ?? openMachine(item);
  putMachine(record, change(machine));
}

/**
 * Adds to a machine's record what its failover job tells: point, recovery time, data loss.
 * `whole` is the recovery plan's job that the machine's own job is part of: recovery begins with it.
 */
export function measure(
  machine: MachineRecord,
  item: ItemFacts,
  job: JobFacts,
  whole: JobFacts = job,
): MachineRecord {
  const moved = job.machines.find(
    (each) => each.itemName.toLowerCase() === item.name.toLowerCase(),
  );
  const begun = Date.parse(whole.startTime ?? "");
  const start = Date.parse(job.startTime ?? "");
  const end = Date.parse(job.endTime ?? "");
  const time = moved?.recoveryPointTime ?? "";
  const seconds = (from: number, to: number): string =>
    Number.isFinite(from) && Number.isFinite(to) ? isoDuration((to - from) / 1000) : "";
  const about = moved !== undefined || isJobOf(job, item);
  return {
    ...machine,
    jobs: machine.jobs.includes(whole.name) ? machine.jobs : [...machine.jobs, whole.name],
    recoveryPoint: nameOf(moved?.recoveryPointId ?? "") || machine.recoveryPoint,
    recoveryPointTime: time || machine.recoveryPointTime,
    recoveryTime: about ? seconds(begun, end) || machine.recoveryTime : machine.recoveryTime,
    dataLoss: time === "" ? machine.dataLoss : seconds(Date.parse(time), start),
  };
}

/** Statuses in which a machine is through with its action. */
const through: readonly string[] = [
  "testing",
  "cleanedUp",
  "commitPending",
  "committed",
  "cancelled",
  "protected",
  "migrated",
  "ended",
];

/** True when nothing is left to do for the machine by this record. */
export function isThrough(machine: MachineRecord): boolean {
  return through.includes(machine.status) && machine.error === "";
}
