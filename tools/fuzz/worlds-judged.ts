import { startSimulator, WorldError } from "../../simulator/index.ts";
import type { SimulatorOptions } from "../../simulator/simulator.ts";
import { type Answer, WrongAnswerError } from "./target.ts";

const longestMessage = 3_000;

/**
 * Starts a simulator with a world and lets it run for three hours of its time. What is no world must be refused by a
 * {@link WorldError} whose message begins with the place, given as `place`.
 */
export async function judgeWorld(world: SimulatorOptions["world"], place: RegExp): Promise<Answer> {
  let simulator: Awaited<ReturnType<typeof startSimulator>>;
  try {
    simulator = await startSimulator({ world, clock: "stepped" });
  } catch (error) {
    if (!(error instanceof WorldError)) throw error;
    const { message } = error;
    if (!place.test(message) || message.length > longestMessage) {
      throw new WrongAnswerError(
        `an error that does not name the place in few words: ${message.slice(0, 300)}`,
      );
    }
    return "failures";
  }
  try {
    simulator.clock.advance(3 * 3_600_000);
    for (const path of ["/_simulator/status", "/_simulator/state"]) {
      const answer = await fetch(`${simulator.url}${path}`);
      if (answer.status !== 200) throw new WrongAnswerError(`${path}: ${await answer.text()}`);
      await answer.json();
    }
    return "result";
  } finally {
    await simulator.close();
  }
}
