import { ArmError } from "./answer.ts";

/** Words that mean something to every object of the language the simulator is written in. */
const RESERVED = ["__proto__", "constructor"];
const CONTROL_LAST = 0x1f;

/**
 * Refuses a path with a name that cannot be one (CH-NAMES): broken percent signs, a slash or control
 * character written as a percent code, a word that is reserved.
 */
export function checkPath(parts: readonly string[]): void {
  for (const part of parts) {
    const name = decoded(part);
    if (name !== undefined && !isOutlaw(name)) continue;
    throw new ArmError(
      400,
      "InvalidResourceName",
      `The name '${part}' in the path of the request is not valid.`,
    );
  }
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

function isOutlaw(name: string): boolean {
  return (
    /[/\\]/.test(name) ||
    RESERVED.includes(name.toLowerCase()) ||
    [...name].some((letter) => letter.charCodeAt(0) <= CONTROL_LAST)
  );
}
