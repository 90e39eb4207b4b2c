import type { Choice } from "../choices.ts";

/** Choices about the operations of scenarios that are not played, and about the health of a replication. */
export const COVERAGE_CHOICES: readonly Choice[] = [
  {
    id: "CH-OTHER-SCENARIOS",
    what: "Operations of other scenarios: lists are empty, objects are absent (404), what an Azure fabric, container or item does not take is refused at once with 400 and SIM-NOT-SUPPORTED.",
    why: "The answers of Azure fabrics to them were not recorded.",
  },
];
