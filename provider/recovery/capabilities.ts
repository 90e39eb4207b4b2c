import {
  betweenRegions,
  betweenVmmSites,
  hyperVToAzure,
  type Move,
  vmwareByAppliance,
  vmwareByConfigurationServer,
} from "./capability-moves.ts";
import type { RetiredScenario, Scenario, Verb } from "./model.ts";

/** Since when a way to replicate is not the one to choose any more, who says so, and what to use. */
export interface Retirement {
  /** ISO date; only the year or the month where the source tells no more. */
  readonly since: string;
  /** Where Microsoft says so. */
  readonly source: string;
  /** What to use in its place: the end of a sentence that begins with "Use". */
  readonly instead: string;
}

/**
 * How a scenario stands with the service: `current`, `superseded` (the service still does all of it, new
 * set-ups should not begin with it) or `retired` (nothing can be set up or moved, what is left can be read).
 */
export type ScenarioStatus = "current" | "superseded" | "retired";

/** What can be done in one scenario. */
export interface Capability {
  /** Which machines, and where to: "Hyper-V machines of a site without VMM, to Azure". */
  readonly title: string;
  /** Where protection begins: "the site". */
  readonly home: string;
  /** Where a failover leads: "Azure". */
  readonly away: string;
  readonly status: ScenarioStatus;
  /** Absent for current scenarios. */
  readonly retirement?: Retirement;
  /** Empty for retired scenarios. */
  readonly moves: readonly Move[];
}

const vmmEnd = {
  since: "2023-03-01",
  source:
    "Microsoft Learn, deprecation of disaster recovery between customer-managed sites (with VMM)",
} as const;

/**
 * What can be done, by scenario (site-recovery reference, 1.3 and 6; failback rules, 9): the moves of the
 * planner, what check refuses, what preview shows and docs/capabilities.md all come from here.
 */
export const capabilities: Readonly<Record<Scenario, Capability>> = {
  AzureToAzure: {
    title: "Azure machines between two regions",
    home: "the first region",
    away: "the second region",
    status: "current",
    moves: betweenRegions,
  },
  VmwareToAzure: {
    title: "VMware machines and physical servers to Azure, by an appliance",
    home: "the site",
    away: "Azure",
    status: "current",
    moves: vmwareByAppliance,
  },
  VmwareToAzureClassic: {
    title: "VMware machines and physical servers to Azure, by a configuration server",
    home: "the site",
    away: "Azure",
    status: "superseded",
    retirement: {
      since: "2023-03",
      source:
        "Microsoft Learn, deprecation of the classic experience for VMware and physical machines",
      instead: "VmwareToAzure, whose appliance takes the configuration server's place",
    },
    moves: vmwareByConfigurationServer,
  },
  HyperVToAzure: {
    title: "Hyper-V machines of a site without VMM, to Azure",
    home: "the site",
    away: "Azure",
    status: "current",
    moves: hyperVToAzure,
  },
  VmmToAzure: {
    title: "Hyper-V machines of VMM clouds, to Azure",
    home: "the VMM cloud",
    away: "Azure",
    status: "superseded",
    retirement: {
      ...vmmEnd,
      instead: "HyperVToAzure: a Hyper-V site in which the hosts register without VMM",
    },
    moves: hyperVToAzure,
  },
  VmmToVmm: {
    title: "Hyper-V machines of VMM clouds, to a second VMM site",
    home: "the first site",
    away: "the second site",
    status: "superseded",
    retirement: {
      ...vmmEnd,
      instead: "HyperVToAzure with Azure as the second site, or Hyper-V Replica between the hosts",
    },
    moves: betweenVmmSites,
  },
  VmmToVmmSan: {
    title:
      "Hyper-V machines of VMM clouds, to a second VMM site by SAN replication, which commits a failover by itself",
    home: "the first site",
    away: "the second site",
    status: "retired",
    retirement: {
      since: "2018",
      source:
        "Microsoft Learn, Site Recovery architecture: SAN replication was to be had in the classic portal only, which Azure has closed",
      instead: "HyperVToAzure, or the replication of the storage array itself",
    },
    moves: [],
  },
  VmwareToVmwareScout: {
    title: "VMware machines and physical servers to a second VMware site, by InMage Scout",
    home: "the first site",
    away: "the second site",
    status: "retired",
    retirement: {
      since: "2020-12-31",
      source:
        "Microsoft Learn, disaster recovery of VMware machines to a secondary site: end-of-support announcement (no set-up since August 2018)",
      instead: "VmwareToAzure",
    },
    moves: [],
  },
  ClassicPortal: {
    title: "Machines that were set up in the classic portal",
    home: "the site",
    away: "the second site or Azure",
    status: "retired",
    retirement: {
      since: "2018",
      source: "Microsoft, closing of the Azure classic portal and its Site Recovery vaults",
      instead: "a Recovery Services vault and the current scenario of the same machines",
    },
    moves: [],
  },
};

/** What can be done in a scenario. */
export function capabilityOf(scenario: Scenario): Capability {
  return capabilities[scenario];
}

/** True for a scenario in which nothing can be set up or moved any more. */
export function isRetired(scenario: Scenario): scenario is RetiredScenario {
  return capabilities[scenario].status === "retired";
}

/** Since when a scenario is superseded or retired, by which source, and what to use; undefined for a current one. */
export function retirementOf(scenario: RetiredScenario): Retirement;
export function retirementOf(scenario: Scenario): Retirement | undefined;
export function retirementOf(scenario: Scenario): Retirement | undefined {
  return capabilities[scenario].retirement;
}

/** True when the scenario knows the verb at all, wherever the machine runs. */
export function knows(scenario: Scenario, verb: Verb): boolean {
  return capabilities[scenario].moves.some((each) => each.verb === verb);
}

/** The failover verbs that a scenario has for machines at home, or for those away; they can be chosen from when there are two. */
export function failoversOf(scenario: Scenario, away: boolean): readonly Verb[] {
  const verbs = capabilities[scenario].moves
    .filter((each) => each.verb !== "cancelFailover" && each.changesSide)
    .filter((each) => each.away === undefined || each.away === away)
    .map((each) => each.verb);
  return [...new Set(verbs)];
}
