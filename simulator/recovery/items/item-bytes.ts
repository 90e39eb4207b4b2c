import { disksOf } from "../../azure/machines.ts";
import { findResource } from "../../azure/resources.ts";
import type { Simulation } from "../../simulation.ts";
import { copyOf, same } from "../../state/difference.ts";
import type { Json } from "../../state/json.ts";
import type { Vault } from "../../state/model.ts";
import { providerId } from "../setup/provider-bodies.ts";
import { itemBody, regionItemBody } from "./body.ts";
import type { ProtectedItem } from "./item.ts";
import { type Readings, readingsOf } from "./readings.ts";

/** JSON bytes with readings at known places. */
interface Text {
  readonly bytes: Buffer;
  readonly places: readonly { readonly from: number; readonly to: number }[];
  /** Which reading lies in each place. */
  readonly order: readonly number[];
}

/** The body of an item as it was last shown, and what it was made of. */
interface Shown {
  /** Revision of the state for which it was made, or last found to be right. */
  revision: number;
  readonly item: ProtectedItem;
  readonly surroundings: readonly unknown[];
  readings: string;
  text: Text;
}

const memory = new WeakMap<ProtectedItem, Shown>();

/**
 * The body of an item as JSON bytes. Almost all of it stays as it is for hours, so that it is made anew
 * only when the item or something around it has changed; otherwise at most its readings are put into
 * their places. A list of a thousand items is quick by that.
 */
export function itemBytes(simulation: Simulation, vault: Vault, item: ProtectedItem): Buffer {
  if (item.kind !== "A2A") return Buffer.from(JSON.stringify(itemBody(simulation, vault, item)));
  const values = valuesOf(readingsOf(simulation, vault, item));
  const readings = JSON.stringify(values);
  const shown = memory.get(item);
  const { revision } = simulation;
  if (shown?.revision !== revision) {
    const surroundings = surroundingsOf(simulation, vault, item);
    if (!shown || !same(shown.item, item) || !same(shown.surroundings, surroundings)) {
      const text = newText(simulation, vault, item, values);
      memory.set(item, { revision, item: copyOf(item), surroundings, readings, text });
      return text.bytes;
    }
    shown.revision = revision;
  }
  if (shown.readings !== readings) {
    shown.text = assemble(fixedParts(shown.text), shown.text.order, values);
    shown.readings = readings;
  }
  return shown.text.bytes;
}

/** What a body shows besides its item and the readings. */
function surroundingsOf(
  simulation: Simulation,
  vault: Vault,
  item: ProtectedItem,
): readonly unknown[] {
  const machine = findResource(simulation, item.machineId);
  const fabrics = [item.fabricName, item.recoveryFabricName, item.failoverPointFabric ?? ""];
  return [
    providerId(simulation, vault, item.fabricName),
    fabrics.map((name) => vault.fabrics[name.toLowerCase()]),
    machine === undefined,
    machine?.tags,
    machine ? disksOf(simulation, machine).map(({ resource, lun }) => [resource.id, lun]) : [],
  ];
}

/** What stands for a reading in a body: the service never writes a NUL. */
const MARK = /"\\u0000(\d+)"/;

function newText(
  simulation: Simulation,
  vault: Vault,
  item: ProtectedItem,
  values: readonly Json[],
): Text {
  const agent = providerId(simulation, vault, item.fabricName);
  let marks = 0;
  const marked = markedReadings(item, () => `\u0000${marks++}`);
  const parts = JSON.stringify(regionItemBody(simulation, vault, item, agent, marked)).split(MARK);
  const fixed = parts.filter((_, index) => index % 2 === 0).map((part) => Buffer.from(part));
  const order = parts.filter((_, index) => index % 2 === 1).map(Number);
  return assemble(fixed, order, values);
}

function assemble(
  fixed: readonly Buffer[],
  order: readonly number[],
  values: readonly Json[],
): Text {
  const parts: Buffer[] = [];
  let length = 0;
  const add = (part: Buffer) => {
    parts.push(part);
    length += part.length;
  };
  const places = order.map((reading, index) => {
    add(fixed[index] ?? Buffer.alloc(0));
    const from = length;
    add(Buffer.from(JSON.stringify(values[reading])));
    return { from, to: length };
  });
  add(fixed.at(-1) ?? Buffer.alloc(0));
  // Memory of its own: in that which small buffers share, it would keep all parts alive.
  const bytes = Buffer.allocUnsafeSlow(length);
  parts.reduce((at, part) => at + part.copy(bytes, at), 0);
  return { bytes, places, order };
}

function fixedParts({ bytes, places }: Text): readonly Buffer[] {
  const starts = [0, ...places.map(({ to }) => to)];
  return starts.map((from, index) => bytes.subarray(from, places[index]?.from));
}

const NAMES = [
  "replicationHealth",
  "failoverHealth",
  "healthErrors",
  "percentage",
  "lastHeartbeat",
  "rpoSeconds",
  "rpoCalculatedAt",
] as const satisfies readonly (keyof Readings)[];

/** The readings one after the other; {@link markedReadings} asks for them in the same order. */
function valuesOf(readings: Readings): readonly Json[] {
  const own: Json[] = NAMES.map((name) => readings[name]);
  for (const { percentage, inStagingMiB, atSourceMiB } of readings.disks)
    own.push(percentage, inStagingMiB, atSourceMiB);
  return own;
}

function markedReadings({ disks }: ProtectedItem, mark: () => string): Readings {
  const own = Object.fromEntries(NAMES.map((name) => [name, mark()]));
  return {
    ...(own as unknown as Readings),
    disks: disks.map(() => ({ percentage: mark(), inStagingMiB: mark(), atSourceMiB: mark() })),
  };
}
