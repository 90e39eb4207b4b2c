import type { Context } from "../../context.ts";
import type { SiteProviderFacts } from "../../recovery/hyper-v.ts";
import { sameId } from "../../recovery/identity.ts";
import type { ItemFacts } from "../../recovery/model.ts";
import { goesToAzure, isFromHyperV, positionOf } from "../../recovery/position.ts";
import type { FailbackChoices } from "../../recovery/situation.ts";
import type { VaultSite } from "../../sites/azure/site.ts";
import type { AnyActionInputs } from "../settings.ts";

/**
 * How these inputs bring a Hyper-V machine home from Azure; undefined for every other machine, unless they ask
 * for something of the kind, which the rules then tell is not for it.
 */
export async function failbackChoices(
  context: Context,
  vault: VaultSite,
  item: ItemFacts,
  inputs: AnyActionInputs,
): Promise<FailbackChoices | undefined> {
  const { alternateHost, createMachineIfAbsent, dataSynchronization } = inputs;
  const asks = [alternateHost, createMachineIfAbsent, dataSynchronization].some(
    (each) => each !== undefined,
  );
  const comesHome = isFromHyperV(item) && goesToAzure(item) && positionOf(item).away;
  if (!comesHome && !asks) return undefined;
  const host =
    alternateHost === undefined
      ? undefined
      : hostOf(await vault.hyperV.providers(context), item, alternateHost);
  return {
    dataSynchronization: dataSynchronization ?? "beforeDowntime",
    createMachineIfAbsent: createMachineIfAbsent ?? false,
    ...(alternateHost === undefined
      ? {}
      : {
          alternateHost: {
            name: host?.friendlyName ?? alternateHost,
            ...(host === undefined ? {} : { providerId: host.id }),
          },
        }),
  };
}

/** The registered host of this name or id; one of the machine's own site goes before others of the name. */
function hostOf(
  providers: readonly SiteProviderFacts[],
  item: ItemFacts,
  wanted: string,
): SiteProviderFacts | undefined {
  const named = providers.filter((each) =>
    [each.id, each.name, each.friendlyName].some((name) => sameId(name, wanted)),
  );
  return named.find((each) => sameId(each.fabricName, item.primary.fabricName)) ?? named[0];
}
