import { addressInPrefixes } from "../addresses.ts";
import { nameOf, sameId } from "../identity.ts";
import { activeSide, goesToAzure, passiveSide, positionOf } from "../position.ts";
import type { Situation } from "../situation.ts";
import { willFailOver, willStart } from "../situation.ts";
import { machineProblems, sizeProblems } from "./azure-requirements.ts";
import type { Rule, Violation } from "./rule.ts";
import { betweenRegions, intoAzure } from "./scenario-sets.ts";

const none: readonly Violation[] = [];

/** True when the machine goes from Azure to a site of one's own, where nothing of Azure is needed. */
const leavesAzure = ({ item }: Situation): boolean => goesToAzure(item) && positionOf(item).away;

const looksThere = (situation: Situation): boolean =>
  !situation.projected &&
  !leavesAzure(situation) &&
  situation.destination.trouble === undefined &&
  (willFailOver(situation) || willStart(situation, "testFailover"));

/** Rules about the place that the machine goes to. */
export const destinationRules: readonly Rule[] = [
  {
    id: "A2-REGION",
    source: "000/reprotect 1: the region is available, resources can be created and used",
    summary: "The region that the action needs answers, and its fabric is healthy.",
    severity: "block",
    actions: ["TestFailover", "Failover", "Reprotect", "Failback"],
    scenarios: intoAzure,
    check: (situation) => {
      const { destination, decision, item } = situation;
      if (decision.kind !== "start" || leavesAzure(situation)) return none;
      const region = passiveSide(item).location || passiveSide(item).fabricFriendlyName;
      if (destination.trouble !== undefined) {
        return [
          {
            fact: `region ${region} could not be used: ${destination.trouble}`,
            remedy: "Wait until the region is available again.",
          },
        ];
      }
      return destination.fabricHealth === "Critical"
        ? [
            {
              fact: `the fabric of ${region} is in critical health.`,
              remedy: "See the vault's health page before you rely on the region.",
            },
          ]
        : none;
    },
  },
  {
    id: "A2-TARGET",
    source: "the target network, its subnets and addresses are there",
    summary: "Target network, subnets, addresses and resource group exist.",
    severity: "block",
    actions: ["TestFailover", "Failover", "Failback"],
    scenarios: intoAzure,
    check: (situation) => {
      if (!looksThere(situation)) return none;
      return [...missingResources(situation), ...networkProblems(situation)];
    },
  },
  {
    id: "A2-REQUIREMENTS",
    source: "000/prerequisites: Azure's requirements for failed-over machines",
    summary: "Name, size, disks and network interfaces are such as Azure accepts.",
    severity: "block",
    actions: ["TestFailover", "Failover", "Failback"],
    scenarios: intoAzure,
    check: (situation) => {
      if (!looksThere(situation)) return none;
      return [...sizeProblems(situation), ...machineProblems(situation)];
    },
  },
  {
    id: "A2-TEST-NETWORK",
    source: "a drill must not reach production",
    summary: "The test network is not one that production uses.",
    severity: "block",
    actions: ["TestFailover"],
    check: (situation) => {
      const { testNetworkId, item } = situation;
      if (!willStart(situation, "testFailover") || testNetworkId === undefined) return none;
      const production = [
        item.target.networkId,
        ...item.nics.flatMap((nic) => [nic.sourceNetworkId, nic.recoveryNetworkId]),
      ];
      return production.some((each) => each !== "" && sameId(each, testNetworkId))
        ? [
            {
              fact: `the test network ${nameOf(testNetworkId)} is a network that production uses.`,
              remedy: "Give an isolated network, or waive this rule.",
              path: "network",
            },
          ]
        : none;
    },
  },
  {
    id: "A2-CACHE",
    source: "site-recovery 4.2: primaryStagingAzureStorageAccountId is required per disk",
    summary: "A cache storage account is given where the machine runs now.",
    severity: "block",
    actions: ["Reprotect"],
    scenarios: betweenRegions,
    check: (situation) => {
      const { destination, item, projected } = situation;
      if (!willStart(situation, "reprotect") || projected) return none;
      if (destination.trouble !== undefined) return none;
      const region = activeSide(item).location;
      const cache = destination.resources.find((each) => each.kind === "cache storage account");
      if (cache?.exists === true) return none;
      return [
        {
          fact:
            cache === undefined
              ? `no cache storage account in ${region} is given.`
              : `the cache storage account ${nameOf(cache.id)} does not exist.`,
          remedy: `Set cacheStorageAccount to a storage account in ${region}.`,
          path: "cacheStorageAccount",
        },
      ];
    },
  },
  {
    id: "A2-NEW",
    source: "000/reprotect 3: resources marked new are created",
    summary: "Targets of a reprotect that do not exist yet are created by it.",
    severity: "warn",
    actions: ["Reprotect"],
    scenarios: betweenRegions,
    check: (situation) => {
      if (!willStart(situation, "reprotect")) return none;
      return situation.destination.resources
        .filter((each) => each.exists === false && each.kind !== "cache storage account")
        .map((each) => ({
          fact: `${each.kind} ${nameOf(each.id)} is new: the reprotect creates it.`,
          remedy: "Check that this is what you want.",
        }));
    },
  },
];

function missingResources({ destination, action }: Situation): readonly Violation[] {
  return destination.resources
    .filter((each) => each.exists === false)
    .map((each) => ({
      fact: `${each.kind} ${each.id} does not exist.`,
      remedy:
        action === "TestFailover" && each.kind === "test network"
          ? "Create it, or name another one."
          : "Create it, or change the item's target settings.",
      ...(each.kind === "test network" ? { path: "network" } : {}),
    }));
}

function networkProblems(situation: Situation): readonly Violation[] {
  const { item, destination, action } = situation;
  const region = passiveSide(item).location;
  const network = destination.network;
  if (network === undefined) return none;
  const test = action === "TestFailover";
  if (region !== "" && !sameId(network.location, region)) {
    return [
      {
        fact: `network ${nameOf(network.id)} lies in ${network.location}, the machine goes to ${region}.`,
        remedy: `Give a network in ${region}.`,
        ...(test ? { path: "network" } : {}),
      },
    ];
  }
  return item.nics.flatMap((nic) => {
    const subnetName = test ? nic.testSubnetName : nic.recoverySubnetName;
    const address = test ? nic.testAddress : nic.recoveryAddress;
    // Without a subnet of its own the service takes the one of the same name, or the first.
    if (subnetName === "") return none;
    const subnet = network.subnets.find((each) => sameId(each.name, subnetName));
    if (subnet === undefined) {
      return [
        {
          fact: `network ${nameOf(network.id)} has no subnet ${subnetName}.`,
          remedy: `Choose one of ${network.subnets.map((each) => each.name).join(", ")}.`,
        },
      ];
    }
    return address === "" || addressInPrefixes(address, subnet.addressPrefixes)
      ? none
      : [
          {
            fact: `address ${address} lies outside subnet ${subnetName} (${subnet.addressPrefixes.join(", ")}).`,
            remedy: "Change the address of the network interface.",
          },
        ];
  });
}
