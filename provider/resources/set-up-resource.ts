import type { Context } from "../context.ts";
import type { ChangeKind, Checked, CheckFailure } from "../handler.ts";
import type { DifferenceOptions } from "../inputs/difference.ts";
import type { AzureSite } from "../sites/azure/site.ts";

/** Inputs of every object that lies in a vault. */
export interface VaultObjectInputs {
  /**
   * Vault that the object lies in: its name or ARM id. Changing it replaces the object.
   * @defaultValue the vault of the provider's configuration
   * @replaceOnChanges
   */
  readonly vault?: string;
  /**
   * Name in the vault. Changing it replaces the object.
   * @defaultValue the Pulumi resource's name
   * @replaceOnChanges
   */
  readonly name?: string;
  /**
   * Takes over an object of this name that exists with other content, and changes it to what is wanted here.
   * Without it such an object is an error that names the difference. Changing this has no effect of its own.
   * @defaultValue false
   */
  readonly adopt?: boolean;
}

/** Outputs of every set-up resource. */
export interface SetUpState {
  /** `creating` after a creation that began and was not seen to end; the next update finishes it. */
  readonly phase?: "creating";
}

/**
 * What is particular to one set-up resource; the flow around it (observe, ensure, sync, return)
 * is the same for all and lives in `set-up-handler.ts`.
 */
export interface SetUpResource<Inputs extends object, State extends Inputs, Facts> {
  readonly token: string;
  /** What messages call it, such as `fabric`. */
  readonly noun: string;
  readonly comparison?: DifferenceOptions;
  /**
   * Whether this difference makes an existing object of the name somebody else's; by default every one does.
   * What is no conflict is brought to what is wanted without further question.
   */
  conflicts?(path: string, kind: ChangeKind): boolean;
  /** Fills names and canonical ids without asking a site; unknown values pass. Throws InvalidInputError. */
  complete(context: Context, inputs: Inputs): Inputs;
  /**
   * Puts ids in place of names that only the site can tell, such as that of a VM network; asks nothing where there
   * are none. What cannot be told stays, and the check of references says so.
   */
  resolve?(context: Context, inputs: Inputs): Promise<Inputs>;
  /** ARM id from complete inputs; a part that is not known yet stays visible in it. */
  id(context: Context, inputs: Inputs): string;
  /** What is wrong with complete inputs in themselves; unknown values are in order. */
  problems?(inputs: Inputs): readonly CheckFailure[];
  /** What is wrong with the things that the inputs refer to. Asked only when something is new. */
  checkReferences?(
    context: Context,
    site: AzureSite,
    inputs: Inputs,
    olds: Inputs | undefined,
  ): Promise<readonly CheckFailure[]>;
  /** The last word of a check: leaves out what cannot be done as things stand, and warns of it. */
  settle?(context: Context, checked: Checked<Inputs>, olds: Inputs | undefined): Checked<Inputs>;
  /** What is there now; undefined when nothing is. */
  observe(context: Context, site: AzureSite, id: string): Promise<Facts | undefined>;
  /**
   * Inputs and outputs that the facts amount to; every input that can be compared is present.
   * Where the service fills in what nobody asked for, only what is `wanted` is described.
   */
  describe(facts: Facts, id: string, wanted?: Inputs): State;
  /** What else is to be said of a recorded object that is gone, in a sentence; empty when nothing is. */
  gone?(context: Context, site: AzureSite, id: string, recorded: State): Promise<string>;
  create(context: Context, site: AzureSite, id: string, inputs: Inputs): Promise<Facts>;
  /** Changes what is there; absent when nothing about it can change. */
  change?(
    context: Context,
    site: AzureSite,
    id: string,
    facts: Facts,
    inputs: Inputs,
  ): Promise<Facts>;
  remove(context: Context, site: AzureSite, id: string): Promise<void>;
}

/** The part of a set-up resource that its check needs. */
export type CheckedResource<Inputs extends object, State extends Inputs, Facts> = Omit<
  SetUpResource<Inputs, State, Facts>,
  "token" | "create" | "change" | "remove"
>;
