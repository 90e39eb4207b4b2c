import type { Context } from "../../context.ts";
import type { CheckFailure } from "../../handler.ts";
import { knownElements } from "../../inputs/known-elements.ts";
import { proposal } from "../../inputs/nearest-name.ts";
import { nameOf, sameId } from "../../recovery/identity.ts";
import type { AzureSite } from "../../sites/azure/site.ts";
import { hasUnknown, isUnknown } from "../../unknown.ts";
import { azureProblems } from "../references.ts";
import type { ReplicatedItemInputs } from "../replicated-item.ts";

/** What is wrong with the place that the machine would be recovered to. */
export async function targetProblems(
  context: Context,
  site: AzureSite,
  inputs: ReplicatedItemInputs,
  location: string | undefined,
): Promise<readonly CheckFailure[]> {
  const { target } = inputs;
  if (target === undefined || isUnknown(target)) return [];
  const things = [
    ["resourceGroup", "resource group"],
    ["availabilitySet", "availability set"],
    ["proximityPlacementGroup", "proximity placement group"],
    ["bootDiagnosticsStorageAccount", "storage account"],
  ] as const;
  const missing = await Promise.all(
    things.map(([name, noun]) =>
      azureProblems(context, site, `target.${name}`, noun, target[name]),
    ),
  );
  const nics = knownElements(inputs.nics);
  const subnets = [
    ["target.subnet", target.subnet] as const,
    ...nics.map(([index, nic]) => [`nics[${index}].subnet`, nic.subnet] as const),
  ];
  const testSubnets = nics.map(
    ([index, nic]) => [`nics[${index}].testSubnet`, nic.testSubnet] as const,
  );
  const place = { context, site, location };
  return [
    ...missing.flat(),
    ...(await networkProblems(place, "target.network", target.network, subnets)),
    ...(await networkProblems(place, "target.testNetwork", target.testNetwork, testSubnets)),
  ];
}

interface Place {
  readonly context: Context;
  readonly site: AzureSite;
  readonly location: string | undefined;
}

/** A network has to exist, to lie in the recovery region, and to have the subnets. */
async function networkProblems(
  { context, site, location }: Place,
  path: string,
  id: string | undefined,
  subnets: readonly (readonly [path: string, name: string | undefined])[],
): Promise<readonly CheckFailure[]> {
  if (id === undefined || id === "" || hasUnknown(id)) return [];
  const missing = await azureProblems(context, site, path, "virtual network", id);
  if (missing.length > 0) return missing;
  const network = await site.network(context, id);
  if (network === undefined) return [];
  const name = nameOf(id);
  const elsewhere =
    location === undefined || sameId(location, network.location)
      ? []
      : [
          {
            path,
            reason: `the network ${name} lies in ${network.location}, the machine goes to ${location}. Give a network of that region.`,
          },
        ];
  const names = network.subnets.map((each) => each.name);
  const strange = subnets.flatMap(([place, subnet]) => {
    if (subnet === undefined || subnet === "" || hasUnknown(subnet)) return [];
    if (names.some((each) => sameId(each, subnet))) return [];
    return [
      {
        path: place,
        reason: `the network ${name} has no subnet "${subnet}".${proposal(subnet, names)}`,
      },
    ];
  });
  return [...elsewhere, ...strange];
}
