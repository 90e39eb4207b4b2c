import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type ActionKind, actionWords } from "../provider/recovery/action-kinds.ts";
import {
  type Capability,
  capabilities,
  failoversOf,
  knows,
  type ScenarioStatus,
} from "../provider/recovery/capabilities.ts";
import type { Move } from "../provider/recovery/capability-moves.ts";
import type { Scenario } from "../provider/recovery/model.ts";
import { goesToAzure, isFromHyperV, type Standing } from "../provider/recovery/position.ts";
import { verbWords } from "../provider/recovery/verbs.ts";
import { table } from "./markdown-table.ts";

/** The page that this command writes. */
const file = join(resolve(import.meta.dirname, ".."), "docs/capabilities.md");

/** Where an item stands, as the page says it. */
const standingWords: Readonly<Record<Standing, string>> = {
  replicating: "first copy runs",
  protected: "protected",
  testing: "test waits for its clean-up",
  failedOver: "failed over",
  committed: "committed",
  failed: "failover failed",
  migrated: "migrated: protection has ended",
  unknown: "unknown",
};

const statusWords: Readonly<Record<ScenarioStatus, string>> = {
  current: "current",
  superseded: "superseded",
  retired: "retired",
};

const introduction = `# Capabilities

<!-- Generated from provider/recovery/capabilities.ts by \`node tools/capabilities-documentation.ts\`. Do not edit. -->

What can be done with a protected machine depends on how it is replicated, where it runs and what was
done last. This is the provider's own table of that: an action looks for its way from row to row, preview
shows the way and what is possible after it, and what no row allows is refused before anything is touched.

- **Current** scenarios are the ones to begin with.
- **Superseded** ones still work in all of Azure's API. Set-up resources warn (\`SC-OLD\`) and name what
  takes their place.
- **Retired** ones cannot be set up or moved. Declaring one is refused at preview (\`SC-RETIRED\`) with the
  year, the source and what to use. A replicated item that is left of one can be read and shown.`;

const notes = `- A failover waits for its commit. The commit deletes all recovery points and cannot be undone; nor can
  the completion of a migration, which ends protection and leaves the machine where it runs.
- A resynchronization is possible only while the service has marked the copy for it.
- What a row allows the service may still not offer at the moment, because a job runs or its health forbids
  it: \`OP-BUSY\` and \`OP-ALLOWED\` of [rules.md](rules.md) look at that.`;

/** The text of docs/capabilities.md as the capability table demands it. */
export function renderCapabilities(): string {
  const all = Object.entries(capabilities) as [Scenario, Capability][];
  const live = all.filter(([, { status }]) => status !== "retired");
  const lines = [
    introduction,
    "",
    "## All scenarios",
    "",
    ...table(
      [
        "scenario",
        "machines",
        "state",
        "drill",
        "planned",
        "unplanned",
        "way home",
        "way home cancellable",
      ],
      all.map(([scenario, capability]) => overview(scenario, capability)),
    ),
    "",
    "## Superseded and retired",
    "",
    ...table(
      ["scenario", "state", "since", "use instead", "source"],
      all.flatMap(([scenario, { status, retirement }]) =>
        retirement === undefined
          ? []
          : [
              [
                `\`${scenario}\``,
                statusWords[status],
                retirement.since,
                retirement.instead,
                retirement.source,
              ],
            ],
      ),
    ),
    "",
    "## What leads where",
    "",
    ...notes.split("\n"),
    ...live.flatMap(([scenario, capability]) => [
      "",
      `### ${scenario}`,
      "",
      `${capability.title}.`,
      "",
      ...table(
        ["verb", "by", "direction", "from", "to"],
        capability.moves.map((move) => row(scenario, move, capability)),
      ),
    ]),
  ];
  return `${lines.join("\n")}\n`;
}

/** The text of docs/capabilities.md as it is. */
export function readCapabilities(): string {
  return readFileSync(file, "utf8");
}

function overview(scenario: Scenario, { title, status }: Capability): readonly string[] {
  const yes = (answer: boolean): string => (answer ? "yes" : "no");
  const over = failoversOf(scenario, false);
  const home = failoversOf(scenario, true).map((verb) =>
    verbWords[verb].noun.replace("failover", "").trim(),
  );
  return [
    `\`${scenario}\``,
    title,
    statusWords[status],
    yes(knows(scenario, "testFailover")),
    yes(over.includes("plannedFailover")),
    yes(over.includes("unplannedFailover")),
    home.length === 0 ? "none" : home.map((each) => each || "unplanned").join(" or "),
    yes(knows(scenario, "cancelFailover")),
  ];
}

function row(scenario: Scenario, move: Move, { home, away }: Capability): readonly string[] {
  return [
    move.verb === "unplannedFailover" ? "unplanned failover" : verbWords[move.verb].noun,
    actionsOf(scenario, move).join(", "),
    directionOf(move, home, away),
    standingWords[move.from],
    standingWords[move.to],
  ];
}

/** The resources that send a verb for a machine that stands like this. */
function actionsOf(scenario: Scenario, move: Move): readonly string[] {
  if (move.verb === "testFailoverCleanup") return ["`TestFailover`, when it is destroyed"];
  return (Object.keys(actionWords) as ActionKind[])
    .filter((kind) => sends(kind, scenario, move))
    .map((kind) => `\`${kind}\``);
}

function sends(kind: ActionKind, scenario: Scenario, move: Move): boolean {
  const { verbs, goal } = actionWords[kind];
  // Changing the point is an update of the action that moved the machine.
  const verb = move.verb === "changeRecoveryPoint" ? "commit" : move.verb;
  if (!verbs.includes(verb)) return false;
  if (kind === "Failback" && verb === "reprotect") {
    return isFromHyperV({ scenario }) && goesToAzure({ scenario });
  }
  const wanted = goal(true).away;
  const ends = move.away === undefined ? undefined : move.away !== move.changesSide;
  return wanted === undefined || ends === undefined || wanted === ends;
}

function directionOf({ changesSide, away: from }: Move, home: string, away: string): string {
  if (!changesSide) {
    if (from === undefined) return "at either side";
    return from ? inPlace(away) : inPlace(home);
  }
  if (from === undefined) return `${home} ↔ ${away}`;
  return from ? `${away} → ${home}` : `${home} → ${away}`;
}

const inPlace = (place: string): string => `${place.endsWith("site") ? "at" : "in"} ${place}`;

if (import.meta.main) {
  writeFileSync(file, renderCapabilities());
  console.log("docs/capabilities.md written.");
}
