import type { Context } from "../../context.ts";
import { CancelledError, DisasterRecoveryError } from "../../errors.ts";
import { proposal } from "../../inputs/nearest-name.ts";
import { sameId } from "../../recovery/identity.ts";
import type { VsphereAccess } from "../../recovery/on-premises-situation.ts";
import type { VsphereSite } from "../../sites/vsphere/site.ts";

/** A vCenter that could not be chosen or does not answer. */
export type ClosedAccess = Extract<VsphereAccess, { kind: "closed" }>;

/** The adapter of the vCenter that was chosen, or why there is none. */
export type ChosenVCenter = { readonly vsphere: VsphereSite } | { readonly closed: ClosedAccess };

const configuring =
  'Name it: `pulumi config set --secret asr:vcenters \'{"vcenter-one": {"url": "https://vcenter.example.com", "username": "…", "password": "…", "thumbprint": "…"}}\'`.';

/**
 * Chooses the vCenter of a machine or server: the one that is named, else the one whose host is an address
 * under which Azure has discovered it, else the one that is called as Azure calls it, else the only one
 * that is configured. `known` holds Azure's addresses and names of it. Nothing is sent.
 */
export async function chooseVCenter(
  context: Context,
  wanted: string | undefined,
  known: readonly string[],
): Promise<ChosenVCenter> {
  const { vcenterNames } = context.sites;
  try {
    if (wanted !== undefined) {
      const named = await context.sites.vsphere(wanted);
      return named === undefined
        ? closed(
            wanted,
            `asr:vcenters has no vCenter of this name.`,
            unknownName(wanted, vcenterNames),
          )
        : { vsphere: named };
    }
    const sites = await Promise.all(vcenterNames.map((name) => context.sites.vsphere(name)));
    const all = sites.filter((each) => each !== undefined);
    const found =
      all.find((each) => known.some((address) => sameId(address, each.host))) ??
      all.find((each) => known.some((name) => sameId(name, each.name)));
    const [only] = all;
    if (found !== undefined) return { vsphere: found };
    if (only !== undefined && all.length === 1) return { vsphere: only };
    return all.length === 0
      ? closed("", "No vCenter is configured.", configuring)
      : closed(
          "",
          `Which of the configured vCenters (${vcenterNames.join(", ")}) it is cannot be told${known.length === 0 ? "" : `: Azure knows ${known.join(", ")}`}.`,
          "Give its name as vcenter, or call it in asr:vcenters as Azure does.",
        );
  } catch (error) {
    return { closed: closedBy(wanted ?? "", error) };
  }
}

/**
 * Has the next look at any vCenter ask it, so that what changed there since the preview is seen before an
 * action begins. Nothing is sent.
 */
export async function lookAnew(context: Context): Promise<void> {
  for (const name of context.sites.vcenterNames) {
    try {
      (await context.sites.vsphere(name))?.forget();
    } catch (error) {
      // A vCenter that cannot be used has no answers to forget; whoever needs it is told why.
      closedBy(name, error);
    }
  }
}

/**
 * Why a vCenter is closed, from the error that it gave: a wrong password, a certificate that is not trusted,
 * no answer. Anything that is no trouble of a site, and a cancelled run, is thrown on.
 */
export function closedBy(vcenter: string, error: unknown): ClosedAccess {
  if (!(error instanceof DisasterRecoveryError) || error instanceof CancelledError) throw error;
  return {
    kind: "closed",
    vcenter,
    reason: `It could not be looked at: ${error.message}`,
    remedy: "Mend that, or see to these points yourself before you go on.",
  };
}

function closed(
  vcenter: string,
  reason: string,
  remedy: string,
): { readonly closed: ClosedAccess } {
  return { closed: { kind: "closed", vcenter, reason, remedy } };
}

const unknownName = (name: string, known: readonly string[]): string =>
  known.length === 0 ? configuring : `Configured are ${known.join(", ")}.${proposal(name, known)}`;
