import { capabilities, isRetired } from "../capabilities.ts";
import type { LiveScenario, RetiredScenario, Scenario } from "../model.ts";
import { goesToAzure, isBetweenRegions, isFromHyperV } from "../position.ts";

const scenarios = Object.keys(capabilities) as readonly Scenario[];

/** Every way to replicate that the service still has: what a rule is about when it names no scenarios. */
export const liveScenarios: readonly LiveScenario[] = scenarios.filter(
  (each): each is LiveScenario => !isRetired(each),
);

/** What Azure has retired. */
export const retiredScenarios: readonly RetiredScenario[] = scenarios.filter(isRetired);

/** Machines of Azure that replicate to another region. */
export const betweenRegions: readonly Scenario[] = scenarios.filter((scenario) =>
  isBetweenRegions({ scenario }),
);

/** Machines of a Hyper-V site or of a VMM cloud. */
export const fromHyperV: readonly Scenario[] = scenarios.filter((scenario) =>
  isFromHyperV({ scenario }),
);

/** Machines of a Hyper-V site or of a VMM cloud that replicate to Azure. */
export const hyperVToAzure: readonly Scenario[] = fromHyperV.filter((scenario) =>
  goesToAzure({ scenario }),
);

/** Machines of VMM clouds, whose networks have to be mapped. */
export const ofVmm: readonly Scenario[] = ["VmmToAzure", "VmmToVmm"];

/** Scenarios in which the machine becomes one of Azure. */
export const intoAzure: readonly Scenario[] = liveScenarios.filter((each) => each !== "VmmToVmm");

/** Scenarios that Azure has superseded, or does not take new users for, and that its API still has. */
export const oldScenarios: readonly Scenario[] = scenarios.filter(
  (each) => capabilities[each].status === "superseded",
);
