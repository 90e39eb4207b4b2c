import test, { type Macro } from "ava";
import type { ActionKind } from "../../../provider/recovery/action-kinds.ts";
import { decide } from "../../../provider/recovery/decision.ts";
import type {
  ItemFacts,
  MachineSizeFacts,
  NetworkFacts,
} from "../../../provider/recovery/model.ts";
import { checkMachine } from "../../../provider/recovery/rules/rules.ts";
import type { Situation } from "../../../provider/recovery/situation.ts";
import { protectedItem } from "./items.ts";

export const now: Date = new Date("2026-01-10T12:00:00Z");

const mapping = {
  id: "m",
  name: "back",
  fabricName: "f",
  containerName: "c",
  targetContainerId: "t",
  policyId: "p",
  state: "Paired",
  health: "Normal",
  agentAutoUpdate: false,
  automationAccountId: "",
  automationAccountAuthenticationType: "",
} as const;

const networkMapping = {
  id: "n",
  name: "back",
  fabricName: "f",
  networkName: "azureNetwork",
  primaryNetworkId: "",
  recoveryNetworkId: "",
  recoveryFabricId: "",
  state: "Paired",
} as const;

export function situation(
  action: ActionKind,
  item: ItemFacts,
  changes: Partial<Situation> = {},
): Situation {
  return {
    action,
    item,
    decision: decide({ kind: action, commit: false }, item, []),
    now,
    shutdownSource: true,
    changesRecoveryPoint: false,
    destination: {
      resources: [{ kind: "cache storage account", id: "/cache", exists: true }],
      eligibilityErrors: [],
      reverseContainerMapping: mapping,
      reverseNetworkMapping: networkMapping,
    },
    byPlan: false,
    companions: [item],
    vaultItems: [item],
    projected: false,
    ...changes,
  };
}

/** The destination of a clean situation with changes. */
export const destination = (
  changes: Partial<Situation["destination"]>,
): Pick<Situation, "destination"> => ({
  destination: { ...situation("Failover", protectedItem()).destination, ...changes },
});

export const size: MachineSizeFacts = {
  name: "Standard_D2s_v5",
  coreCount: 2,
  memoryGibibytes: 8,
  maximumDataDiskCount: 4,
  maximumNicCount: 2,
};
export const vnet: NetworkFacts = {
  id: "/x/westeurope-vnet",
  location: "westeurope",
  subnets: [{ name: "apps", addressPrefixes: ["10.2.0.0/24"] }],
};

/** Every rule in a failing state: the finding has its id, weight and path. */
export const failing: Macro<[string, string, Situation, string?]> = test.macro<
  [string, string, Situation, string?]
>({
  exec: (t, rule: string, severity: string, failingSituation: Situation, path = "") => {
    const found = checkMachine(failingSituation).filter((each) => each.rule === rule);
    t.true(found.length > 0, `no finding of ${rule}`);
    t.is(found[0]?.severity, severity as never);
    t.is(found[0]?.path, path);
    t.true(found[0]?.text.includes("web"), "the finding names its machine");
    t.not(found[0]?.remedy, "");
  },
  title: (name = "") => name,
});
