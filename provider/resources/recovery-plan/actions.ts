import type { CheckFailure } from "../../handler.ts";
import { knownElements } from "../../inputs/known-elements.ts";
import type { RecoveryPlanActionFacts } from "../../recovery/model.ts";
import type { RecoveryPlanActionSpecification } from "../../sites/azure/specifications.ts";
import { hasUnknown, isUnknown } from "../../unknown.ts";
import type {
  RecoveryPlanAction,
  RecoveryPlanDirection,
  RecoveryPlanFailoverType,
} from "../recovery-plan.ts";

const allTypes: readonly RecoveryPlanFailoverType[] = [
  "PlannedFailover",
  "TestFailover",
  "UnplannedFailover",
];
const allDirections: readonly RecoveryPlanDirection[] = ["PrimaryToRecovery", "RecoveryToPrimary"];

/** The actions with their defaults; lists whose order means nothing come out in one order. */
export function completeActions(
  actions: readonly RecoveryPlanAction[] | undefined,
): readonly RecoveryPlanAction[] | undefined {
  if (!Array.isArray(actions)) return actions;
  return (actions as readonly RecoveryPlanAction[]).map((action) => {
    if (hasUnknown(action)) return action;
    const { failoverTypes, failoverDirections } = action;
    return {
      ...action,
      failoverTypes: (failoverTypes ?? allTypes).toSorted(),
      failoverDirections: (failoverDirections ?? allDirections).toSorted(),
      ...(action.kind === "manual" ? {} : { fabricLocation: action.fabricLocation ?? "Recovery" }),
    };
  });
}

/** What a kind of action needs, and what it must not have. */
const fieldsOf: Readonly<
  Record<
    RecoveryPlanAction["kind"],
    { readonly needs: readonly Field[]; readonly refuses: readonly Field[] }
  >
> = {
  manual: { needs: [], refuses: ["script", "runbook", "timeout"] },
  script: { needs: ["script"], refuses: ["runbook", "description"] },
  runbook: { needs: ["runbook"], refuses: ["script", "description"] },
};

type Field = "script" | "runbook" | "timeout" | "description";

/** What is wrong with a list of actions. */
export function actionProblems(
  path: string,
  actions: readonly RecoveryPlanAction[] | undefined,
): readonly CheckFailure[] {
  return knownElements(actions).flatMap(([index, action]) => {
    const place = `${path}[${index}]`;
    if (isUnknown(action.kind)) return [];
    const { needs, refuses } = fieldsOf[action.kind];
    const first = knownElements(actions).find(([, each]) => each.name === action.name)?.[0];
    return [
      ...(first !== undefined && first < index && !isUnknown(action.name)
        ? [{ path: `${place}.name`, reason: `"${action.name}" names ${path}[${first}] already.` }]
        : []),
      ...needs
        .filter((field) => !action[field])
        .map((field) => ({
          path: `${place}.${field}`,
          reason: `is missing: an action of the kind ${action.kind} needs it.`,
        })),
      ...refuses
        .filter((field) => action[field])
        .map((field) => ({
          path: `${place}.${field}`,
          reason: `means nothing in an action of the kind ${action.kind}. Remove it.`,
        })),
    ];
  });
}

/** An action as the service takes it. */
export function actionSpecification(action: RecoveryPlanAction): RecoveryPlanActionSpecification {
  return {
    name: action.name,
    failoverTypes: action.failoverTypes ?? allTypes,
    failoverDirections: action.failoverDirections ?? allDirections,
    details: detailsOf(action),
  };
}

function detailsOf(action: RecoveryPlanAction): RecoveryPlanActionSpecification["details"] {
  const place = {
    fabricLocation: action.fabricLocation ?? "Recovery",
    ...(action.timeout ? { timeout: action.timeout } : {}),
  } as const;
  if (action.kind === "script") return { kind: "script", path: action.script ?? "", ...place };
  if (action.kind === "runbook") {
    return { kind: "runbook", runbookId: action.runbook ?? "", ...place };
  }
  return { kind: "manual", description: action.description ?? "" };
}

/** An action as the service shows it, in the words of the inputs. */
export function describeAction(facts: RecoveryPlanActionFacts): RecoveryPlanAction {
  const texts = {
    description: facts.kind === "manual" ? facts.description : "",
    script: facts.kind === "script" ? facts.scriptPath : "",
    runbook: facts.kind === "runbook" ? facts.runbookId : "",
    fabricLocation: facts.kind === "manual" ? "" : facts.fabricLocation,
    timeout: facts.kind === "manual" ? "" : facts.timeout,
  };
  return {
    name: facts.name,
    kind: facts.kind,
    failoverTypes: facts.failoverTypes.toSorted() as readonly RecoveryPlanFailoverType[],
    failoverDirections: facts.failoverDirections.toSorted(),
    ...Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== "")),
  };
}
