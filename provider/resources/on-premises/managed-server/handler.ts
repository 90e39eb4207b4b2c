import type { Context } from "../../../context.ts";
import { PartialFailureError } from "../../../errors.ts";
import type {
  Checked,
  CheckFailure,
  Created,
  DetailedDiff,
  Handler,
  ReadResult,
} from "../../../handler.ts";
import { differences } from "../../../inputs/difference.ts";
import { nearestName } from "../../../inputs/nearest-name.ts";
import {
  completeName,
  completeReference,
  parentOf,
  vaultIdOf,
  vaultOfReference,
} from "../../../inputs/vault-object.ts";
import { nameOf, sameId } from "../../../recovery/identity.ts";
import type { FabricFacts } from "../../../recovery/model.ts";
import { type ResourceSchema, resourceSchema } from "../../../schema/schema.ts";
import { hasUnknown } from "../../../unknown.ts";
import { checkInputs } from "../../check-inputs.ts";
import { unlessMissing } from "../../failures.ts";
import { inputsOf, plain } from "../../plain.ts";
import { referenceProblems } from "../../references.ts";
import { timeoutProblems, withDeadline } from "../timeout.ts";
import { type Look, type LookAsk, lookAnew, lookAtServer } from "./look.ts";
import { type ChangeRecord, mendServer, throwIfBlocked } from "./mend.ts";
import { tellPlan } from "./tell.ts";
import type {
  AnyServerInputs,
  ManagedServerOutputs,
  PlannedServerFix,
  ServerChanges,
} from "./types.ts";
import { hasSomethingToUndo, undoChanges } from "./undo.ts";
import { waitUntilReady } from "./wait.ts";

/** What tells one kind of managed server from another. */
export interface ManagedServer<Inputs extends AnyServerInputs, State> {
  /** Name in the schema, such as `MasterTargetServer`. */
  readonly type: string;
  /** What messages call it: `master target`. */
  readonly noun: string;
  readonly generation: LookAsk["generation"];
  /** What follows the fabric in the id: `masterTargetServers`. */
  readonly collection: string;
  /** Default of `timeout`. */
  readonly timeout: string;
  /** What is wrong with complete inputs in themselves. */
  problems(inputs: Inputs): readonly CheckFailure[];
  /** Outputs that the service tells, beyond those of every server; only what is stable. */
  outputs(look: Look): Omit<State, keyof Inputs | keyof ManagedServerOutputs>;
}

/** Makes the handler of a server that is looked at, mended as far as `manage` goes, and waited for. */
export function createManagedServerHandler<
  Inputs extends AnyServerInputs,
  State extends Inputs & ManagedServerOutputs,
>(server: ManagedServer<Inputs, State>): Handler<Inputs, State> {
  const token = `asr:index:${server.type}`;
  const schema = (): ResourceSchema => resourceSchema(token);
  const comparison = { ignored: ["timeout"], sets: ["manage", "waive"] };
  const idOf = ({ fabric, name }: AnyServerInputs): string =>
    `${fabric}/${server.collection}/${name}`;
  const changed = (olds: object, news: object): DetailedDiff["properties"] =>
    differences(schema(), plain(olds), plain(news), comparison);
  const askOf = (id: string, inputs: AnyServerInputs, changes: ServerChanges): LookAsk => ({
    generation: server.generation,
    ...{ id, inputs, changes },
  });
  const stateOf = (inputs: Inputs, look: Look, more: Partial<ManagedServerOutputs>): State => {
    const { masterTarget, appliance } = look.situation;
    const outputs: ManagedServerOutputs = {
      serverId: (masterTarget ?? appliance)?.id ?? "",
      changes: {},
      pending: [],
      ...more,
    };
    return { ...inputs, ...server.outputs(look), ...outputs } as unknown as State;
  };

  const check = async (context: Context, news: Inputs, olds?: Inputs): Promise<Checked<Inputs>> => {
    const { plan: _, findings: __, ...given } = news;
    const checked = await checkInputs<Inputs & { readonly adopt?: boolean }, Inputs, undefined>(
      {
        noun: server.noun,
        comparison,
        complete: (_context, inputs) => completeServer(context, inputs),
        id: (_context, inputs) => idOf(inputs),
        problems: (inputs) => [...timeoutProblems(inputs.timeout), ...server.problems(inputs)],
        checkReferences: async (_context, site, inputs) => {
          const fabrics = await site.vault(vaultIdOf(inputs.fabric)).fabrics(context);
          return fabricProblems(context, server, inputs.fabric, fabrics);
        },
        observe: async () => undefined,
        describe: (_facts, _id, wanted) => wanted as Inputs,
      },
      schema(),
      context,
      given as unknown as Inputs,
      olds,
    );
    const { inputs, failures } = checked;
    if (failures.length > 0) return checked;
    const answer = (plan: readonly PlannedServerFix[] | undefined, findings: Look["findings"]) => ({
      inputs: { ...inputs, ...(plan === undefined ? {} : { plan }), findings },
      failures,
    });
    const same = olds !== undefined && Object.keys(changed(olds, inputs)).length === 0;
    if (same && olds.plan !== undefined) return answer(olds.plan, []);
    if (hasUnknown(inputs)) {
      tellPlan(context, server.noun, inputs, undefined);
      return answer(undefined, []);
    }
    // A vault or site that this very run makes has nothing to look at yet.
    const look = await unlessMissing(() => lookAtServer(context, askOf(idOf(inputs), inputs, {})));
    tellPlan(context, server.noun, inputs, look);
    return answer(look?.fixes ?? [], context.preview ? (look?.findings ?? []) : []);
  };

  /** Looks again, mends what was shown, waits; what was changed is never lost. */
  const reconcile = async (
    given: Context,
    id: string,
    inputs: Inputs,
    shown: readonly PlannedServerFix[],
    changes: ServerChanges,
  ): Promise<State> => {
    const context = withDeadline(given, inputs.timeout ?? server.timeout);
    const look = await lookAnew(context, askOf(id, inputs, changes));
    const record: ChangeRecord = { changes, left: look.fixes };
    throwIfBlocked(look, shown);
    try {
      await mendServer(context, look, inputs, record);
      const ready = await waitUntilReady(context, askOf(id, inputs, record.changes));
      return stateOf(inputs, ready, { changes: record.changes });
    } catch (error) {
      if (record.changes === changes || !(error instanceof Error)) throw error;
      const state = stateOf(inputs, look, {
        ...{ changes: record.changes, pending: record.left, phase: "waiting" },
      });
      throw new PartialFailureError(id, state, [error.message], { cause: error });
    }
  };

  return {
    token,
    get schema() {
      return schema();
    },
    check,

    async diff(_context, id, olds, news) {
      const properties = changed(olds, news);
      const replaced = Object.values(properties).some((each) => each.replace === true);
      const reason = dueBecause(server.noun, olds);
      return {
        changes: reason !== undefined || Object.keys(properties).length > 0,
        properties,
        ...(reason === undefined ? {} : { reason }),
        ...(replaced && sameId(idOf(news), id) ? { deleteBeforeReplace: true } : {}),
      };
    },

    async create(context, news): Promise<Created<State>> {
      const id = idOf(news);
      return { id, state: await reconcile(context, id, news, news.plan ?? [], {}) };
    },

    async update(context, id, olds, news) {
      const isChanged = Object.keys(changed(olds, news)).length > 0;
      const shown = isChanged ? (news.plan ?? []) : olds.pending;
      return await reconcile(context, id, news, shown, olds.changes);
    },

    async read(context, id, state): Promise<ReadResult<Inputs, State> | undefined> {
      const inputs = state ?? (importedInputs(id) as Inputs);
      const changes = state?.changes ?? {};
      const look = await unlessMissing(() => lookAnew(context, askOf(id, inputs, changes)));
      const listed = look?.situation.masterTarget ?? look?.situation.appliance;
      if (look === undefined || (state === undefined && listed === undefined)) return undefined;
      const found = { ...inputsOf<Inputs>(schema(), inputs), ...computedOf(state) };
      if (state === undefined) return { id, inputs: found, state: stateOf(found, look, {}) };
      for (const each of look.findings) {
        if (each.severity !== "warn") context.log.warn(each.text);
      }
      // What a vCenter that does not answer would show is left as it was.
      const pending = look.situation.access.kind === "closed" ? state.pending : look.fixes;
      const waiting = listed === undefined ? "waiting" : state.phase;
      const known = listed === undefined ? state : stateOf(found, look, {});
      const { phase: _, ...rest } = known;
      const read = { ...rest, changes, pending, ...(waiting ? { phase: waiting } : {}) };
      return { id, inputs: found, state: read as State };
    },

    async delete(context, id, state) {
      const { changes } = state;
      if (changes.diskUuid === true) {
        context.log.info(`${nameOf(id)}: disk.EnableUUID stays set; it does no harm.`);
      }
      if (!hasSomethingToUndo(changes)) return;
      const look = await unlessMissing(() => lookAnew(context, askOf(id, state, changes)));
      await undoChanges(context, id, changes, look?.users ?? []);
    },
  };
}

function completeServer<Inputs extends AnyServerInputs>(context: Context, inputs: Inputs): Inputs {
  const vault = vaultOfReference(context, "fabric", inputs.fabric, inputs.vault);
  const fabric = completeReference("fabric", inputs.fabric, vault, "replicationFabrics");
  return { ...inputs, vault, fabric, name: completeName(context, inputs.name) };
}

function importedInputs(id: string): AnyServerInputs {
  return { vault: vaultIdOf(id), fabric: parentOf(id), name: nameOf(id) };
}

/** The computed inputs that a state keeps. */
function computedOf(
  state: AnyServerInputs | undefined,
): Pick<AnyServerInputs, "plan" | "findings"> {
  return {
    ...(state?.plan === undefined ? {} : { plan: state.plan }),
    findings: state?.findings ?? [],
  };
}

/** A site of appliances comes into being with its first appliance, so that it may not be there yet; another has to be. */
function fabricProblems(
  context: Context,
  { noun, generation }: Pick<ManagedServer<never, never>, "noun" | "generation">,
  id: string,
  fabrics: readonly FabricFacts[],
): readonly CheckFailure[] {
  const fabric = fabrics.find((each) => sameId(each.id, id));
  const path = "fabric";
  if (fabric === undefined) {
    const near = nearestName(
      nameOf(id),
      fabrics.map((each) => each.name),
    );
    const mayCome = generation === "modernized" && near === undefined;
    if (!mayCome) return referenceProblems(context, path, path, id, fabrics);
    context.declared.add(id.toLowerCase());
    return [];
  }
  if (fabric.onPremises?.generation === generation) return [];
  const others = generation === "classic" ? "a configuration server" : "replication appliances";
  const reason = `${fabric.name} is no site with ${others}, so it has no ${noun}. Name the fabric of such a site.`;
  return [{ path, reason }];
}

/** Why an update is due although no input changed; undefined when none is. */
function dueBecause(noun: string, state: ManagedServerOutputs): string | undefined {
  const lines = state.pending.map((each) => `Will be mended: ${each.text}`);
  if (state.changes.turnedOff === true)
    lines.unshift("Its machine was left turned off; it is turned on again.");
  if (state.phase === "waiting")
    lines.unshift(`The ${noun} is not known to be ready; it is waited for.`);
  return lines.length === 0 ? undefined : lines.join("\n");
}
