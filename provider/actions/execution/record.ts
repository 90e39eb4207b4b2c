import { isoDuration, isoSeconds } from "../../recovery/duration-words.ts";
import { itemIdentity, nameOf } from "../../recovery/identity.ts";
import type { ItemFacts, JobFacts } from "../../recovery/model.ts";
import { sideName } from "../../recovery/places.ts";
import { activeSide, passiveSide, positionOf } from "../../recovery/position.ts";
import { isJobOf } from "../../recovery/verbs.ts";
import type { ActionRecord, MachineRecord } from "../action-inputs.ts";

/** A record while it is being written. */
export type OpenRecord = { -readonly [Key in keyof ActionRecord]: ActionRecord[Key] };

/** A record that nothing has happened in yet. */
export function emptyRecord(): OpenRecord {
  return {
    status: "inProgress",
    finished: false,
    startedAt: "",
    finishedAt: "",
    jobs: [],
    machines: [],
    recoveryTime: "",
    dataLoss: "",
    warnings: [],
    waivedFindings: [],
  };
}

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

/** Jobs that are named in a message; a set of hundreds of machines has as many. */
const namedJobs = 8;

/** Names of jobs for a message: the newest of them, the earlier ones counted; the state holds them all. */
export function jobWords(jobs: readonly string[]): string {
  const newest = jobs.slice(-namedJobs).join(", ");
  return jobs.length <= namedJobs ? newest : `${newest} and ${jobs.length - namedJobs} before them`;
}

/** Notes a job of the record, once. */
export function noteJob(record: OpenRecord, jobName: string): void {
  if (jobName !== "" && !record.jobs.includes(jobName)) record.jobs = [...record.jobs, jobName];
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

/** Closes a record: the whole stands where its machines stand. */
export function closeRecord(record: OpenRecord, now: Date): ActionRecord {
  const statuses = [...new Set(record.machines.map((each) => each.status))];
  const failed = record.machines.some((each) => each.error !== "");
  const finished = !failed && record.machines.every(isThrough);
  const [only] = statuses;
  return {
    ...record,
    finished,
    status: failed
      ? "failed"
      : finished && statuses.length === 1 && only !== undefined
        ? only
        : finished && statuses.includes("commitPending")
          ? "commitPending"
          : finished
            ? (only ?? "inProgress")
            : "inProgress",
    finishedAt: finished ? record.finishedAt || now.toISOString() : "",
    recoveryTime: longest(record.machines.map((each) => each.recoveryTime)),
    dataLoss: longest(record.machines.map((each) => each.dataLoss)),
  };
}

function longest(durations: readonly string[]): string {
  return durations
    .filter((each) => each !== "")
    .reduce(
      (left, right) => (isoSeconds(right) > isoSeconds(left) || left === "" ? right : left),
      "",
    );
}
