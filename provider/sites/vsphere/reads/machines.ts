import type { OperationContext } from "../../../context.ts";
import { SiteError } from "../../../errors.ts";
import type { VsphereMachineFacts } from "../../../recovery/vsphere-facts.ts";
import type { AnswerCache } from "../../azure/answer-cache.ts";
import type { Session, VsphereClient } from "../transport/client.ts";
import { refusal } from "../transport/failure.ts";
import { lasting } from "../transport/waiting.ts";
import { child, textOf } from "../wire/parse.ts";
import { createBatchReader } from "./batch.ts";
import { machineFacts } from "./decode-machine.ts";
import { indexMachines, type MachineIndex } from "./match-machine.ts";
import { type MachineOutline, readOutlines } from "./outline.ts";
import { propertyPaths } from "./property-paths.ts";
import { pageObjects, type RetrievedObject, retrieve } from "./retrieve.ts";

/** Reads machines for a whole run: one list of outlines, and full facts of those that are wanted. */
export interface MachineReader {
  /** All machines that the account sees. */
  outlines(context: OperationContext): Promise<readonly MachineOutline[]>;
  /** The same machines, to be found by what queries name. */
  index(context: OperationContext): Promise<MachineIndex>;
  /** Full facts by reference; machines that are gone are left out. Throws SiteError for one that may not be read. */
  facts(
    context: OperationContext,
    references: readonly string[],
  ): Promise<ReadonlyMap<string, VsphereMachineFacts>>;
  /** References of the machine at an inventory path, by the vCenter's own search. */
  findByPath(context: OperationContext, path: string): Promise<readonly string[]>;
  drop(): void;
}

/** Makes a reader; answers are shared for a short time. */
export function createMachineReader(client: VsphereClient, cache: AnswerCache): MachineReader {
  let listed: readonly MachineOutline[] = [];
  let reads = 0;
  const outlines = (context: OperationContext): Promise<readonly MachineOutline[]> =>
    cache.get(context, "outlines", async () => {
      const shared = lasting(context);
      listed = await client.withSession(shared, "list its machines", readOutlines);
      return listed;
    });
  const batch = createBatchReader<RetrievedObject>({
    purpose: `reading machines of vCenter ${client.party.name}`,
    async load(context, references) {
      reads += 1;
      const purpose = `read ${references.length === 1 ? `machine ${references[0]}` : `${references.length} machines`}`;
      const found = await client.withSession(context, purpose, (session) =>
        retrievePresent(session, purpose, references),
      );
      return new Map(found.map((each) => [each.id, each]));
    },
    // Who asks a second time will ask a third time: fill the page, so that the number of calls grows
    // with the pages of the inventory and not with the number of those who ask.
    more(asked, isKnown) {
      if (reads === 0) return [];
      const room = (pageObjects - (asked.length % pageObjects)) % pageObjects;
      const others = listed.filter(({ reference }) => !isKnown(reference));
      return others.slice(0, room).map(({ reference }) => reference);
    },
  });
  const indexes = new WeakMap<readonly MachineOutline[], MachineIndex>();
  return {
    outlines,
    async index(context) {
      const list = await outlines(context);
      const index = indexes.get(list) ?? indexMachines(list);
      indexes.set(list, index);
      return index;
    },
    async facts(context, references) {
      const objects = await batch.get(context, [...new Set(references)]);
      return new Map(
        [...objects].map(([reference, object]) => {
          if (object.unreadable !== undefined) {
            const purpose = `read machine ${reference}`;
            const about = { operation: "RetrievePropertiesEx", purpose };
            throw refusal(client.party, about, object.unreadable);
          }
          return [reference, machineFacts(object)];
        }),
      );
    },
    findByPath: (context, path) =>
      cache.get(context, `path ${path}`, async () => {
        const purpose = `find ${path}`;
        const answer = await client.withSession(context, purpose, (session) =>
          session.invoke(purpose, {
            method: "FindByInventoryPath",
            target: session.content.manager("searchIndex"),
            elements: { inventoryPath: path.replace(/^\/+/, "") },
          }),
        );
        const found = child(answer, "returnval");
        const type = typeof found === "object" ? found["@type"] : undefined;
        return type === "VirtualMachine" ? [textOf(found)] : [];
      }),
    drop() {
      batch.drop();
      listed = [];
      reads = 0;
    },
  };
}

/** One machine that is gone fails a whole call: then each half is read by itself. */
async function retrievePresent(
  session: Session,
  purpose: string,
  references: readonly string[],
): Promise<readonly RetrievedObject[]> {
  const wanted = { type: "VirtualMachine", paths: propertyPaths.machine };
  try {
    return await retrieve(session, purpose, wanted, references);
  } catch (error) {
    const gone = error instanceof SiteError && error.serviceCode === "ManagedObjectNotFound";
    if (!gone) throw error;
    if (references.length === 1) return [];
    const middle = Math.ceil(references.length / 2);
    const first = await retrievePresent(session, purpose, references.slice(0, middle));
    const second = await retrievePresent(session, purpose, references.slice(middle));
    return [...first, ...second];
  }
}
