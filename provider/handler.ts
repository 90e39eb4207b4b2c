import type { Context } from "./context.ts";
import type { ResourceSchema } from "./schema/schema.ts";

/** One thing that is wrong with the inputs. */
export interface CheckFailure {
  /** Property path, such as `groups[1].items[0]`; hosts put it into the text, never into the protocol's property field. */
  readonly path: string;
  /** What is wrong and what to do; never holds a secret. */
  readonly reason: string;
}

/** What a check answers: the inputs with defaults and computed facts, and what is wrong with them. */
export interface Checked<Inputs> {
  readonly inputs: Inputs;
  readonly failures: readonly CheckFailure[];
}

/** How one input differs. */
export type ChangeKind = "add" | "delete" | "update";

/** One changed input. */
export interface PropertyChange {
  readonly kind: ChangeKind;
  /** True when this change needs a new resource. */
  readonly replace?: boolean;
}

/** What a diff answers. */
export interface DetailedDiff {
  /** True when an update is due, also when no input changed but the recorded state is not final. */
  readonly changes: boolean;
  /** Changed input paths; only paths that exist in inputs. */
  readonly properties: Readonly<Record<string, PropertyChange>>;
  /** Why an update is due although no input changed; hosts show it at preview. */
  readonly reason?: string;
  /** True when a replacement takes the name of what it replaces, so that the old one has to go first. */
  readonly deleteBeforeReplace?: boolean;
}

/** What create answers. */
export interface Created<State> {
  readonly id: string;
  readonly state: State;
}

/** What read answers. */
export interface ReadResult<Inputs, State> {
  readonly id: string;
  readonly inputs: Inputs;
  readonly state: State;
}

/**
 * The life of one resource type, the same for every host.
 * Handlers know sites and the domain, never Pulumi.
 */
export interface Handler<Inputs extends object, State extends object> {
  /** Token in the package's schema, such as `asr:index:Failover`. */
  readonly token: string;
  readonly schema: ResourceSchema;
  /** Validates, fills defaults, adds computed inputs; may read the site, never writes. */
  check(context: Context, news: Inputs, olds?: Inputs): Promise<Checked<Inputs>>;
  /**
   * Compares recorded state with wanted inputs. Writes nothing, and asks no site but for an unfinished action at
   * preview: it shows what is left of it, which check, without the record, cannot tell.
   */
  diff(context: Context, id: string, olds: State, news: Inputs): Promise<DetailedDiff>;
  create(context: Context, news: Inputs): Promise<Created<State>>;
  /** Observes; undefined means it is gone. Without state (import) the id alone must do. */
  read(context: Context, id: string, state?: State): Promise<ReadResult<Inputs, State> | undefined>;
  update(context: Context, id: string, olds: State, news: Inputs): Promise<State>;
  /** Removes; deleting what is absent succeeds. */
  delete(context: Context, id: string, state: State): Promise<void>;
}

/** A handler of any type, as hosts and tables hold it. */
export type AnyHandler = Handler<Record<string, unknown>, Record<string, unknown>>;
