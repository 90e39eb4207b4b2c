import test, { type Macro } from "ava";
import type { ActionKind } from "../../../provider/recovery/action-kinds.ts";
import { decide } from "../../../provider/recovery/decision.ts";
import type { ItemFacts } from "../../../provider/recovery/model.ts";
import type {
  OnPremisesSituation,
  SiteServerSituation,
} from "../../../provider/recovery/on-premises-situation.ts";
import { checkMachine } from "../../../provider/recovery/rules/rules.ts";
import { checkServer } from "../../../provider/recovery/rules/server-rules.ts";
import type { Situation } from "../../../provider/recovery/situation.ts";
import {
  appliance,
  discovered,
  fabric,
  masterTarget,
  processServer,
  view,
  vm,
} from "./site-facts.ts";
import { now, situation } from "./situations.ts";
import { type Generation, generations, onPremises, siteItemAfter } from "./vmware-items.ts";

const gibibyte = 1024 ** 3;

export const modernized: Generation = generations[0];
export const classic: Generation = generations[1];

const isClassic = (generation: Generation): boolean => generation === classic;

/** A server that takes data, in good order. */
export function server(
  generation: Generation,
  changes: Partial<SiteServerSituation> = {},
): SiteServerSituation {
  const common = {
    now,
    access: { kind: "open", vcenter: "vcenter-one", host: "10.1.0.5" },
    disksToCome: 1,
  } as const;
  return isClassic(generation)
    ? {
        ...common,
        generation: "classic",
        fabric: fabric(),
        discoveredVCenters: [discovered()],
        masterTarget: masterTarget(),
        processServer: processServer(),
        view: view(vm("mt-linux"), { namesOnHost: ["web", "mt-linux"] }),
        ...changes,
      }
    : {
        ...common,
        generation: "modernized",
        fabric: fabric({ generation: "modernized", masterTargets: [], appliances: [appliance()] }),
        discoveredVCenters: [],
        appliance: appliance(),
        view: view(vm("appliance-1")),
        ...changes,
      };
}

const placementOfServer = (generation: Generation): SiteServerSituation["recorded"] => {
  const name = isClassic(generation) ? "mt-linux" : "appliance-1";
  return {
    vcenter: "vcenter-one",
    machine: name,
    instanceUuid: `instance-${name}`,
    configurationFile: `[ds1] ${name}/${name}.vmx`,
    datastores: ["ds1"],
    diskFiles: [`[ds1] ${name}/${name}.vmdk`],
    ...(isClassic(generation) ? { configurationServerAddress: "10.1.0.10" } : {}),
  };
};

/** How far an item is when an action comes, in verbs of its round. */
const rounds: Readonly<Record<string, number>> = { Failover: 0, Reprotect: 2, Failback: 3 };

/** A machine before an action, in good order; changes of item, site, server and the rest as a test needs them. */
export function siteSituation(
  action: ActionKind,
  generation: Generation,
  changes: {
    readonly item?: Partial<ItemFacts>;
    readonly site?: Partial<OnPremisesSituation>;
    readonly server?: Partial<SiteServerSituation>;
    readonly rest?: Partial<Situation>;
    /** Verbs of its round that the item has behind it. */
    readonly after?: number;
    /** True when the commit is part of the action. */
    readonly commit?: boolean;
  } = {},
): Situation {
  const item = {
    ...siteItemAfter(generation, changes.after ?? rounds[action] ?? 0),
    ...changes.item,
  };
  const decision = decide({ kind: action, commit: changes.commit ?? false }, item, []);
  const back = action === "Failback";
  return situation(action, item, {
    decision,
    destination: { resources: [], eligibilityErrors: [] },
    onPremises: {
      generation: isClassic(generation) ? "classic" : "modernized",
      server: server(generation, {
        ...(back ? { recorded: placementOfServer(generation) } : {}),
        ...changes.server,
      } as Partial<SiteServerSituation>),
      machine: view(vm("web")),
      azureMachine: {
        exists: true,
        id: "/vm/web-azure",
        name: "web-azure",
        powerState: "running",
        diskCount: 1,
      },
      azureNetwork: {
        id: "/net",
        location: "westeurope",
        subnets: [{ name: "apps", addressPrefixes: ["10.2.0.0/24"] }],
      },
      recoveryPointCount: 3,
      failbackPolicy: failbackPolicy(generation),
      newDiskBytes: 64 * gibibyte,
      groupMembers: [],
      rawDeviceMapping: false,
      ...(action === "Reprotect" ? { servers: chosen(generation) } : {}),
      ...changes.site,
    },
    ...changes.rest,
  });
}

/** What a reprotect chose, in good order. */
export function chosen(
  generation: Generation,
  changes: Partial<NonNullable<OnPremisesSituation["servers"]>> = {},
): NonNullable<OnPremisesSituation["servers"]> {
  return {
    way: "toSite",
    datastore: "ds1",
    ...(isClassic(generation)
      ? { masterTarget: masterTarget(), processServer: processServer(), policyId: "/p/back" }
      : { appliance: appliance(), cacheStorageAccountId: "/storage/log" }),
    problems: [],
    ...changes,
  };
}

/** The policy of the way back as the service makes it. */
export function failbackPolicy(
  generation: Generation,
  changes: object = {},
): NonNullable<OnPremisesSituation["failbackPolicy"]> {
  return isClassic(generation)
    ? {
        wanted: "/p/back",
        policy: {
          id: "/p/back",
          name: "back",
          instanceType: "InMage",
          recoveryPointHistoryMinutes: 1440,
          applicationConsistentFrequencyMinutes: 60,
          crashConsistentFrequencyMinutes: 0,
          recoveryPointThresholdMinutes: 15,
          multiVmSync: true,
          ...changes,
        },
      }
    : { wanted: "" };
}

/** A rule in a failing and in a passing state: the finding has its id and weight, names what it speaks of, and helps. */
export const holds: Macro<[string, string, Situation, Situation, RegExp?]> = test.macro<
  [string, string, Situation, Situation, RegExp?]
>({
  exec: (t, rule, severity, failing, passing, text = /./) => {
    const found = checkMachine(failing).filter((each) => each.rule === rule);
    t.true(found.length > 0, `no finding of ${rule}`);
    t.is(found[0]?.severity, severity as never, found[0]?.text);
    t.regex(found.map((each) => each.text).join("\n"), text);
    t.true((found[0]?.remedy ?? "").length > 10, "the finding says what to do");
    t.not(found[0]?.subject, "");
    t.regex(found[0]?.text ?? "", /[.!?)] .* \[[A-Z0-9-]+\]$/, "fact and remedy are sentences");
    const passed = checkMachine(passing).filter((each) => each.rule === rule);
    t.deepEqual(
      passed.map((each) => each.text),
      [],
      "the passing state has no finding",
    );
  },
  title: (name = "") => name,
});

/** The same for a server by itself, when it is created or changed. */
export const holdsForServer: Macro<
  [string, string, SiteServerSituation, SiteServerSituation, RegExp?]
> = test.macro<[string, string, SiteServerSituation, SiteServerSituation, RegExp?]>({
  exec: (t, rule, severity, failing, passing, text = /./) => {
    const found = checkServer(failing).filter((each) => each.rule === rule);
    t.true(found.length > 0, `no finding of ${rule}`);
    t.is(found[0]?.severity, severity as never, found[0]?.text);
    t.regex(found.map((each) => each.text).join("\n"), text);
    t.true((found[0]?.remedy ?? "").length > 10, "the finding says what to do");
    t.deepEqual(
      checkServer(passing).filter((each) => each.rule === rule && each.severity === severity),
      [],
      "the passing state has no finding",
    );
  },
  title: (name = "") => name,
});

export { onPremises, siteItemAfter };
