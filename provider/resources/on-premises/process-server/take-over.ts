import type { Context } from "../../../context.ts";
import { DisasterRecoveryError } from "../../../errors.ts";
import type { CheckFailure } from "../../../handler.ts";
import { proposal } from "../../../inputs/nearest-name.ts";
import { nameOf, sameId, segmentAfter } from "../../../recovery/identity.ts";
import type { ItemFacts } from "../../../recovery/model.ts";
import type { OnPremisesFabricFacts, ProcessServerFacts } from "../../../recovery/on-premises.ts";
import { listed } from "../../../recovery/rules/words.ts";
import { serverNameOf } from "../../../recovery/server-choice.ts";
import type { VaultSite } from "../../../sites/azure/site.ts";
import { pause } from "../../../waiting.ts";
import type { ProcessServerInputs } from "../process-server.ts";

/** What a take-over comes to now. */
interface TakeOver {
  readonly source: ProcessServerFacts | undefined;
  readonly items: readonly ItemFacts[];
  /** Names of vCenters whose discovery moves along. */
  readonly vcenters: readonly string[];
  /** In one sentence. */
  readonly text: string;
}

/** What is wrong with the names of a take-over. */
export async function takeOverProblems(
  context: Context,
  vault: VaultSite,
  inputs: ProcessServerInputs,
  site: OnPremisesFabricFacts,
): Promise<readonly CheckFailure[]> {
  if (sourceOf(inputs, site) === undefined) {
    const names = site.processServers.map((each) => each.name);
    const reason = `the site has no process server "${inputs.takeOverFrom}".${proposal(inputs.takeOverFrom ?? "", names)}`;
    return [{ path: "takeOverFrom", reason }];
  }
  const all = await itemsOf(context, vault, inputs);
  return (inputs.takeOverMachines ?? []).flatMap((name, index) => {
    if (all.some((item) => isNamed(item, name))) return [];
    const known = all.map((item) => item.friendlyName);
    const reason = `the site protects no machine "${name}".${proposal(name, known)}`;
    return [{ path: `takeOverMachines[${index}]`, reason }];
  });
}

/** What will move, as things are now. */
export async function planTakeOver(
  context: Context,
  vault: VaultSite,
  inputs: ProcessServerInputs,
  site: OnPremisesFabricFacts,
): Promise<TakeOver> {
  const source = sourceOf(inputs, site);
  const { takeOverMachines: wanted } = inputs;
  if (source === undefined) {
    const text = `takes over nothing: ${inputs.takeOverFrom} is not there any more.`;
    return { source, items: [], vcenters: [], text };
  }
  const all = await itemsOf(context, vault, inputs);
  const items = all.filter(
    (item) =>
      sameId(item.onPremises?.processServerId, source.id) &&
      (wanted === undefined || wanted.some((name) => isNamed(item, name))),
  );
  const known = wanted === undefined ? await vault.onPremises.vcenters(context) : [];
  const vcenters = known
    .filter((each) => sameId(each.processServerId, source.id))
    .map((each) => each.friendlyName);
  const names = items.map((item) => item.friendlyName);
  const moved = [
    ...(names.length === 0 ? [] : [`${names.length} machines (${listed(names)})`]),
    ...(vcenters.length === 0 ? [] : [`the discovery of ${listed(vcenters)}`]),
  ];
  const text =
    moved.length === 0
      ? `takes over nothing from ${source.name}: nothing is left there.`
      : `takes over from ${source.name}: ${moved.join(" and ")}.`;
  return { source, items, vcenters, text };
}

/**
 * Moves what is still with the other server, and waits until Azure shows it here. Does nothing when nothing is.
 * Throws SiteError with the job's causes, DeadlineError.
 */
export async function takeOver(
  context: Context,
  vault: VaultSite,
  inputs: ProcessServerInputs,
  site: OnPremisesFabricFacts,
  target: ProcessServerFacts,
): Promise<void> {
  const plan = await planTakeOver(context, vault, inputs, site);
  context.log.info(`process server ${target.name}: ${plan.text}`);
  if (plan.source === undefined || plan.items.length + plan.vcenters.length === 0) return;
  const fabricName = nameOf(inputs.fabric);
  const containers = await vault.containers(context);
  const container = containers.find((each) => sameId(each.fabricName, fabricName));
  if (container === undefined) {
    throw new DisasterRecoveryError(
      "InvalidInput",
      `The site ${fabricName} has no protection container, so no machine of it can be moved.`,
      { hint: "Wait until the configuration server has registered it." },
    );
  }
  await vault.onPremises.moveMachines(context, fabricName, {
    containerName: container.name,
    sourceProcessServerId: plan.source.id,
    targetProcessServerId: target.id,
    ...(inputs.takeOverMachines === undefined
      ? {}
      : { machineIds: plan.items.map(protectableItemName) }),
  });
  for (;;) {
    vault.forget();
    const left = (await planTakeOver(context, vault, inputs, site)).items;
    if (left.length === 0) return;
    const names = listed(left.map((item) => item.friendlyName));
    await pause(context, `process server ${target.name}: waits until Azure shows ${names} here`);
  }
}

/** The name by which the service moves a machine: that of its protectable item (its own PowerShell sends that). */
function protectableItemName(item: ItemFacts): string {
  return segmentAfter(item.machineId, "replicationProtectableItems") || item.name;
}

function sourceOf(
  { takeOverFrom }: ProcessServerInputs,
  site: OnPremisesFabricFacts,
): ProcessServerFacts | undefined {
  const name = serverNameOf(takeOverFrom ?? "");
  return site.processServers.find((each) => sameId(each.name, name) || sameId(each.id, name));
}

async function itemsOf(
  context: Context,
  vault: VaultSite,
  { fabric }: ProcessServerInputs,
): Promise<readonly ItemFacts[]> {
  const items = await vault.items(context);
  const prefix = `${fabric}/`.toLowerCase();
  return items.filter((item) => item.armId.toLowerCase().startsWith(prefix));
}

function isNamed(item: ItemFacts, name: string): boolean {
  return sameId(item.name, name) || sameId(item.friendlyName, name);
}
