import type { Simulator } from "../../simulator/index.ts";
import { siteContainer } from "./vmware-world.ts";
import { subscriptionId, vaultId } from "./world.ts";

const version = "api-version=2025-08-01";
const minute = 60_000;

/** Moves the machines of these names to Azure, committed, without a provider. */
export async function failOver(simulator: Simulator, names: readonly string[]): Promise<void> {
  const providerSpecificDetails = { instanceType: "InMageRcm", performShutdown: "true" };
  const failover = { failoverDirection: "PrimaryToRecovery", sourceSiteOperations: "NotRequired" };
  const body = { properties: { ...failover, providerSpecificDetails } };
  await everyItem(simulator, names, "unplannedFailover", body);
  await everyItem(simulator, names, "failoverCommit");
}

/** Reprotects the machines of these names to their site, without a provider. */
export async function reprotect(simulator: Simulator, names: readonly string[]): Promise<void> {
  const fabric = (await ask(simulator, "GET", `${vaultId}/replicationFabrics/plant`)) as {
    readonly properties: {
      readonly customDetails: { readonly reprotectAgents: readonly { readonly id: string }[] };
    };
  };
  const west = `/subscriptions/${subscriptionId}/resourceGroups/west/providers`;
  const providerSpecificDetails = {
    instanceType: "InMageRcm",
    reprotectAgentId: fabric.properties.customDetails.reprotectAgents[0]?.id,
    datastoreName: "ds1",
    logStorageAccountId: `${west}/Microsoft.Storage/storageAccounts/westlogs`,
  };
  const properties = { failoverDirection: "RecoveryToPrimary", providerSpecificDetails };
  await everyItem(simulator, names, "reProtect", { properties });
}

/** Asks for the verb for every machine, and lets a day pass. */
async function everyItem(
  simulator: Simulator,
  names: readonly string[],
  verb: string,
  body?: object,
): Promise<void> {
  for (const name of names) {
    await ask(
      simulator,
      "POST",
      `${siteContainer}/replicationProtectedItems/${name}/${verb}`,
      body,
    );
  }
  for (let passed = 0; passed < 96; passed += 1) simulator.clock.advance(15 * minute);
}

async function ask(
  simulator: Simulator,
  method: string,
  path: string,
  body?: object,
): Promise<unknown> {
  const answer = await fetch(`${simulator.url}${path}?${version}`, {
    method,
    headers: { "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return text === "" ? undefined : JSON.parse(text);
}
