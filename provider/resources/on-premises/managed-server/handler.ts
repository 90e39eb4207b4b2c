import type { Context } from "../../../context.ts";
import { PartialFailureError } from "../../../errors.ts";
import type { Created, DetailedDiff, Handler, ReadResult } from "../../../handler.ts";
import { parentOf, vaultIdOf } from "../../../inputs/vault-object.ts";
import { nameOf, sameId } from "../../../recovery/identity.ts";
import { type ResourceSchema, resourceSchema } from "../../../schema/schema.ts";
import { unlessMissing } from "../../failures.ts";
import { tellUnlisted } from "../../outside/tell-set-up.ts";
import { inputsOf } from "../../plain.ts";
import { withDeadline } from "../timeout.ts";
import { checkManagedServer } from "./check.ts";
import { type ManagedServer, serverDifferences, serverId } from "./kind.ts";
import { type Look, type LookAsk, lookAnew } from "./look.ts";
import { type ChangeRecord, mendServer, throwIfBlocked } from "./mend.ts";
import type {
  AnyServerInputs,
  ManagedServerOutputs,
  PlannedServerFix,
  ServerChanges,
} from "./types.ts";
import { hasSomethingToUndo, undoChanges } from "./undo.ts";
import { waitUntilReady } from "./wait.ts";

/** Makes the handler of a server that is looked at, mended as far as `manage` goes, and waited for. */
export function createManagedServerHandler<
  Inputs extends AnyServerInputs,
  State extends Inputs & ManagedServerOutputs,
>(server: ManagedServer<Inputs, State>): Handler<Inputs, State> {
  const token = `asr:index:${server.type}`;
  const schema = (): ResourceSchema => resourceSchema(token);
  const idOf = (inputs: AnyServerInputs): string => serverId(server, inputs);
  const changed = (olds: object, news: object): DetailedDiff["properties"] =>
    serverDifferences(schema(), olds, news);
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

  /** Looks again, mends what was shown, waits; what was changed is never lost. */
  const reconcile = async (
    context: Context,
    id: string,
    inputs: Inputs,
    shown: readonly PlannedServerFix[],
    changes: ServerChanges,
  ): Promise<State> => {
    const ask = { ...askOf(id, inputs, changes), waits: true };
    const look = await lookAnew(context, ask);
    const record: ChangeRecord = { changes, left: look.fixes };
    throwIfBlocked(look, shown);
    try {
      await mendServer(context, look, inputs, record);
      // A change takes the time it takes; what is limited is the wait for Azure.
      const timed = withDeadline(context, inputs.timeout ?? server.timeout);
      const ready = await waitUntilReady(timed, { ...ask, changes: record.changes });
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
    check: (context, news, olds) => checkManagedServer(server, schema(), context, news, olds),

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
      const shown = isChanged ? (news.plan ?? []) : (olds.pending ?? []);
      return await reconcile(context, id, news, shown, olds.changes ?? {});
    },

    async read(context, id, state): Promise<ReadResult<Inputs, State> | undefined> {
      const inputs = state ?? (importedInputs(id) as Inputs);
      const changes = state?.changes ?? {};
      const look = await unlessMissing(() => lookAnew(context, askOf(id, inputs, changes)));
      const listed = look?.situation.masterTarget ?? look?.situation.appliance;
      if (look === undefined || (state === undefined && listed === undefined)) return undefined;
      const found = { ...inputsOf<Inputs>(schema(), inputs), ...computedOf(state) };
      if (state === undefined) return { id, inputs: found, state: stateOf(found, look, {}) };
      if (listed === undefined && state.phase === undefined) {
        await tellUnlisted(context, server.noun, id, state.serverId);
      }
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

/** Why an update is due although no input changed; undefined when none is. */
function dueBecause(noun: string, state: Partial<ManagedServerOutputs>): string | undefined {
  const lines = (state.pending ?? []).map((each) => `Will be mended: ${each.text}`);
  if (state.changes?.turnedOff === true)
    lines.unshift("Its machine was left turned off; it is turned on again.");
  if (state.phase === "waiting")
    lines.unshift(`The ${noun} is not known to be ready; it is waited for.`);
  return lines.length === 0 ? undefined : lines.join("\n");
}
