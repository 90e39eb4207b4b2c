import type { Context } from "../context.ts";

/** Scenarios whose set-up this package writes. */
export type SetUpScenario = "AzureToAzure" | "VmwareToAzure" | "VmwareToAzureClassic";

const scenarios: Readonly<Record<string, SetUpScenario>> = {
  A2A: "AzureToAzure",
  InMageRcm: "VmwareToAzure",
  InMageRcmFailback: "VmwareToAzure",
  InMageAzureV2: "VmwareToAzureClassic",
  InMage: "VmwareToAzureClassic",
};

/** The scenario of a policy by its wire name; region to region for kinds that this package does not write. */
export function scenarioOfPolicy(instanceType: string): SetUpScenario {
  return scenarios[instanceType] ?? "AzureToAzure";
}

const fabricScenarios: Readonly<Record<string, SetUpScenario>> = {
  Azure: "AzureToAzure",
  InMageRcm: "VmwareToAzure",
  VMware: "VmwareToAzureClassic",
};

/** The scenario of machines of a fabric, by the wire name of its kind; undefined for kinds that this package does not write. */
export function scenarioOfFabric(fabricType: string): SetUpScenario | undefined {
  return fabricScenarios[fabricType];
}

/** Runs that have been told; a run is known by the set of what it declares. */
const told = new WeakSet<object>();

/** Warns, once in a run, that the classic kind of VMware replication is old (rule SC-OLD). */
export function warnIfOld(
  context: Pick<Context, "declared" | "log">,
  scenario: string | undefined,
): void {
  if (scenario !== "VmwareToAzureClassic" || told.has(context.declared)) return;
  told.add(context.declared);
  context.log.warn(
    "Classic replication of VMware machines (configuration server) is superseded by the modernized kind (appliance). It goes on to work here as long as the service takes it; plan to move the machines. [SC-OLD]",
  );
}
