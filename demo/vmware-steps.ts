import type * as pulumi from "@pulumi/pulumi";
import * as asr from "pulumi-asr";

const steps = ["protect", "drill", "failover", "commit", "reprotect", "failback", "return"];

type MakeReprotect = (
  name: string,
  args: asr.ReprotectArgs,
  options: pulumi.CustomResourceOptions,
) => asr.Reprotect;

/** What moves, and how it is reprotected. */
export interface Subject {
  readonly recoveryPlan: pulumi.Input<string>;
  readonly testNetwork: string;
  /** Towards the site. */
  readonly reprotect: MakeReprotect;
  /** At home, towards Azure again. */
  readonly protectAgain: MakeReprotect;
}

/** Declares the actions of all steps that were reached; each waits for those before it. */
export function actionsOf(step: string, subject: Subject): void {
  const { recoveryPlan, testNetwork, reprotect, protectAgain } = subject;
  if (!steps.includes(step)) throw new Error(`step: "${step}" is none of ${steps.join(", ")}.`);
  const reached = (other: string): boolean => steps.indexOf(step) >= steps.indexOf(other);
  const expect = { count: 3 };

  if (step === "drill") new asr.TestFailover("drill", { recoveryPlan, network: testNetwork });
  if (!reached("failover")) return;
  const commit = reached("commit") ? "automatic" : "manual";
  const over = new asr.Failover("to-azure", { recoveryPlan, commit, expect });

  if (!reached("reprotect")) return;
  const away = reprotect("protect-azure", { recoveryPlan }, { dependsOn: over });

  if (!reached("failback")) return;
  // Where the servers at the site lay at the reprotect: preview tells when one was moved since.
  const { placement } = away;
  const inputs = { recoveryPlan, commit: "automatic", expect, placement } as const;
  const back = new asr.Failback("to-site", inputs, { dependsOn: away });

  if (!reached("return")) return;
  protectAgain("protect-site", { recoveryPlan }, { dependsOn: back });
}
