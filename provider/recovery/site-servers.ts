import { nameOf, sameId } from "./identity.ts";
import type { ContainerMappingFacts, ItemFacts, PolicyFacts } from "./model.ts";
import type {
  ApplianceFacts,
  MasterTargetFacts,
  OnPremisesFabricFacts,
  ProcessServerFacts,
  RunAsAccountFacts,
} from "./on-premises.ts";
import { positionOf, siteSide } from "./position.ts";
import { failbackPolicyOf, forwardPolicyOf } from "./reprotect-policy.ts";
import { type Chosen, choose } from "./server-choice.ts";

/** What the inputs of an action say of the servers of a site; names or ids, everything may be absent. */
export interface WantedServers {
  readonly processServer?: string;
  readonly masterTarget?: string;
  readonly appliance?: string;
  readonly datastore?: string;
  readonly retentionVolume?: string;
  readonly runAsAccount?: string;
  readonly cacheStorageAccount?: string;
  readonly policy?: string;
}

/** The servers and settings that a reprotect of one machine will use; what is absent could not be found. */
export interface ChosenServers {
  /** `toSite` replicates from Azure back to the site, `toAzure` from the site to Azure again. */
  readonly way: "toSite" | "toAzure";
  readonly fabric?: OnPremisesFabricFacts;
  readonly processServer?: ProcessServerFacts;
  readonly masterTarget?: MasterTargetFacts;
  readonly appliance?: ApplianceFacts;
  /** Name of the datastore; given, or the one that the machine lies on. */
  readonly datastore?: string;
  /** Name of the volume for retention data, such as `R` or `/mnt/retention`. */
  readonly retentionVolume?: string;
  readonly runAsAccount?: RunAsAccountFacts;
  /** ARM id of the storage account for the log, modernized. */
  readonly cacheStorageAccountId?: string;
  readonly policyId?: string;
  /** What was named and does not exist, or is needed and could not be found. */
  readonly problems: readonly ServerProblem[];
}

/** Why a server or setting could not be chosen. */
export interface ServerProblem {
  /** Input that would settle it, such as `masterTarget`. */
  readonly input: keyof WantedServers;
  readonly fact: string;
  readonly remedy: string;
}

/** What servers are chosen from. */
export interface ServerSources {
  readonly item: ItemFacts;
  readonly wanted: WantedServers;
  /** The site's fabric with its servers; absent when the vault does not show it. */
  readonly fabric?: OnPremisesFabricFacts;
  /** Accounts that can sign in to the machine. */
  readonly accounts: readonly RunAsAccountFacts[];
  readonly policies: readonly PolicyFacts[];
  readonly mappings: readonly ContainerMappingFacts[];
}

/**
 * Chooses what a reprotect needs of a site: what the inputs name, else what there is only one of, else what
 * the machine had before. What cannot be chosen becomes a problem that lists what there is.
 */
export function chooseServers(sources: ServerSources): ChosenServers {
  const { item, fabric } = sources;
  const way = positionOf(item).away ? "toSite" : "toAzure";
  if (fabric === undefined) {
    const name = siteSide(item).fabricFriendlyName;
    const problem: ServerProblem = {
      input: "processServer",
      fact: `the vault does not show the servers of its site ${name}.`,
      remedy: "See that the site's servers are registered in the vault.",
    };
    return { way, problems: [problem] };
  }
  const picks = picksOf(sources, fabric, way);
  const problems = Object.values(picks).flatMap((pick) => pick.problem ?? []);
  const found = Object.entries(picks).filter(([, pick]) => pick.value !== undefined);
  return {
    way,
    fabric,
    ...Object.fromEntries(found.map(([name, pick]) => [name, pick.value])),
    problems,
  };
}

type Picks = Readonly<Record<string, Chosen<unknown>>>;

function picksOf(
  sources: ServerSources,
  fabric: OnPremisesFabricFacts,
  way: ChosenServers["way"],
): Picks {
  const account = accountOf(sources);
  if (way === "toAzure") {
    return {
      processServer: processServerOf(sources, fabric, fabric.generation === "modernized"),
      policyId: forwardPolicyOf(sources),
      runAsAccount: account,
    };
  }
  if (fabric.generation === "modernized") {
    const appliance = applianceOf(sources, fabric);
    return {
      appliance,
      datastore: datastoreOf(sources, appliance.value?.accessibleDatastores ?? []),
      cacheStorageAccountId: logAccountOf(sources),
      ...(sources.wanted.policy === undefined
        ? {}
        : { policyId: { value: sources.wanted.policy } }),
    };
  }
  const masterTarget = masterTargetOf(sources, fabric);
  const listed = (masterTarget.value?.datastores ?? []).map((each) => each.name);
  return {
    processServer: processServerOf(sources, fabric, false),
    masterTarget,
    // Without a master target there is no list to choose from, and that is said already.
    ...(masterTarget.value === undefined
      ? {}
      : {
          datastore: datastoreOf(sources, listed),
          retentionVolume: retentionVolumeOf(sources, masterTarget.value),
        }),
    policyId: failbackPolicyOf(sources),
    runAsAccount: account,
  };
}

function processServerOf(
  { wanted, item }: ServerSources,
  fabric: OnPremisesFabricFacts,
  isAppliance: boolean,
): Chosen<ProcessServerFacts> {
  const before = item.onPremises?.reprotectAgentId || item.onPremises?.processServerId || "";
  return choose({
    input: "processServer",
    what: isAppliance ? "appliance" : "process server",
    wanted: wanted.processServer ?? (isAppliance ? wanted.appliance : undefined),
    all: fabric.processServers,
    names: (each) => [each.id, each.name],
    ...(isAppliance && before !== "" ? { preferred: before } : {}),
  });
}

function masterTargetOf(
  { wanted, item }: ServerSources,
  fabric: OnPremisesFabricFacts,
): Chosen<MasterTargetFacts> {
  const fit = fabric.masterTargets.filter(
    (each) => item.osType === "" || sameId(each.osType, item.osType),
  );
  return choose({
    input: "masterTarget",
    what:
      wanted.masterTarget === undefined
        ? `master target for ${item.osType || "its system"}`
        : "master target",
    wanted: wanted.masterTarget,
    // One that is named is taken as it is: whether it fits, the rules judge.
    all: wanted.masterTarget === undefined ? fit : fabric.masterTargets,
    names: (each) => [each.id, each.name],
  });
}

function applianceOf(
  { wanted }: ServerSources,
  fabric: OnPremisesFabricFacts,
): Chosen<ApplianceFacts> {
  return choose({
    input: "appliance",
    what: "appliance",
    wanted: wanted.appliance,
    all: fabric.appliances,
    names: (each) => [each.id, each.name, each.fqdn, each.biosId],
  });
}

function datastoreOf({ wanted, item }: ServerSources, listed: readonly string[]): Chosen<string> {
  if (wanted.datastore !== undefined) return { value: wanted.datastore };
  const own = item.onPremises?.datastores ?? [];
  const known = own.find((each) => listed.includes(each));
  if (known !== undefined) return { value: known };
  const choices = listed.length === 0 ? "none is listed" : `listed: ${listed.join(", ")}`;
  const [only] = listed;
  if (own.length === 0 && listed.length === 1 && only !== undefined) return { value: only };
  return {
    problem: {
      input: "datastore",
      fact:
        own.length === 0
          ? `no datastore is given for it (${choices}).`
          : `its datastore ${own.join(", ")} is not among those that the site's server reaches (${choices}).`,
      remedy: "Name a datastore that the server reaches, or give the server access to this one.",
    },
  };
}

/** Volumes that servers use unless told otherwise: on Windows, on Linux. */
const usualVolumes: readonly string[] = ["R", "R:", "R:\\", "/mnt/retention"];

function retentionVolumeOf({ wanted }: ServerSources, target: MasterTargetFacts): Chosen<string> {
  const names = target.retentionVolumes.map((each) => each.name);
  if (wanted.retentionVolume !== undefined) return { value: wanted.retentionVolume };
  const value = names.find((each) => usualVolumes.includes(each)) ?? names[0];
  return value === undefined
    ? {
        problem: {
          input: "retentionVolume",
          fact: `master target ${target.name} lists no volume that could keep retention data.`,
          remedy: "Add a drive for it to the master target; it is listed within 15 minutes.",
        },
      }
    : { value };
}

/** The account is needed by nobody, so that none is no problem; a wrong one is. */
function accountOf({ wanted, item, accounts }: ServerSources): Chosen<RunAsAccountFacts> {
  const before = item.onPremises?.runAsAccountId ?? "";
  if (wanted.runAsAccount === undefined) {
    const value =
      accounts.find((each) => sameId(each.id, before)) ??
      (before === ""
        ? accounts.length === 1
          ? accounts[0]
          : undefined
        : { id: before, name: nameOf(before) });
    return value === undefined ? {} : { value };
  }
  if (wanted.runAsAccount.includes("/")) {
    return { value: { id: wanted.runAsAccount, name: nameOf(wanted.runAsAccount) } };
  }
  return choose({
    input: "runAsAccount",
    what: "account",
    wanted: wanted.runAsAccount,
    all: accounts,
    names: (each) => [each.id, each.name],
  });
}

function logAccountOf({ wanted, item }: ServerSources): Chosen<string> {
  const value =
    wanted.cacheStorageAccount ||
    item.onPremises?.logStorageAccountId ||
    item.disks.find((each) => each.cacheStorageAccountId !== "")?.cacheStorageAccountId;
  return value === undefined
    ? {
        problem: {
          input: "cacheStorageAccount",
          fact: "no storage account for the log of its replication is known.",
          remedy: "Give cacheStorageAccount, in the region where the machine runs now.",
        },
      }
    : { value };
}
