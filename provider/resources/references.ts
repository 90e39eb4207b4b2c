import type { Context } from "../context.ts";
import type { CheckFailure } from "../handler.ts";
import { proposal } from "../inputs/nearest-name.ts";
import { nameOf, sameId } from "../recovery/identity.ts";
import type { AzureSite } from "../sites/azure/site.ts";
import { hasUnknown } from "../unknown.ts";

/** The failure for a vault that neither exists nor is declared in this run. */
export function missingVault(vaultId: string): CheckFailure {
  return {
    path: "vault",
    reason: `there is no vault ${vaultId}. Create it, declare it in this program, or correct the name; \`asr:vault\`, \`asr:resourceGroup\` and \`asr:subscriptionId\` supply what \`vault\` leaves out.`,
  };
}

/** The failure for a reference to an object that neither exists nor is declared in this run; none otherwise. */
export function referenceProblems(
  context: Context,
  path: string,
  noun: string,
  id: string | undefined,
  existing: readonly { readonly id: string; readonly name: string }[],
): readonly CheckFailure[] {
  if (id === undefined || hasUnknown(id) || context.declared.has(id.toLowerCase())) return [];
  if (existing.some((each) => sameId(each.id, id))) return [];
  const names = existing.map((each) => each.name);
  return [{ path, reason: `there is no ${noun} ${id}.${proposal(nameOf(id), names)}` }];
}

/** The failure for an Azure resource outside the vault that does not exist; none when it does or is not known yet. */
export async function azureProblems(
  context: Context,
  site: AzureSite,
  path: string,
  noun: string,
  id: string | undefined,
): Promise<readonly CheckFailure[]> {
  if (id === undefined || id === "" || hasUnknown(id)) return [];
  if (!/^\/subscriptions\/[^/]+\//i.test(id)) {
    return [
      {
        path,
        reason: `"${id.slice(0, 300)}" is no ARM id. Give the ${noun}'s full id, /subscriptions/….`,
      },
    ];
  }
  if (context.declared.has(id.toLowerCase()) || (await site.exists(context, id))) return [];
  return [{ path, reason: `there is no ${noun} ${id}. Create it or correct the id.` }];
}

/** The failure for a region that the subscription does not have; none when it has it. */
export async function regionProblems(
  context: Context,
  site: AzureSite,
  path: string,
  location: string,
): Promise<readonly CheckFailure[]> {
  if (hasUnknown(location)) return [];
  const regions = await site.regions(context);
  if (regions.has(location)) return [];
  return [
    {
      path,
      reason: `"${location}" is no region of the subscription.${proposal(location, [...regions.keys()])}`,
    },
  ];
}
