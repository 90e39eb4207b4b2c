import type { Macro } from "ava";
import test from "ava";
import type { ActionKind } from "../../../provider/recovery/action-kinds.ts";
import { type ActionAsk, decide } from "../../../provider/recovery/decision.ts";
import type { Finding } from "../../../provider/recovery/findings.ts";
import type { SiteProviderFacts } from "../../../provider/recovery/hyper-v.ts";
import type { HyperVSituation } from "../../../provider/recovery/hyper-v-situation.ts";
import type { ItemFacts } from "../../../provider/recovery/model.ts";
import { checkMachine } from "../../../provider/recovery/rules/rules.ts";
import type { Situation } from "../../../provider/recovery/situation.ts";
import { now, situation } from "./situations.ts";

/** The agent of a host or VMM server, in good order. */
export const agent = (
  name: string,
  changes: Partial<SiteProviderFacts> = {},
): SiteProviderFacts => ({
  id: `/vault/providers/${name}`,
  name,
  fabricName: "fabric-plant-one",
  friendlyName: name,
  fabricType: "HyperVSite",
  version: "5.1.2250.0",
  connectionStatus: "Connected",
  lastHeartbeat: "2026-01-10T11:58:00Z",
  healthErrors: [],
  ...changes,
});

/** An agent that the service has lost. */
export const lost: Partial<SiteProviderFacts> = {
  connectionStatus: "Disconnected",
  lastHeartbeat: "2026-01-10T09:00:00Z",
};

/** Servers in good order, as far as the machine's scenario has them. */
export const servers = (
  item: ItemFacts,
  changes: Partial<HyperVSituation> = {},
): HyperVSituation => ({
  home: agent("host-1"),
  ...(item.scenario === "VmmToVmm" ? { second: agent("vmm-2") } : {}),
  ...(item.scenario === "HyperVToAzure" ? {} : { networksMapped: true }),
  hostNames: ["host-1", "host-2"],
  comingNames: [],
  ...changes,
});

/** How a failback from Azure is made when nobody says otherwise. */
export const failback = (
  changes: Partial<NonNullable<Situation["failback"]>> = {},
): Pick<Situation, "failback"> => ({
  failback: {
    dataSynchronization: "beforeDowntime",
    createMachineIfAbsent: false,
    ...changes,
  },
});

/** The situation of a Hyper-V machine whose servers are in good order, as an action finds it. */
export function hyperVSituation(
  action: ActionKind,
  item: ItemFacts,
  changes: Partial<Situation> = {},
  ask: Partial<ActionAsk> = {},
): Situation {
  const { mode } = ask;
  return situation(action, item, {
    decision: decide({ kind: action, commit: false, ...ask }, item, []),
    destination: { resources: [], eligibilityErrors: [] },
    hyperV: servers(item),
    ...(mode === undefined ? {} : { mode }),
    ...(action === "Failback" ? failback() : {}),
    ...changes,
  });
}

/** What a rule finds, and nothing of the others. */
export const found = (rule: string, of: Situation): readonly Finding[] =>
  checkMachine(of).filter((each) => each.rule === rule);

/** A rule finds what is said of the failing situation, and nothing of the one in good order. */
export const holds: Macro<[string, string, Situation, Situation, RegExp?]> = test.macro<
  [string, string, Situation, Situation, RegExp?]
>({
  exec: (t, rule: string, severity: string, failing, clean, words = /./) => {
    const [first] = found(rule, failing);
    t.is(first?.severity, severity as never, `${rule} says nothing`);
    t.regex(first?.text ?? "", words);
    t.not(first?.remedy, "");
    t.deepEqual(
      found(rule, clean).map((each) => each.text),
      [],
    );
  },
  title: (name = "") => name,
});

/** Days before the tests' now. */
export const daysAgo = (days: number): string =>
  new Date(now.getTime() - days * 86_400_000).toISOString();
