import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Makes a folder for worlds that no power failure has to spare: a simulator waits for the disk at each change. */
export function makeFolderInMemory(): string {
  const memory = "/dev/shm";
  return mkdtempSync(join(existsSync(memory) ? memory : tmpdir(), "sweep-"));
}
