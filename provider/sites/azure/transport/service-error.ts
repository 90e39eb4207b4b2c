import { asWire, textOf, type Wire, wireOf, wiresOf } from "../facts/wire.ts";

/** An error in the service's words. */
export interface ServiceWords {
  /** The most precise code: of the first detail, else of the error itself. */
  readonly code: string;
  /** Code, message, causes and recommended action in one line. */
  readonly text: string;
}

/** Reads the error of an answer's body: `{error: {code, message, details[]}}`; empty without one. */
export function serviceWords(body: unknown): ServiceWords {
  const error = wireOf(asWire(body), "error");
  const detail = wiresOf(error, "details")[0] ?? {};
  const code = textOf(detail, "code") || textOf(error, "code");
  return { code, text: errorText({ ...error, ...withoutEmpty(detail), code }) };
}

/** One error as text: `code: message Possible causes: … Recommended action: …`. */
export function errorText(error: Wire): string {
  const code = textOf(error, "code", "errorCode");
  const causes = textOf(error, "possibleCauses");
  const action = textOf(error, "recommendedAction");
  return [
    [code, textOf(error, "message", "errorMessage")].filter((each) => each !== "").join(": "),
    causes === "" ? "" : `Possible causes: ${causes}`,
    action === "" ? "" : `Recommended action: ${action}`,
  ]
    .filter((each) => each !== "")
    .join(" ");
}

function withoutEmpty(wire: Wire): Wire {
  return Object.fromEntries(
    Object.entries(wire).filter(([, value]) => value !== null && value !== ""),
  );
}
