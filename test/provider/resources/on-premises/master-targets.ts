import type { AnyHandler } from "../../../../provider/handler.ts";
import type { MachineState, VCenterScenario } from "../../../../tools/vcenter/scenario.ts";
import { handlerOf } from "../bench.ts";
import { fabricId, type MadeServer, type ServerBench } from "./server-bench.ts";

/** The type that these tests are about. */
export const type = "MasterTargetServer";

/** Its handler. */
export const handler: AnyHandler = handlerOf(type);

/** The least inputs of the master target of the site. */
export const given: { readonly fabric: string; readonly name: string } = {
  fabric: fabricId,
  name: "mt-linux",
};

/** All that may be mended without a disk. */
export const all: readonly string[] = ["snapshots", "diskUuid", "reboot", "storageDrs"];

/** A machine with a snapshot and without stable UUIDs of its disks. */
export const unfit: MachineState = {
  extraConfig: { "disk.EnableUUID": "FALSE" },
  snapshot: true,
};

/** A vCenter whose Storage DRS may move every machine. */
export const movable: VCenterScenario = {
  pods: [{ name: "pod-1", enabled: true, excluded: [] }],
};

/** What a diff answers when nothing differs. */
export const nothing: object = { changes: false, properties: {} };

/** Names of planned fixes, in their order. */
export function fixesOf(plan: readonly { readonly fix: string }[]): readonly string[] {
  return plan.map((each) => each.fix);
}

/** Refreshes, and answers the difference that is left then. */
export async function refreshed(bench: ServerBench, made: MadeServer): Promise<object> {
  const read = await made.handler.read(bench.run(), made.id, made.state);
  return await made.handler.diff(bench.run(), made.id, read?.state ?? {}, made.inputs);
}
