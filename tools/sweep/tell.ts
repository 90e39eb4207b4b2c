import type { Trial } from "./sweep.ts";

/** The figures that a sweep is judged by; all but the first have to be 0. */
export function countsOf(trials: readonly Trial[]): Readonly<Record<string, number>> {
  const count = (is: (trial: Trial) => boolean): number => trials.filter(is).length;
  return {
    "points tried": trials.length,
    "actions started twice": count((each) => each.startedTwice.length > 0),
    "actions lost": count((each) => each.lost.length > 0),
    "runs that needed more from a person than another pulumi up": count(
      (each) => each.stuck !== "",
    ),
  };
}

/** True for a run that did not end as the undisturbed one. */
export function isBad({ startedTwice, lost, stuck }: Trial): boolean {
  return startedTwice.length > 0 || lost.length > 0 || stuck !== "";
}

/** What became of a trial, in a line. */
export function trialText(trial: Trial): string {
  const { site, carrier, step, request, disturbance, struck, startedTwice, lost } = trial;
  const last = struck.path.replace(/\?.*/, "").split("/").slice(-2).join("/");
  const where = `${site} ${carrier} ${step}: ${disturbance} at request ${request} (${struck.method} ${last})`;
  const failed = trial.failure === "" ? "" : ` after an error: ${firstLine(trial.failure)}`;
  if (!isBad(trial)) return `${where}: as undisturbed${failed}`;
  const wrong = [
    ...startedTwice.map((each) => `${each} started twice`),
    ...lost.map((each) => `lost: ${each}`),
    ...(trial.stuck === "" ? [] : [`stuck: ${trial.stuck}`]),
  ];
  return `${where}: ${wrong.join("; ")}${failed}`;
}

const firstLine = (text: string): string => text.split("\n")[0]?.slice(0, 160) ?? "";
