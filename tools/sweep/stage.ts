import { cpSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type ClockSetting, type Simulator, startSimulator } from "../../simulator/index.ts";
import { jobsOf, type StepJob } from "./step-jobs.ts";
import type { Story } from "./story.ts";

/** How an item stands at the end of a run. */
export interface Standing {
  readonly protectionState: string;
  readonly activeLocation: string;
  readonly testFailoverState: string;
  readonly allowedOperations: readonly string[];
}

/** What a run has brought about. */
export interface Effect {
  /** Verbs that the service took, with the item or plan, in any order. */
  readonly verbs: readonly string[];
  readonly items: Readonly<Record<string, Standing>>;
  /** Jobs that began, oldest first. */
  readonly jobs: readonly StepJob[];
}

/** A simulator on a copy of a saved state. */
export interface Stage {
  readonly simulator: Simulator;
  /** What came about since the stage was opened. */
  effect(): Promise<Effect>;
  close(): Promise<void>;
}

const stateFile = "simulator.json";

/**
 * Opens the story's world in a folder: from its beginning, or from what was saved there before. Its time runs
 * as the world has it unless `clock` says otherwise.
 */
export async function openStage(
  story: Story,
  folder: string,
  clock?: ClockSetting,
): Promise<Stage> {
  mkdirSync(folder, { recursive: true });
  const simulator = await startSimulator({
    world: story.world,
    stateFile: join(folder, stateFile),
    ...(clock === undefined ? {} : { clock }),
  });
  const before = new Set((await jobsOf(simulator)).map(({ name }) => name));
  return {
    simulator,
    effect: async () => ({
      verbs: verbsOf(simulator),
      items: await itemsOf(story, simulator),
      jobs: (await jobsOf(simulator)).filter(({ name }) => !before.has(name)),
    }),
    close: () => simulator.close(),
  };
}

/** Copies what a stage has saved, so that another one can begin from it. */
export function copyStage(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  if (existsSync(from)) cpSync(from, to, { recursive: true });
}

const verbs =
  /(test|unplanned|planned)?failover(cleanup|commit|cancel)?$|re?protect$|switchprotection$|applyRecoveryPoint$|repairReplication$|\/resume$/i;

function verbsOf(simulator: Simulator): readonly string[] {
  return simulator
    .journal({ method: "POST" })
    .filter(({ path, status }) => verbs.test(path) && (status === 200 || status === 202))
    .map(({ path }) => path.split("/").slice(-2).join("/"))
    .map((each) => each.replace(/^replicationProtectionContainers\//i, ""))
    .toSorted();
}

const vaultPath = (story: Story): string => {
  const world = story.world as unknown as {
    readonly subscriptions: readonly { readonly id: string }[];
    readonly vaults: readonly { readonly name: string; readonly resourceGroup: string }[];
  };
  const [vault] = world.vaults;
  return `/subscriptions/${world.subscriptions[0]?.id}/resourceGroups/${vault?.resourceGroup}/providers/Microsoft.RecoveryServices/vaults/${vault?.name}`;
};

async function itemsOf(story: Story, simulator: Simulator): Promise<Record<string, Standing>> {
  const path = `${vaultPath(story)}/replicationProtectedItems?api-version=2024-04-01`;
  const answer = await fetch(`${simulator.url}${path}`);
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  const { value } = (await answer.json()) as {
    readonly value: readonly { readonly name: string; readonly properties: Standing }[];
  };
  return Object.fromEntries(
    value.map(({ name, properties }) => {
      const { protectionState, activeLocation, testFailoverState, allowedOperations } = properties;
      return [name, { protectionState, activeLocation, testFailoverState, allowedOperations }];
    }),
  );
}
