import { isoSeconds } from "../../../recovery/duration-words.ts";
import type { ActionRecord } from "../../action-inputs.ts";
import { isThrough } from "./machine-record.ts";

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
