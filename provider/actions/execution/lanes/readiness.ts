import type { Context } from "../../../context.ts";
import { SiteError } from "../../../errors.ts";
import { durationMilliseconds } from "../../../inputs/duration.ts";
import {
  agentSilence,
  hasShownItself,
  isAgentRefusal,
} from "../../../recovery/agent-registration.ts";
import { formatDuration } from "../../../recovery/duration-words.ts";
import type { Finding } from "../../../recovery/findings.ts";
import type { ItemFacts, Verb } from "../../../recovery/model.ts";
import { azureMachineName } from "../../../recovery/places.ts";
import { returnsHome, runsAtHome, standsStill } from "../../../recovery/plan-steps.ts";
import { isFromVmwareSite, positionOf } from "../../../recovery/position.ts";
import type { Situation } from "../../../recovery/situation.ts";
import { failsOver } from "../../../recovery/verbs.ts";
import type { AzureSite, OperationOutcome } from "../../../sites/azure/site.ts";
import type { AnyActionInputs } from "../../settings.ts";
import type { LostJob } from "./lost-job.ts";

/** What a lane remembers of waiting for the agent of its machine, and of what it has put right. */
export interface Readiness {
  /** When the lane began to wait for the agent. */
  waitsSince?: Date;
  /** When, and in which words, the service refused the reprotect because of the agent. */
  refusal?: { readonly at: Date; readonly text: string; readonly registered: boolean };
  refusals: number;
  /** How often somebody else's job was quicker than a verb of the lane. */
  races: number;
  /** Since when a rule speaks against the next verb, which may pass. */
  blockedSince?: Date;
  /** What was put right already, with the item's name, so that nothing is tried in a circle. */
  readonly fixed: Set<string>;
  /** When the machine in Azure was started, by the service's time and the item's name. */
  readonly startedAt: Map<string, Date>;
  /** Verbs whose jobs the service has lost while this run followed them; none of them is sent again by it. */
  readonly lostJobs: Map<Verb, LostJob>;
}

/** What a lane remembers when it begins. */
export function unready(): Readiness {
  return { refusals: 0, races: 0, fixed: new Set(), startedAt: new Map(), lostJobs: new Map() };
}

/** Rules that a lane waits for by itself, machine by machine, so that nobody else waits with it. */
const rulesOfLanes: readonly string[] = ["IT-AGENT", "FB-STOPPED"];

/** What has to pass before anything is sent, and that no lane waits for by itself. */
export function waitBefore(findings: readonly Finding[]): Finding | undefined {
  return findings.find((each) => each.severity === "wait" && !rulesOfLanes.includes(each.rule));
}

/** Refusals after which no other try is made: registered or not, something else is wrong. */
const maximumRefusals = 3;

/** How long a failback waits for the agent of a machine that it has started (failback rules, IT-AGENT): 15 min. */
const reportMilliseconds = 15 * 60_000;

/** Time for a guest to shut down before it is powered off. */
const shutdownMilliseconds = 5 * 60_000;

/** What readiness is judged from. */
interface Readying {
  readonly context: Context;
  readonly site: AzureSite;
  readonly inputs: AnyActionInputs;
  readonly readiness: Readiness;
}

/**
 * Puts right what the inputs allow before a verb, and answers what has to be waited for still; undefined
 * when the verb can be sent. Throws SiteError when an agent has not registered in time.
 */
export async function makeReady(
  readying: Readying,
  verb: Verb,
  situations: readonly Situation[],
): Promise<string | undefined> {
  for (const situation of situations.filter(({ item }) => isFromVmwareSite(item))) {
    const waitsFor =
      verb === "reprotect"
        ? await readyForReprotect(readying, situation)
        : verb === "commit"
          ? stopsIn(readying, situation)
          : failsOver([verb]) && returnsHome(situation, [verb])
            ? await readyForFailback(readying, situation)
            : undefined;
    if (waitsFor !== undefined) return `${situation.item.friendlyName}: ${waitsFor}`;
  }
  return undefined;
}

/** Before the commit of a failback removes it, the machine in Azure must be seen stopped (FB-STOPPED). */
function stopsIn({ inputs }: Readying, situation: Situation): string | undefined {
  if (!returnsHome(situation, ["commit"]) || inputs.waive?.includes("FB-STOPPED")) return undefined;
  const { runningMachineExists, runningMachinePowerState = "", trouble } = situation.destination;
  if (runningMachineExists === false) return undefined;
  if (["stopped", "deallocated"].includes(runningMachinePowerState)) return undefined;
  const name = azureMachineName(situation);
  if (runningMachineExists === undefined && trouble === undefined) {
    throw new SiteError(
      `${situation.item.friendlyName}: its failback is done and waits for the commit. Which machine in Azure it was is not known, so that it cannot be seen stopped before the commit removes it (probably ${name}).`,
      {
        site: "azure",
        operation: "commit",
        hint: "Give the reprotect's placement (placement: reprotect.placement), or look yourself and waive FB-STOPPED.",
      },
    );
  }
  const state = runningMachinePowerState || trouble || "of unknown state";
  return `waits until the Azure machine ${name} is stopped before the commit (it is ${state})`;
}

async function readyForReprotect(
  readying: Readying,
  situation: Situation,
): Promise<string | undefined> {
  const { readiness } = readying;
  if (positionOf(situation.item).away) await putRight(readying, situation);
  const waits = agentWait(readying, situation.item);
  if (waits === undefined) return undefined;
  const { context, inputs } = readying;
  readiness.waitsSince ??= context.clock.now();
  const limit = durationMilliseconds(inputs.agentTimeout ?? "PT15M") ?? 0;
  const waited = context.clock.now().getTime() - readiness.waitsSince.getTime();
  if (waited < limit) return `waits until its mobility agent has registered (${waits})`;
  throw new SiteError(
    `${situation.item.friendlyName}: its mobility agent has not registered within ${formatDuration(waited / 1000)} (${waits}), so that it cannot be reprotected. ${readiness.refusal?.text ?? ""}`.trim(),
    {
      site: "azure",
      operation: "reprotect",
      hint: "See that the machine runs and reaches the site's servers (95226), then run `pulumi up` again; agentTimeout sets how long to wait.",
    },
  );
}

/** A failback takes the last changes from the machine in Azure: one that was started just now has to report first. */
async function readyForFailback(
  readying: Readying,
  situation: Situation,
): Promise<string | undefined> {
  const { context, site, inputs, readiness } = readying;
  const { item } = situation;
  await putRight(readying, situation);
  const startedAt = readiness.startedAt.get(item.name);
  const heartbeat = item.onPremises?.lastHeartbeat;
  if (startedAt === undefined || heartbeat === undefined) return undefined;
  if (Date.parse(heartbeat) >= startedAt.getTime()) return undefined;
  if (inputs.waive?.includes("IT-AGENT")) return undefined;
  const waited = site.now(context).getTime() - startedAt.getTime();
  if (waited < reportMilliseconds) {
    return `waits until the mobility agent of its Azure machine reports after the start (last heartbeat ${heartbeat})`;
  }
  throw new SiteError(
    `${item.friendlyName}: the mobility agent of its Azure machine ${azureMachineName(situation)} has not reported within ${formatDuration(waited / 1000)} of its start (last heartbeat ${heartbeat}), so that it is not failed back.`,
    {
      site: "azure",
      operation: "failback",
      hint: "See that the machine has booted and reaches the site's servers, then run `pulumi up` again.",
    },
  );
}

/** Why the agent has to be waited for; undefined when it need not. */
function agentWait({ inputs, readiness }: Readying, item: ItemFacts): string | undefined {
  const { refusal } = readiness;
  if (refusal !== undefined) {
    const appeared = !refusal.registered && item.onPremises?.agentRegisteredAfterFailover === true;
    return appeared || hasShownItself(item, refusal.at)
      ? undefined
      : "the service refused the reprotect because of it";
  }
  return inputs.waive?.includes("IT-AGENT") ? undefined : agentSilence(item);
}

/** Starts and stops machines as the inputs allow; each once. */
async function putRight(
  { context, site, readiness }: Readying,
  situation: Situation,
): Promise<void> {
  const { manages = [], item, destination, onPremises } = situation;
  const { fixed } = readiness;
  const id = destination.runningMachineId;
  const starts = manages.includes("startAzureMachine") && standsStill(situation);
  const started = `startAzureMachine ${item.name}`;
  if (starts && id !== undefined && !fixed.has(started)) {
    fixed.add(started);
    context.log.info(
      `${item.friendlyName}: starts its Azure machine ${azureMachineName(situation)}.`,
    );
    readiness.startedAt.set(item.name, site.now(context));
    await site.startMachine(context, id);
  }
  const reference = onPremises?.machine?.machine?.reference;
  const access = onPremises?.server.access;
  const stops = manages.includes("powerOffSource") && runsAtHome(situation);
  const stopped = `powerOffSource ${item.name}`;
  if (stops && access?.kind === "open" && reference !== undefined && !fixed.has(stopped)) {
    fixed.add(stopped);
    context.log.info(`${item.friendlyName}: shuts the machine at ${access.vcenter} down.`);
    const vcenter = await context.sites.vsphere(access.vcenter);
    await vcenter?.shutDown(context, reference, shutdownMilliseconds);
  }
}

/**
 * Notes that the service refused a reprotect because the agent is not there, which is worth another try once
 * it is. False for every other failure.
 */
export function noteRefusal(
  context: Context,
  readiness: Readiness,
  item: ItemFacts | undefined,
  { job, failure }: OperationOutcome,
): boolean {
  const refused = job?.errors.some(
    (each) =>
      isAgentRefusal(each) ||
      isAgentRefusal({ code: each.providerCode, message: each.providerMessage }),
  );
  if (refused !== true || item === undefined || !isFromVmwareSite(item)) return false;
  readiness.refusals += 1;
  if (readiness.refusals >= maximumRefusals) return false;
  const registered = item.onPremises?.agentRegisteredAfterFailover === true;
  readiness.refusal = { at: context.clock.now(), text: failure, registered };
  context.log.warn(
    `${item.friendlyName}: the service refused the reprotect, because its mobility agent has not registered yet; it is tried again once it has. ${failure}`,
  );
  return true;
}
