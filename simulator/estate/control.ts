import type { JsonObject } from "../state/json.ts";

/** Real milliseconds within which the bench has to answer. */
const PATIENCE_MS = 5000;

/** Changes under way, by address, so that those of one vCenter arrive in order. */
const underWay = new Map<string, Promise<void>>();

/**
 * Tells the vCenter bench what became of a machine. It does not wait for it, and a bench that cannot be
 * reached is told of on stderr only: the simulator goes on without.
 */
export function tellVCenter(control: string, machine: string, change: JsonObject): void {
  const address = `${control.replace(/\/+$/, "")}/bench/machines/${encodeURIComponent(machine)}`;
  const before = underWay.get(control) ?? Promise.resolve();
  const sent = before.then(async () => {
    try {
      const answer = await fetch(address, {
        method: "PATCH",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(change),
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      await answer.text();
      if (!answer.ok) warn(address, `it answered ${answer.status}`);
    } catch (error) {
      warn(address, (error as Error).message);
    }
  });
  underWay.set(control, sent);
}

/** Waits until every vCenter bench has been told everything. */
export async function vcentersTold(): Promise<void> {
  await Promise.all(underWay.values());
}

function warn(address: string, problem: string): void {
  process.stderr.write(`The vCenter bench was not told of a change (${address}): ${problem}.\n`);
}
