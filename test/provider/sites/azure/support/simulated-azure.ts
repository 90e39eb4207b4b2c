import type { ExecutionContext } from "ava";
import type { JobFacts } from "../../../../../provider/recovery/model.ts";
import type {
  AzureSite,
  OperationOutcome,
  VaultSite,
} from "../../../../../provider/sites/azure/site.ts";
import type { VerbRequest } from "../../../../../provider/sites/azure/verb-request.ts";
import { createSiteRegistry } from "../../../../../provider/sites/create-registry.ts";
import {
  type Simulator,
  startSimulator,
  type WorldDocument,
} from "../../../../../simulator/index.ts";
import { createRun, loopbackConfiguration, type Run } from "./run.ts";

/** A simulated Azure with a vault, and a run whose clock drives its time. */
export interface SimulatedAzure {
  readonly simulator: Simulator;
  readonly run: Run;
  readonly site: AzureSite;
  readonly vault: VaultSite;
  /** Starts a verb and follows it to its end. */
  perform(
    request: VerbRequest,
    attend?: (job: JobFacts) => Promise<void>,
  ): Promise<OperationOutcome>;
}

/** Starts a world with a stepped clock and ends it with the test. */
export async function startAzure(
  t: ExecutionContext,
  world: WorldDocument,
  vaultId: string,
): Promise<SimulatedAzure> {
  const simulator = await startSimulator({ world });
  t.teardown(() => simulator.close());
  const run = createRun();
  run.clock.onSleep = (milliseconds) => simulator.clock.advance(milliseconds);
  const { context } = run;
  const site = await createSiteRegistry(loopbackConfiguration(simulator.url)).azure(context);
  const vault = site.vault(vaultId);
  return {
    simulator,
    run,
    site,
    vault,
    perform: async (request, attend) =>
      vault.follow(
        context,
        await vault.start(context, request),
        attend === undefined ? {} : { attend },
      ),
  };
}
