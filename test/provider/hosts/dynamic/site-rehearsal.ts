import type { PulumiFn, Stack } from "@pulumi/pulumi/automation/index.js";
import type { ExecutionContext } from "ava";
import type { WorldDocument } from "../../../../simulator/index.ts";
import type { WorldVCenter } from "../../../../simulator/world/estate-document.ts";
import type { ScenarioMachine } from "../../../../tools/vcenter/scenario.ts";
import {
  type ScenarioAdditions,
  scenarioOfWorld,
} from "../../../../tools/vcenter/world-to-scenario.ts";
import { startVCenter, type VCenterBench } from "../../../support/vcenter.ts";
import { plantOne, type SiteKind } from "../../actions/site-world.ts";
import { type Rehearsal, startRehearsal } from "./rehearsal.ts";

/** The real engine before Azure and a vCenter that show one world. */
export interface SiteRehearsal extends Rehearsal {
  readonly bench: VCenterBench;
  /** A stack of a program inside this process; its configuration names the vCenter. */
  stack(program: PulumiFn): Promise<Stack>;
  /** Tasks and shutdowns that the vCenter was asked for. */
  vcenterChanges(): Promise<readonly string[]>;
}

/** What the vCenter knows of the servers that carry the data home, so that nothing speaks against them. */
const fitServers: Readonly<Record<string, Omit<ScenarioMachine, "name">>> = {
  "mt-linux": {
    controllers: ["VirtualLsiLogicController"],
    extraConfig: { "disk.EnableUUID": "TRUE" },
  },
};

/** Starts the site plant-one in an empty vault; five virtual minutes pass in a second. */
export async function startSiteRehearsal(
  t: ExecutionContext,
  kind: SiteKind,
  changes: { readonly world?: object; readonly vcenter?: ScenarioAdditions } = {},
): Promise<SiteRehearsal> {
  const document = plantOne(kind, {
    server: { container: "plant" },
    vault: { policies: [], mappings: [], items: [] },
    world: { clock: { mode: "accelerated:300" }, ...changes.world },
  });
  const [vcenter] = vcentersOf(document);
  const bench = await startVCenter(
    t,
    scenarioOfWorld(vcenter, {
      seed: "orders",
      datastores: [{ name: "ds1" }, { name: "ds2" }],
      hosts: [{ name: "esx1.example.local", datastores: ["ds1", "ds2"] }],
      machines: fitServers,
      ...changes.vcenter,
    }),
  );
  Object.assign(vcenter, { control: bench.control });
  const rehearsal = await startRehearsal(t, document);
  const { url, thumbprint } = bench;
  const access = { url, thumbprint, username: "provider", password: "rehearsal-secret" };
  return {
    ...rehearsal,
    bench,
    async stack(program) {
      const stack = await rehearsal.stack(program);
      const value = JSON.stringify({ "vcenter-one": access });
      await stack.setConfig("asr:vcenters", { value, secret: true });
      return stack;
    },
    vcenterChanges: async () =>
      Object.keys(await bench.calls()).filter((each) => /_Task$|Guest$/.test(each)),
  };
}

function vcentersOf(world: WorldDocument): readonly [WorldVCenter] {
  return (world as unknown as { readonly vcenters: readonly [WorldVCenter] }).vcenters;
}
