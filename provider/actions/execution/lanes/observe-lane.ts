import { SiteError } from "../../../errors.ts";
import type { FindingFacts } from "../../../recovery/findings.ts";
import { itemIdentity, sameId } from "../../../recovery/identity.ts";
import { type Evaluation, evaluate } from "../../observation/evaluation.ts";
import { lookOf, type Run } from "../run.ts";
import type { Lane } from "./lane.ts";

/** The lane's machines and what is to be done for them, asked of the service anew. */
export async function observeLane(run: Run, lane: Lane): Promise<Evaluation> {
  const { context, action, inputs } = run;
  const names = lane.items.map((item) => itemIdentity(item.vaultId, item.name));
  const evaluation = await evaluate(context, action, inputs, {
    ...lookOf(run),
    only: new Set(names),
    lost: new Set(lane.readiness.lostJobs.size > 0 ? names : []),
  });
  if (evaluation.situations.length < names.length) {
    const [gone] = goneFrom(lane, evaluation.targets.problems);
    const why = gone === undefined ? "the vault does not replicate the machine any more." : gone;
    throw new SiteError(`${lane.name}: ${why}`, {
      site: "azure",
      operation: action,
      hint: "See in the vault's jobs who did that, and what became of the machine.",
    });
  }
  return evaluation;
}

/** Why the lane's machines are not found any more, where it is not their own protection that ended. */
function goneFrom({ items }: Lane, problems: readonly FindingFacts[]): readonly string[] {
  const others = ["VA-UNKNOWN", "PL-UNKNOWN", "IT-AMBIGUOUS"];
  return problems
    .filter(({ rule, subject }) =>
      rule === "IT-AMBIGUOUS"
        ? items.some((item) => sameId(item.name, subject) || sameId(item.friendlyName, subject))
        : others.includes(rule),
    )
    .map(({ fact }) => fact);
}
