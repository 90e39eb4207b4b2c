import type { Context } from "../../../context.ts";
import { DeadlineError, PartialFailureError, SiteError } from "../../../errors.ts";
import { vaultIdOf } from "../../../inputs/vault-object.ts";
import { nameOf, sameId } from "../../../recovery/identity.ts";
import type { DiscoveredVCenterFacts } from "../../../recovery/on-premises.ts";
import { tellsTrouble } from "../../../recovery/rules/words.ts";
import { pause } from "../../../waiting.ts";
import type { VCenterState } from "../v-center.ts";

/** Waits until its machines are known. What the vCenter is stays recorded, whatever becomes of the wait. */
export async function discovered(
  context: Context,
  id: string,
  state: VCenterState,
): Promise<VCenterState> {
  const azure = await context.sites.azure(context);
  const vault = azure.vault(vaultIdOf(id));
  try {
    for (;;) {
      vault.forget();
      const all = await vault.onPremises.vcenters(context);
      const vcenter = all.find((each) => sameId(each.id, id));
      if (vcenter !== undefined && isDiscovered(vcenter)) return state;
      if (vcenter !== undefined && tellsTrouble(vcenter.discoveryStatus)) throw failed(vcenter);
      await pause(context, `vCenter ${nameOf(id)}: waits until its machines are known`);
    }
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const reason =
      error instanceof DeadlineError
        ? `vCenter ${nameOf(id)}: its machines were not known in time. Run \`pulumi up\` again to go on waiting, or set a longer \`timeout\`.`
        : error.message;
    throw new PartialFailureError(id, { ...state, phase: "creating" }, [reason], { cause: error });
  }
}

/** Every word but those of a beginning counts as through; the service documents only `Pending`. */
function isDiscovered({ discoveryStatus }: DiscoveredVCenterFacts): boolean {
  return !/pending|progress|start|^$/i.test(discoveryStatus) && !tellsTrouble(discoveryStatus);
}

function failed(vcenter: DiscoveredVCenterFacts): SiteError {
  const causes = vcenter.healthErrors.map((each) =>
    `${each.code}: ${each.message} ${each.possibleCauses} ${each.recommendedAction}`.trim(),
  );
  return new SiteError(
    `vCenter ${vcenter.name}: its discovery is ${vcenter.discoveryStatus}. ${causes.join(" ")}`.trim(),
    {
      site: "azure",
      operation: "replicationvCenters.get",
      hint: `Look at its address ${vcenter.address}:${vcenter.port} and at its account, then run \`pulumi up\` again.`,
    },
  );
}
