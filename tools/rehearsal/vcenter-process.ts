import type { ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { VCenterScenario } from "../vcenter/scenario.ts";
import { ended, endProcess, startProcess } from "./processes.ts";

/** The vCenter that `make tools` builds. */
const builtProgram = join(import.meta.dirname, "../../.tools/bin/vcenter");

/** The program is missing; the message names the command that builds it. */
export class MissingVCenterError extends Error {
  static {
    MissingVCenterError.prototype.name = "MissingVCenterError";
  }

  constructor(program: string) {
    super(`The vCenter for tests is not built (${program}). To build it, run \`make tools\`.`);
  }
}

/** How to start a vCenter. */
export interface VCenterOptions {
  readonly scenario: VCenterScenario;
  /** Where it listens with TLS; default a free port of `127.0.0.1`. */
  readonly listen?: string;
  /** Where its control routes listen; default a free port of `127.0.0.1`. */
  readonly control?: string;
  /** @defaultValue the program that `make tools` builds */
  readonly program?: string;
}

/** A running vCenter. */
export interface VCenterProcess {
  /** `https://127.0.0.1:PORT/sdk`. */
  readonly url: string;
  /** SHA-256 fingerprint of its self-signed certificate. */
  readonly thumbprint: string;
  /** The certificate, PEM. */
  readonly certificate: string;
  /** Control routes, without trailing slash. */
  readonly control: string;
  readonly processId: number;
  /** Ends it and waits until it is gone. */
  stop(): Promise<void>;
}

/**
 * Starts a vCenter and waits until it is ready; it ends with this process in any case.
 * Throws MissingVCenterError, or an error with the vCenter's own words when it does not start.
 */
export async function startVCenterProcess(options: VCenterOptions): Promise<VCenterProcess> {
  const { scenario, listen, control, program = builtProgram } = options;
  if (!existsSync(program)) throw new MissingVCenterError(program);
  const folder = mkdtempSync(join(tmpdir(), "pulumi-asr-vcenter-"));
  const file = join(folder, "scenario.json");
  writeFileSync(file, JSON.stringify(scenario));
  const words = [
    ...["-scenario", file],
    ...(listen === undefined ? [] : ["-listen", listen]),
    ...(control === undefined ? [] : ["-control", control]),
  ];
  // A process group of its own: ^C in a terminal reaches pulumi, which still needs the vCenter. When
  // this process ends in whatever way, the pipe to its standard input closes, and it ends too.
  const child = startProcess(program, words, { detached: true, stdio: ["pipe", "pipe", "pipe"] });
  try {
    const ready = await readReady(child);
    return { ...ready, processId: child.pid ?? 0, stop: () => endProcess(child) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function readReady(
  child: ChildProcess,
): Promise<Pick<VCenterProcess, "url" | "thumbprint" | "certificate" | "control">> {
  const said: string[] = [];
  child.stderr?.setEncoding("utf8").on("data", (text: string) => said.push(text));
  const gone = ended(child).then((code) => {
    throw new Error(`The vCenter for tests ended with exit code ${code}:\n${said.join("")}`);
  });
  gone.catch(() => undefined);
  const line = new Promise<string>((resolve) => {
    if (child.stdout !== null) createInterface({ input: child.stdout }).once("line", resolve);
  });
  return JSON.parse(await Promise.race([line, gone]));
}
