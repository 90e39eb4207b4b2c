/** How much a finding weighs: `block` stops the action, `warn` never does, `wait` may pass by itself. */
export type Severity = "block" | "warn" | "wait";

/** What a check says about one machine, plan or setting. */
export interface Finding {
  /** Rule id, such as `A2-DRILL`; stable, used to waive it. */
  readonly rule: string;
  readonly severity: Severity;
  /** The machine, recovery plan or setting it speaks of. */
  readonly subject: string;
  /** What is the case. */
  readonly fact: string;
  /** What to do about it. */
  readonly remedy: string;
  /** Path of the input that brought it about; empty when none did. */
  readonly path: string;
  /** True when the user waived a blocker by its rule id; such a finding weighs as a warning. */
  readonly waived: boolean;
  /** The whole finding in one line, as hosts print it. */
  readonly text: string;
}

/** What a rule knows of a finding before waivers are applied. */
export interface FindingFacts {
  readonly rule: string;
  readonly severity: Severity;
  readonly subject: string;
  readonly fact: string;
  readonly remedy: string;
  readonly path?: string;
}

/** Completes a finding: applies the waivers and writes its one-line text. */
export function finding(facts: FindingFacts, waivedRules: readonly string[] = []): Finding {
  const waived = facts.severity !== "warn" && waivedRules.includes(facts.rule);
  const path = facts.path ?? "";
  const place = path === "" ? "" : ` (${path})`;
  const mark = waived ? ", waived" : "";
  return {
    ...facts,
    path,
    waived,
    severity: waived ? "warn" : facts.severity,
    text: `${facts.subject}: ${facts.fact} ${facts.remedy}${place} [${facts.rule}${mark}]`,
  };
}

/** The findings that stop an action. */
export function blockers(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter((each) => each.severity === "block");
}
