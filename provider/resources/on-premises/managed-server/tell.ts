import type { Context } from "../../../context.ts";
import { nearestName } from "../../../inputs/nearest-name.ts";
import type { Look } from "./look.ts";
import type { AnyServerInputs } from "./types.ts";

/** Says at preview what will be done: with the server's machine, and then in Azure. Findings are told by the host. */
export function tellPlan(
  context: Context,
  noun: string,
  inputs: AnyServerInputs,
  look: Look | undefined,
): void {
  if (!context.preview) return;
  const title = `${noun} ${inputs.name}`;
  if (look === undefined) {
    const allowed = inputs.manage?.join(", ") || "nothing";
    context.log.info(
      `${title}: what has to be mended cannot be told yet, because something of it is made in this run. Allowed is: ${allowed}.`,
    );
    return;
  }
  const { masterTarget, appliance, fabric } = look.situation;
  const listed = masterTarget ?? appliance;
  const waits =
    listed === undefined ? "Waits until Azure lists it." : "Waits until Azure lists it as ready.";
  const lines = look.fixes.map((each) => `  ${each.fix}: ${each.text}`);
  const head =
    lines.length === 0
      ? `${title}: nothing is changed at its machine.`
      : `${title}: will be mended`;
  context.log.info([head, ...lines, `  ${waits}`].join("\n"));
  if (listed !== undefined) return;
  const others = [...(fabric?.masterTargets ?? []), ...(fabric?.appliances ?? [])];
  const near = nearestName(
    inputs.name ?? "",
    others.map((each) => each.name),
  );
  if (near !== undefined) context.log.warn(`${title} is not listed. Did you mean "${near}"?`);
}
