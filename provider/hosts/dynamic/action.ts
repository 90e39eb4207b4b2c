import * as pulumi from "@pulumi/pulumi";
import type { Finding } from "../../recovery/findings.ts";
import { AsrResource } from "./resource.ts";

/** Exit code by which Pulumi's Node.js runtime says that errors were reported already. */
const alreadyReportedExitCode = 32;

/** The output that every action's state has. */
interface FindingsOutput {
  readonly findings: pulumi.Output<readonly Finding[] | undefined>;
}

/** The base of the classes that judge at preview: reports what speaks against an action, or against a server. */
export abstract class AsrAction extends AsrResource {
  protected constructor(
    typeName: string,
    name: string,
    args: object | undefined,
    options: pulumi.CustomResourceOptions = {},
  ) {
    super(typeName, name, args, options);
    if (pulumi.runtime.isDryRun() && options.id === undefined) {
      const { findings } = this as unknown as FindingsOutput;
      findings.apply((findings) => report(this, findings ?? []));
      if (typeName === "TestFailover" && options.retainOnDelete === true) warnOfCopies(this);
    }
  }
}

/** The engine asks no provider before it drops a drill that is retained, so this is said as long as it is declared. */
function warnOfCopies(drill: AsrAction): void {
  void pulumi.log.warn(
    "retainOnDelete: when this drill is removed, its copies stay in Azure and nothing tells of them. To remove them declare it again without retainOnDelete, and destroy it; or clean the test up in the vault.",
    drill,
  );
}

/**
 * Prints the findings on the resource's own row. A failing check would stop the engine at the first
 * resource, so blockers are errors of the program instead: every machine of every resource is
 * reported in one run, and `pulumi up` never reaches its update half.
 */
function report(resource: AsrAction, findings: readonly Finding[]): void {
  for (const { severity, text } of findings) {
    if (severity === "block") void pulumi.log.error(text, resource);
    else void pulumi.log.warn(text, resource);
  }
  const isBlocked = findings.some(({ severity }) => severity === "block");
  if (isBlocked && isCommandLineProgram()) process.exitCode = alreadyReportedExitCode;
}

/**
 * True where the CLI runs the program in a process of its own: there a logged error alone leaves
 * exit code 0. A program inside an Automation API process fails by the logged error.
 */
function isCommandLineProgram(): boolean {
  return /@pulumi[\\/]pulumi[\\/]cmd[\\/]run/.test(process.argv[1] ?? "");
}
