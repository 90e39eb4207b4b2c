import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import type { VCenterSettings } from "../../../configuration.ts";
import type { PostRequest } from "./post.ts";

/** What the worker is given; the password is not needed any more. */
export interface Farewell {
  readonly settings: Pick<VCenterSettings, "url" | "thumbprint" | "caFile">;
  readonly request: Omit<PostRequest, "signal">;
  /** One integer, which becomes 1 when the answer has come. */
  readonly done: SharedArrayBuffer;
}

/** How long the end of a run may wait for a vCenter, in milliseconds. */
const patienceMilliseconds = 3_000;

/**
 * Sends a last request and waits for its answer without giving way to anything else: the engine ends
 * the process as soon as it has been told that the run is over, and then nobody would sign out.
 * A vCenter that does not answer is left alone after three seconds; it ends idle sessions itself.
 */
export function sayFarewell(settings: VCenterSettings, request: Omit<PostRequest, "signal">): void {
  const { url, thumbprint, caFile } = settings;
  const done = new SharedArrayBuffer(4);
  const data: Farewell = {
    settings: {
      url,
      ...(thumbprint === undefined ? {} : { thumbprint }),
      ...(caFile === undefined ? {} : { caFile }),
    },
    request,
    done,
  };
  try {
    // Beside this file, compiled or not.
    const file = new URL(`./farewell-worker${extname(import.meta.filename)}`, import.meta.url);
    const worker = new Worker(file, { workerData: data, execArgv: [], stdout: true, stderr: true });
    worker.unref();
    worker.on("error", () => undefined);
    Atomics.wait(new Int32Array(done), 0, 0, patienceMilliseconds);
  } catch {
    // A process that may start no thread leaves its session to the vCenter.
  }
}
