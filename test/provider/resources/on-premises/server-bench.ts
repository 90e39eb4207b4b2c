import type { ExecutionContext } from "ava";
import type { Context } from "../../../../provider/context.ts";
import type { AnyHandler, CheckFailure } from "../../../../provider/handler.ts";
import type { Finding } from "../../../../provider/recovery/findings.ts";
import type {
  PlannedServerFix,
  ServerChanges,
} from "../../../../provider/resources/on-premises/managed-server/types.ts";
import type { ScenarioMachine, VCenterScenario } from "../../../../tools/vcenter/scenario.ts";
import { scenarioOfWorld, type WorldVCenter } from "../../../../tools/vcenter/world-to-scenario.ts";
import { startVCenter, type VCenterBench } from "../../../support/vcenter.ts";
import { plantOne, type SiteChanges, type SiteKind } from "../../actions/site-world.ts";
import { ids, startTestBed, type TestBed } from "../../actions/test-bed.ts";
import { handlerOf } from "../bench.ts";

/** ARM id of the site's fabric. */
export const fabricId: string = `${ids.vault}/replicationFabrics/plant-one`;

/** A password that no text may hold. */
export const password = "correct-horse-42";

/** The virtual machine of a master target that needs nothing. */
export const fitMachine: Omit<ScenarioMachine, "name"> = {
  controllers: ["VirtualLsiLogicController"],
  extraConfig: { "disk.EnableUUID": "TRUE" },
  guestVolumes: [{ path: "/mnt/retention", sizeGiB: 1024, freeGiB: 1000, fileSystem: "ext4" }],
  disks: [{ sizeGiB: 100 }],
  memoryMiB: 8192,
  processors: 4,
};

/** What a test changes of the site and its vCenter. */
export interface ServerBenchChanges extends SiteChanges {
  /** Laid over the fit master target's machine. */
  readonly masterTarget?: Omit<ScenarioMachine, "name">;
  readonly scenario?: VCenterScenario;
}

/** A site with its configuration server or appliance in the simulator. */
export interface PlainServerBench {
  readonly bed: TestBed;
  /** A context of another run. */
  run(changes?: Partial<Context>): Context;
  /** Checks at preview and answers what is shown. */
  preview(type: string, name: string, inputs: object, olds?: object): Promise<Shown>;
  /** Checks and creates, as the update half of `pulumi up` does. */
  create(type: string, name: string, inputs: object): Promise<MadeServer>;
}

/** The same with its vCenter. */
export interface ServerBench extends PlainServerBench {
  readonly vcenter: VCenterBench;
}

/** What a preview shows of a server. */
export interface Shown {
  readonly failures: readonly CheckFailure[];
  readonly inputs: Record<string, unknown>;
  readonly plan: readonly PlannedServerFix[];
  readonly findings: readonly Finding[];
  /** Texts of what would stop it. */
  readonly blockers: readonly string[];
}

/** A server's resource after it was made. */
export interface MadeServer {
  readonly handler: AnyHandler;
  readonly id: string;
  readonly inputs: Record<string, unknown>;
  readonly state: Record<string, unknown> & {
    readonly serverId?: string;
    readonly changes: ServerChanges;
    readonly pending: readonly PlannedServerFix[];
    readonly phase?: string;
  };
}

/** Starts both sides. */
export async function startServerBench(
  t: ExecutionContext,
  kind: SiteKind,
  changes: ServerBenchChanges = {},
): Promise<ServerBench> {
  const world = plantOne(kind, changes);
  const [site] = (world as { readonly vcenters: readonly WorldVCenter[] }).vcenters;
  if (site === undefined) throw new Error("The world has no vCenter.");
  const vcenter = await startVCenter(
    t,
    scenarioOfWorld(site, {
      datastores: [
        { name: "ds1", capacityGiB: 4000, freeGiB: 3000, pod: "pod-1" },
        { name: "ds2", capacityGiB: 4000, freeGiB: 3000 },
      ],
      hosts: [{ name: "esx1.example.local" }],
      pods: [{ name: "pod-1", enabled: true, excluded: ["mt-linux", "appliance-1"] }],
      ...changes.scenario,
      machines: { "mt-linux": { ...fitMachine, ...changes.masterTarget } },
    }),
  );
  const { url, thumbprint } = vcenter;
  const bed = await startTestBed(t, world, {
    pollingInterval: "PT1M",
    vcenters: JSON.stringify({ "vcenter-one": { url, username: "u", password, thumbprint } }),
  });
  return { vcenter, ...benchOf(t, bed) };
}

/** Starts the site alone; no vCenter is configured. */
export async function startPlainBench(
  t: ExecutionContext,
  kind: SiteKind,
  changes: SiteChanges = {},
): Promise<PlainServerBench> {
  return benchOf(t, await startTestBed(t, plantOne(kind, changes), { pollingInterval: "PT1M" }));
}

function benchOf(t: ExecutionContext, bed: TestBed): PlainServerBench {
  const run: PlainServerBench["run"] = (more) => bed.context(more);
  return {
    bed,
    run,
    async preview(type, name, inputs, olds) {
      const handler = handlerOf(type);
      const context = run({ name, preview: true });
      const checked = await handler.check(context, { ...inputs }, olds && { ...olds });
      const { plan = [], findings = [] } = checked.inputs as Partial<Shown>;
      return {
        failures: checked.failures,
        inputs: checked.inputs,
        plan,
        findings,
        blockers: findings.filter((each) => each.severity === "block").map((each) => each.text),
      };
    },
    async create(type, name, inputs) {
      const handler = handlerOf(type);
      const checked = await handler.check(run({ name }), { ...inputs });
      t.deepEqual(checked.failures, [], `the inputs of ${name} are in order`);
      const made = await handler.create(run({ name }), checked.inputs);
      return { handler, inputs: checked.inputs, ...made } as MadeServer;
    },
  };
}
