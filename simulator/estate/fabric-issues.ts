import type { Simulation } from "../simulation.ts";
import type { JsonObject } from "../state/json.ts";
import { listAt, textAt } from "../state/json.ts";
import type { Vault } from "../state/model.ts";
import { siteFields } from "./fabric-bodies.ts";

/** What the vault's health tells of its sites: one entry for each fabric with a silent server. */
export function fabricIssues(simulation: Simulation, vault: Vault): readonly JsonObject[] {
  return Object.values(vault.fabrics).flatMap((fabric) => {
    const fields = siteFields(simulation, vault, fabric);
    const [first] = listAt(fields, "healthErrorDetails");
    if (!fields || first === undefined) return [];
    return [
      {
        summaryCode: textAt(first, "errorCode") ?? "",
        category: textAt(first, "errorCategory") ?? "None",
        severity: fields.health === "Critical" ? "Error" : "Warning",
        summaryMessage: textAt(first, "errorMessage") ?? "",
        affectedResourceType: "replicationFabrics",
        affectedResourceSubtype: "",
        affectedResourceCorrelationIds: [fabric.internalIdentifier],
      },
    ];
  });
}
