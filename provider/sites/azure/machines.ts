import type { OperationContext } from "../../context.ts";
import { nameOf } from "../../recovery/identity.ts";
import type { ItemFacts, MachineFacts } from "../../recovery/model.ts";
import { standingOf } from "../../recovery/position.ts";
import { verbJobsOf } from "../../recovery/verbs.ts";
import { apiVersionOf } from "./api-versions.ts";
import { machineFacts } from "./facts/surroundings.ts";
import { asWire, textOf, type Wire } from "./facts/wire.ts";
import { acceptedOperation } from "./operations/accepted.ts";
import { followOperation } from "./operations/follow.ts";
import type { AzureSite, VaultSite } from "./site.ts";
import type { Connection } from "./transport/connection.ts";
import { exchange } from "./transport/exchange.ts";
import { siteError } from "./transport/failure.ts";
import { repeatUntilKnown } from "./transport/repeatable.ts";
import { armUrl } from "./vault/scope.ts";

/** What is read of virtual machines in Azure, and their start. */
export type Machines = Pick<AzureSite, "machine" | "startMachine" | "recoveredMachine">;

/** Jobs of an item that are asked about its machine, newest first; each is one request. */
const askedJobs = 5;

/** Virtual machines by their ARM ids; their power is never cached. `vaultOf` gives the vault of an item. */
export function machines(
  connection: Connection,
  vaultOf: (vaultId: string) => Pick<VaultSite, "jobs" | "job">,
): Machines {
  const machine = async (
    context: OperationContext,
    id: string,
  ): Promise<MachineFacts | undefined> => {
    const wire = await readResource(context, connection, id, { $expand: "instanceView" });
    return wire === undefined ? undefined : machineFacts(wire);
  };
  return {
    machine,
    startMachine: async (context, id) => {
      await repeatUntilKnown(
        () => start(context, connection, id),
        async () => (await machine(context, id))?.powerState === "running",
      );
    },
    recoveredMachine: async (context, item) => {
      const id =
        toldMachineId(item) ||
        hyperVMachineId(item) ||
        (await ownerOfDisks(context, connection, item)) ||
        (await machineOfJobs(context, vaultOf(item.vaultId), item));
      return id === "" ? undefined : await machine(context, id);
    },
  };
}

/** Reads a resource by its ARM id; undefined when it does not exist. */
export async function readResource(
  context: OperationContext,
  connection: Connection,
  id: string,
  query: Readonly<Record<string, string>> = {},
): Promise<Wire | undefined> {
  // Of what the service tells no id there is nothing to read.
  if (id === "") return undefined;
  const answer = await exchange(context, connection, {
    method: "GET",
    url: armUrl(connection, id, apiVersionOf(id), query),
    operation: "resources.get",
    purpose: `show ${id}`,
    absentAllowed: true,
  });
  return answer.status === 404 ? undefined : asWire(answer.body);
}

function toldMachineId(item: ItemFacts): string {
  return item.recoveredMachineId ?? item.onPremises?.azureMachineId ?? "";
}

/**
 * Of a Hyper-V machine in Azure the service tells name and resource group only; it is there until the commit
 * of its failback.
 */
function hyperVMachineId(item: ItemFacts): string {
  const { activeLocation, hyperV, target } = item;
  const inAzure = activeLocation === "Recovery" || standingOf(item) === "failedOver";
  if (hyperV === undefined || !inAzure || target.resourceGroupId === "") return "";
  const name = target.machineName || item.friendlyName;
  return `${target.resourceGroupId}/providers/Microsoft.Compute/virtualMachines/${name}`;
}

/** The machine that has a recovered disk of the item; the service does not tell of it until a reprotect. */
async function ownerOfDisks(
  context: OperationContext,
  connection: Connection,
  item: ItemFacts,
): Promise<string> {
  for (const { recoveredDiskId } of item.disks) {
    if (recoveredDiskId === undefined) continue;
    const disk = await readResource(context, connection, recoveredDiskId);
    const owner = textOf(disk ?? {}, "managedBy");
    if (owner !== "") return owner;
  }
  return "";
}

/** The machine that an item's own jobs speak of: the way back of the classic kind tells it nowhere else. */
async function machineOfJobs(
  context: OperationContext,
  vault: Pick<VaultSite, "jobs" | "job">,
  item: ItemFacts,
): Promise<string> {
  if (item.instanceType !== "InMage") return "";
  const jobs = verbJobsOf(item, await vault.jobs(context)).slice(0, askedJobs);
  for (const { job } of jobs) {
    const [id] = (await vault.job(context, job.name))?.azureMachineIds ?? [];
    if (id !== undefined) return id;
  }
  return "";
}

async function start(context: OperationContext, connection: Connection, id: string): Promise<void> {
  const purpose = `start the machine ${nameOf(id)}`;
  const answer = await exchange(context, connection, {
    method: "POST",
    url: armUrl(connection, `${id}/start`, apiVersionOf(id)),
    operation: "virtualMachines.start",
    purpose,
  });
  const accepted = acceptedOperation(answer);
  if (accepted === undefined) return;
  const what = `the order to ${purpose}`;
  const outcome = await followOperation(context, accepted, { connection, what });
  if (outcome.succeeded) return;
  throw siteError(connection, `Azure could not ${purpose}: ${outcome.failure}`, {
    operation: "virtualMachines.start",
  });
}
