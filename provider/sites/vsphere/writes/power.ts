import type { OperationContext } from "../../../context.ts";
import { SiteError } from "../../../errors.ts";
import type { VsphereClient } from "../transport/client.ts";
import { pause } from "../transport/waiting.ts";
import { applyChange } from "./change.ts";
import { machineObject, type ObservedMachine, observeMachine } from "./observe-machine.ts";

/** Time between two looks at a guest that shuts down, in milliseconds. */
const lookMilliseconds = 2_000;

/** Powers a machine on; does nothing when it is. */
export async function powerOn(
  context: OperationContext,
  client: VsphereClient,
  reference: string,
): Promise<void> {
  await setPower(context, client, reference, "on");
}

/** Asks the guest to shut down, waits, and powers the machine off when the guest does not. */
export async function shutDown(
  context: OperationContext,
  client: VsphereClient,
  reference: string,
  timeoutMilliseconds: number,
): Promise<void> {
  const look = (): Promise<ObservedMachine> =>
    client.withSession(context, `read machine ${reference}`, (session) =>
      observeMachine(client, session, reference),
    );
  const { facts } = await look();
  if (facts.powerState === "poweredOff") return;
  if (facts.powerState === "poweredOn" && (await ask(context, client, facts, reference))) {
    const until = context.clock.now().getTime() + timeoutMilliseconds;
    const waitingFor = `waiting for the guest of ${facts.name} to shut down`;
    while (context.clock.now().getTime() < until) {
      context.log.progress(waitingFor);
      await pause(context, lookMilliseconds, waitingFor);
      if ((await look()).facts.powerState === "poweredOff") return;
    }
    context.log.warn(`${facts.name}: its guest did not shut down in time; it is powered off.`);
  }
  await setPower(context, client, reference, "off");
}

/** Asks the guest; false when it cannot be asked because VMware Tools do not run. */
async function ask(
  context: OperationContext,
  client: VsphereClient,
  machine: ObservedMachine["facts"],
  reference: string,
): Promise<boolean> {
  const purpose = `shut down the guest of ${machine.name}`;
  if (machine.toolsRunningStatus === "guestToolsRunning") {
    try {
      await client.withSession(context, purpose, (session) =>
        session.invoke(
          purpose,
          { method: "ShutdownGuest", target: machineObject(reference) },
          true,
        ),
      );
      return true;
    } catch (error) {
      if (!(error instanceof SiteError)) throw error;
      // Whether it was asked shows in what the guest does next.
      if (error.effectUnknown || error.serviceCode === "InvalidPowerState") return true;
      if (error.serviceCode !== "ToolsUnavailable") throw error;
    }
  }
  context.log.warn(
    `${machine.name}: VMware Tools do not run, so its guest cannot be asked to shut down; it is powered off.`,
  );
  return false;
}

async function setPower(
  context: OperationContext,
  client: VsphereClient,
  reference: string,
  wanted: "on" | "off",
): Promise<void> {
  const method = wanted === "on" ? "PowerOnVM_Task" : "PowerOffVM_Task";
  const state = wanted === "on" ? "poweredOn" : "poweredOff";
  await applyChange<ObservedMachine>(context, client, {
    operation: method,
    target: machineObject(reference),
    reading: `read machine ${reference}`,
    purpose: ({ facts }) => `power ${wanted} ${facts.name}`,
    observe: (session) => observeMachine(client, session, reference),
    isDone: ({ facts }) => facts.powerState === state,
    call: () => ({ method, target: machineObject(reference) }),
  });
}
