import type { Health, HealthError } from "../../../recovery/model.ts";
import { textOf, type Wire } from "./wire.ts";

/** The service's health word; anything unknown counts as `None`. */
export function healthOf(wire: Wire, name: string): Health {
  const text = textOf(wire, name);
  return text === "Normal" || text === "Warning" || text === "Critical" ? text : "None";
}

/** A health error of an item or a mapping. */
export function healthError(wire: Wire): HealthError {
  return {
    code: textOf(wire, "errorCode"),
    level: textOf(wire, "errorLevel"),
    category: textOf(wire, "errorCategory"),
    message: textOf(wire, "errorMessage", "summaryMessage"),
    possibleCauses: textOf(wire, "possibleCauses"),
    recommendedAction: textOf(wire, "recommendedAction"),
  };
}
