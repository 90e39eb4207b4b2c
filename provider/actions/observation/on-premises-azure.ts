import type { Context } from "../../context.ts";
import { SiteError } from "../../errors.ts";
import { nameOf, sameId } from "../../recovery/identity.ts";
import type { NetworkConnectionFacts } from "../../recovery/model.ts";
import type { OnPremisesSituation } from "../../recovery/on-premises-situation.ts";
import type { RulePhase } from "../../recovery/rules/rule.ts";
import { generationOf } from "../../recovery/rules/site-rule.ts";
import type { OnPremisesAsk } from "./on-premises.ts";
import { reprotectSettings } from "./reprotect-target.ts";

/** What Azure tells for the rules about one machine of a site. */
export type AzureFacts = Pick<
  OnPremisesSituation,
  | "azureMachine"
  | "azureNetwork"
  | "connectionState"
  | "connections"
  | "recoveryPointCount"
  | "failbackPolicy"
>;

/** Asks Azure what the rules of these phases look at; what other phases need is left out. */
export async function observeAzureFacts(
  context: Context,
  ask: OnPremisesAsk,
  phases: readonly RulePhase[],
): Promise<AzureFacts> {
  const { site, vault, item } = ask;
  const classic = generationOf(ask) === "classic";
  const reprotects = phases.includes("reprotect");
  const networkId = reprotects && classic ? item.target.networkId : "";
  const [network, connections, points, failbackPolicy] = await Promise.all([
    networkId === "" ? undefined : quietly(() => site.network(context, networkId)),
    networkId === "" ? undefined : quietly(() => site.networkConnections(context, networkId)),
    phases.includes("failback") ? vault.recoveryPoints(context, item) : undefined,
    reprotects ? observePolicy(context, ask) : undefined,
  ]);
  return {
    ...azureMachineOf(ask),
    ...(network === undefined ? {} : { azureNetwork: network }),
    ...(connections === undefined ? {} : connectionFacts(connections)),
    ...(points === undefined ? {} : { recoveryPointCount: points.length }),
    ...(failbackPolicy === undefined ? {} : { failbackPolicy }),
  };
}

/** One connection that is up is a way to the site; without one, any that does not tell may be it. */
function connectionFacts(
  connections: readonly NetworkConnectionFacts[],
): Pick<AzureFacts, "connectionState" | "connections"> {
  const states = connections.map(({ status }) => status || "Unknown");
  const state =
    states.find((each) => sameId(each, "Connected")) ??
    (states.some((each) => sameId(each, "Unknown")) ? undefined : states[0]);
  return { connections, ...(state === undefined ? {} : { connectionState: state }) };
}

/** The machine in Azure, which the observation of the destination has looked at already. */
function azureMachineOf({ destination, item }: OnPremisesAsk): Pick<AzureFacts, "azureMachine"> {
  if (destination?.runningMachineExists === undefined) return {};
  const told = item.onPremises?.azureMachineId ?? "";
  const id = destination.runningMachineId ?? told;
  return {
    azureMachine: {
      exists: destination.runningMachineExists,
      id,
      name: nameOf(id) || item.target.machineName || item.friendlyName,
      powerState: destination.runningMachinePowerState ?? "",
      diskCount: destination.runningMachineDiskCount ?? 0,
    },
  };
}

async function observePolicy(
  context: Context,
  { vault, item, inputs, servers }: OnPremisesAsk,
): Promise<AzureFacts["failbackPolicy"]> {
  const wanted = servers?.policyId ?? reprotectSettings(item, inputs).policy ?? "";
  const policies = wanted === "" ? [] : await vault.policies(context);
  const policy =
    policies.find((each) => sameId(each.id, wanted)) ??
    policies.find((each) => sameId(each.name, nameOf(wanted)));
  return { wanted, ...(policy === undefined ? {} : { policy }) };
}

/** What is good to know and stops nothing when it cannot be read. */
async function quietly<Facts>(read: () => Promise<Facts>): Promise<Facts | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof SiteError) return undefined;
    throw error;
  }
}
