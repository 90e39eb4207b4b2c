import { type ActionPlan, type MachinePlan, routeOf } from "./action-plan.ts";
import { formatDuration, isoSeconds } from "./duration-words.ts";
import { siteKinds } from "./plan-resources.ts";

/** Machines beyond this number are counted, not listed, so that the text stays on one screen. */
const listedMachines = 20;

/** The plan as text for one screen: what a user reads before a failover. */
export function planText(plan: ActionPlan, now: Date): string {
  if (plan.notKnownYet.length > 0) {
    return `${plan.summary}\n  The plan is complete once these are known; nothing was checked.`;
  }
  const lines = [
    plan.summary,
    ...directions(plan),
    ...(plan.oneByOne === true
      ? [
          "  one by one, each group after the one before it; the recovery plan's own job does not run",
        ]
      : []),
    ...table(plan.machines.slice(0, listedMachines), now),
  ];
  const rest = plan.machines.length - listedMachines;
  if (rest > 0) lines.push(`  … and ${rest} more (see --diff or --json)`);
  lines.push(...common("steps", plan.machines, (each) => each.steps, " → "));
  for (const script of plan.scripts) {
    const group = script.group === 0 ? "all groups" : `group ${script.group}`;
    lines.push(`  ${script.kind} at the ${script.when} of ${group}: ${script.name}`);
  }
  lines.push(...common("uses", plan.machines, servers, ", "));
  for (const mark of ["new", "removed"] as const) {
    const names = plan.machines.flatMap((each) =>
      each.resources
        .filter((resource) => resource.mark === mark)
        .map((resource) => `${resource.kind} ${resource.name}`),
    );
    const verb = mark === "new" ? "creates" : "removes";
    if (names.length > 0) lines.push(`  ${verb}: ${clip([...new Set(names)])}`);
  }
  lines.push(...common("recovery point", plan.machines, meaningOf, ""));
  lines.push(...common("downtime", plan.machines, (each) => [each.downtime], ""));
  lines.push(...common("afterwards possible", plan.machines, (each) => each.next, ", "));
  if (plan.estimatedDuration !== "") {
    lines.push(
      `  takes about ${formatDuration(isoSeconds(plan.estimatedDuration))}, by this vault's past jobs`,
    );
  }
  return lines.join("\n");
}

/** Servers and storage of a site; what a region has already is no news. */
const servers = ({ direction, resources }: MachinePlan): readonly string[] =>
  direction === "betweenRegions" || direction === "betweenSites"
    ? []
    : resources
        .filter(({ mark, kind }) => mark === "existing" && siteKinds.includes(kind))
        .map(({ kind, name }) => `${kind} ${name}`);

/** What the recovery point means for the data, where its kind does not say it. */
const meaningOf = ({ recoveryPoint }: MachinePlan): readonly string[] =>
  recoveryPoint === undefined || recoveryPoint.meaning === ""
    ? []
    : [`${recoveryPoint.kind}: ${recoveryPoint.meaning}`];

/** The direction in words; between regions, or two sites of one's own, the route says it. */
const directionWords: Readonly<Record<MachinePlan["direction"], string>> = {
  betweenRegions: "",
  betweenSites: "",
  toAzure: "from the site to Azure",
  fromAzure: "from Azure to the site",
};

function directions({ machines }: ActionPlan): readonly string[] {
  const words = [...new Set(machines.map((each) => directionWords[each.direction]))];
  const [only] = words;
  return words.length === 1 && only !== undefined && only !== ""
    ? [`  direction: ${only} (derived)`]
    : [];
}

const clip = (names: readonly string[]): string =>
  names.length <= 8
    ? names.join(", ")
    : `${names.slice(0, 8).join(", ")} and ${names.length - 8} more`;

function table(machines: readonly MachinePlan[], now: Date): readonly string[] {
  const grouped = machines.some((each) => each.group > 0);
  const rows = machines.map((each) => [
    ...(grouped ? [String(each.group || "-")] : []),
    each.machine,
    routeOf(each),
    sizes(each),
    `${each.to.network || "-"} ${each.to.addresses.join(", ")}`.trim(),
    point(each, now),
  ]);
  const heading = [
    ...(grouped ? ["group"] : []),
    "machine",
    "from → to",
    "size",
    "network, address",
    "recovery point",
  ];
  const all = [heading, ...rows];
  const widths = heading.map((_, column) =>
    Math.max(...all.map((row) => row[column]?.length ?? 0)),
  );
  return all.map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}`.trimEnd(),
  );
}

function sizes({ from, to }: MachinePlan): string {
  if (from.size === "" || to.size === "" || from.size === to.size)
    return to.size || from.size || "-";
  return `${from.size} → ${to.size}`;
}

function point(machine: MachinePlan, now: Date): string {
  if (machine.follows !== "") return `follows running job ${machine.follows}`;
  if (machine.steps.length === 0) return "nothing to do";
  if (machine.recoveryPoint === undefined) return "-";
  const { kind, name, time } = machine.recoveryPoint;
  if (time === "") return kind;
  const age = formatDuration((now.getTime() - Date.parse(time)) / 1000);
  const label = kind === "custom" ? name : kind;
  return kind === "latest"
    ? `latest (data up to ${time}, ${age} ago)`
    : `${label} of ${time} (loses ${age})`;
}

/** One line when all machines agree, else one per machine that differs. */
function common(
  label: string,
  machines: readonly MachinePlan[],
  pick: (machine: MachinePlan) => readonly string[],
  separator: string,
): readonly string[] {
  const texts = machines.map((each) => pick(each).join(separator));
  const distinct = [...new Set(texts)].filter((each) => each !== "");
  if (distinct.length === 1 && texts.every((each) => each !== ""))
    return [`  ${label}: ${distinct[0]}`];
  return machines
    .slice(0, listedMachines)
    .flatMap((each) =>
      pick(each).length === 0
        ? []
        : [`  ${label} for ${each.machine}: ${pick(each).join(separator)}`],
    );
}
