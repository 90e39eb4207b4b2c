import { readFileSync } from "node:fs";

/** A recorded answer of the service, from the folder `fixtures`. */
export function fixture(name: string): Record<string, unknown> {
  const url = new URL(`../fixtures/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(url, "utf8")) as Record<string, unknown>;
}
