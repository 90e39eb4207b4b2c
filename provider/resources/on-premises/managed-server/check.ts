import { noteComingFix } from "../../../actions/observation/coming-fixes.ts";
import type { Context } from "../../../context.ts";
import type { Checked, CheckFailure } from "../../../handler.ts";
import { nearestName } from "../../../inputs/nearest-name.ts";
import {
  completeName,
  completeReference,
  vaultIdOf,
  vaultOfReference,
} from "../../../inputs/vault-object.ts";
import { nameOf, sameId } from "../../../recovery/identity.ts";
import type { FabricFacts } from "../../../recovery/model.ts";
import type { ResourceSchema } from "../../../schema/schema.ts";
import { hasUnknown } from "../../../unknown.ts";
import { checkInputs } from "../../check-inputs.ts";
import { unlessMissing } from "../../failures.ts";
import { referenceProblems } from "../../references.ts";
import { timeoutProblems } from "../timeout.ts";
import { type ManagedServer, serverComparison, serverDifferences, serverId } from "./kind.ts";
import { type Look, lookAtServer } from "./look.ts";
import { tellPlan } from "./tell.ts";
import type { AnyServerInputs, ManagedServerOutputs, PlannedServerFix } from "./types.ts";

/**
 * Checks a server's inputs, and looks at it when something about them is new: what will be mended and what
 * speaks against it become computed inputs. An unchanged server costs no request.
 */
export async function checkManagedServer<
  Inputs extends AnyServerInputs,
  State extends Inputs & ManagedServerOutputs,
>(
  server: ManagedServer<Inputs, State>,
  schema: ResourceSchema,
  context: Context,
  news: Inputs,
  olds: Inputs | undefined,
): Promise<Checked<Inputs>> {
  const { generation } = server;
  const { plan: _, findings: __, ...given } = news;
  const checked = await checkInputs<Inputs & { readonly adopt?: boolean }, Inputs, undefined>(
    {
      noun: server.noun,
      comparison: serverComparison,
      complete: (_context, inputs) => completeServer(context, inputs),
      id: (_context, inputs) => serverId(server, inputs),
      problems: (inputs) => [...timeoutProblems(inputs.timeout), ...server.problems(inputs)],
      checkReferences: async (_context, site, inputs) => {
        const fabrics = await site.vault(vaultIdOf(inputs.fabric)).fabrics(context);
        return fabricProblems(context, server, inputs.fabric, fabrics);
      },
      observe: async () => undefined,
      describe: (_facts, _id, wanted) => wanted as Inputs,
    },
    schema,
    context,
    given as unknown as Inputs,
    olds,
  );
  const { inputs, failures } = checked;
  if (failures.length > 0) return checked;
  const answer = (plan: readonly PlannedServerFix[] | undefined, findings: Look["findings"]) => ({
    inputs: { ...inputs, ...(plan === undefined ? {} : { plan }), findings },
    failures,
  });
  const same =
    olds !== undefined && Object.keys(serverDifferences(schema, olds, inputs)).length === 0;
  if (same && olds.plan !== undefined) return answer(olds.plan, []);
  if (hasUnknown(inputs)) {
    tellPlan(context, server.noun, inputs, undefined);
    return answer(undefined, []);
  }
  // A vault or site that this very run makes has nothing to look at yet.
  const look = await unlessMissing(() =>
    lookAtServer(context, { generation, id: serverId(server, inputs), inputs, changes: {} }),
  );
  tellPlan(context, server.noun, inputs, look);
  for (const { fix } of look?.fixes ?? []) noteComingFix(context, serverId(server, inputs), fix);
  return answer(look?.fixes ?? [], context.preview ? (look?.findings ?? []) : []);
}

function completeServer<Inputs extends AnyServerInputs>(context: Context, inputs: Inputs): Inputs {
  const vault = vaultOfReference(context, "fabric", inputs.fabric, inputs.vault);
  const fabric = completeReference("fabric", inputs.fabric, vault, "replicationFabrics");
  return { ...inputs, vault, fabric, name: completeName(context, inputs.name) };
}

/** A site of appliances comes into being with its first appliance, so that it may not be there yet; another has to be. */
function fabricProblems(
  context: Context,
  { noun, generation }: Pick<ManagedServer<never, never>, "noun" | "generation">,
  id: string,
  fabrics: readonly FabricFacts[],
): readonly CheckFailure[] {
  const fabric = fabrics.find((each) => sameId(each.id, id));
  const path = "fabric";
  if (fabric === undefined) {
    const near = nearestName(
      nameOf(id),
      fabrics.map((each) => each.name),
    );
    const mayCome = generation === "modernized" && near === undefined;
    if (!mayCome) return referenceProblems(context, path, path, id, fabrics);
    context.declared.add(id.toLowerCase());
    return [];
  }
  if (fabric.onPremises?.generation === generation) return [];
  const others = generation === "classic" ? "a configuration server" : "replication appliances";
  const reason = `${fabric.name} is no site with ${others}, so it has no ${noun}. Name the fabric of such a site.`;
  return [{ path, reason }];
}
