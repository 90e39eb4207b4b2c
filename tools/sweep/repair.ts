import { setTimeout } from "node:timers/promises";
import type { Simulator } from "../../simulator/index.ts";
import type { StepJob } from "./step-jobs.ts";

/** Virtual time between two looks whether a machine is resynchronized, in milliseconds: 10 min. */
const lookMilliseconds = 600_000;

const maximumLooks = 200;

/**
 * Resynchronizes, as a person who was told to, each item that the service offers it for, and waits until that
 * has ended. True when there was one: a failover that somebody cancels leaves the copy to be compared anew, and
 * a planned failover may be refused until then.
 */
export async function repairItems(
  simulator: Simulator,
  jobs: readonly StepJob[],
): Promise<boolean> {
  const [vault] = jobs.map((job) => job.vault);
  if (vault === undefined) return false;
  const broken = await brokenItems(simulator, vault);
  for (const id of broken) {
    const answer = await send(simulator, `${id}/repairReplication`, "POST");
    if (!answer.ok) throw new Error(`${id}: ${answer.status} ${await answer.text()}`);
  }
  for (let looks = 0; (await brokenItems(simulator, vault)).length > 0; looks += 1) {
    if (looks === maximumLooks) throw new Error(`${broken.join(", ")}: the repair does not end.`);
    const { clock } = simulator;
    const before = clock.now();
    await setTimeout(5);
    // Between two looks at a clock that runs by itself time has passed.
    if (clock.now() === before) clock.advance(lookMilliseconds);
  }
  return broken.length > 0;
}

interface Item {
  readonly id: string;
  readonly properties: {
    readonly allowedOperations: readonly string[];
    readonly replicationHealth: string;
  };
}

async function brokenItems(simulator: Simulator, vault: string): Promise<readonly string[]> {
  const answer = await send(simulator, `${vault}/replicationProtectedItems`, "GET");
  const { value } = (await answer.json()) as { readonly value: readonly Item[] };
  return value
    .filter(({ properties: { allowedOperations, replicationHealth } }) =>
      allowedOperations.length === 0
        ? replicationHealth === "Critical"
        : allowedOperations.includes("RepairReplication"),
    )
    .map(({ id }) => id);
}

const send = (simulator: Simulator, path: string, method: string): Promise<Response> =>
  fetch(`${simulator.url}${path}?api-version=2024-04-01`, { method });
