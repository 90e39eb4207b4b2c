import { readFileSync, writeFileSync } from "node:fs";
import { parse } from "yaml";
import type { WorldEstate } from "../../simulator/world/estate-document.ts";
import { startVCenterProcess, type VCenterProcess } from "../rehearsal/vcenter-process.ts";
import { type ScenarioAdditions, scenarioOfWorld } from "../vcenter/world-to-scenario.ts";

/** One world that Azure and a vCenter show. */
export interface JointWorld {
  readonly vcenter: VCenterProcess;
  /** World file for the simulator: it tells the vCenter when it turns machines on and off. */
  readonly world: string;
  /** The setting `asr:vcenters`. */
  readonly setting: string;
  /** Changes a machine of the vCenter as a person would. */
  change(machine: string, change: object): Promise<void>;
}

/**
 * Starts the vCenter of a world file; `additions` names a file with what the vCenter has beyond the world.
 * The world for the simulator is written to `target`.
 */
export async function startJointWorld(
  worldFile: string,
  additions: string,
  target: string,
): Promise<JointWorld> {
  const world = parse(readFileSync(worldFile, "utf8")) as WorldEstate & { readonly seed?: string };
  const [first, ...others] = world.vcenters ?? [];
  if (first === undefined) throw new Error(`${worldFile} has no vCenter.`);
  const more = parse(readFileSync(additions, "utf8")) as ScenarioAdditions;
  const seed = world.seed === undefined ? {} : { seed: world.seed };
  const vcenter = await startVCenterProcess({
    scenario: scenarioOfWorld(first, { ...more, ...seed }),
  });
  const linked = { ...world, vcenters: [{ ...first, control: vcenter.control }, ...others] };
  writeFileSync(target, JSON.stringify(linked));
  const { url, thumbprint, control } = vcenter;
  const access = { url, username: "asr", password: "rehearsal", thumbprint };
  return {
    vcenter,
    world: target,
    setting: JSON.stringify({ [first.name]: access }),
    async change(machine, change) {
      const address = `${control}/bench/machines/${encodeURIComponent(machine)}`;
      const answer = await fetch(address, { method: "PATCH", body: JSON.stringify(change) });
      if (!answer.ok) throw new Error(`${machine}: ${await answer.text()}`);
    },
  };
}
