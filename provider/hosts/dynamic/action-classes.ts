import type * as pulumi from "@pulumi/pulumi";
import type { CancelFailoverInputs, CancelFailoverState } from "../../actions/cancel-failover.ts";
import type {
  CompleteMigrationInputs,
  CompleteMigrationState,
} from "../../actions/complete-migration.ts";
import type { FailbackInputs, FailbackState } from "../../actions/failback.ts";
import type { FailoverInputs, FailoverState } from "../../actions/failover.ts";
import type { ReprotectInputs, ReprotectState } from "../../actions/reprotect.ts";
import type { ResynchronizeInputs, ResynchronizeState } from "../../actions/resynchronize.ts";
import type { TestFailoverInputs, TestFailoverState } from "../../actions/test-failover.ts";
import { AsrAction } from "./action.ts";
import type { Args, Outputs } from "./property-types.ts";

/** Inputs of {@link TestFailover}. */
export type TestFailoverArgs = Args<TestFailoverInputs>;

/** A disaster recovery drill: copies of the machines start in an isolated network. Destroying it removes the copies. */
export class TestFailover extends AsrAction {
  constructor(name: string, args: TestFailoverArgs, options?: pulumi.CustomResourceOptions) {
    super("TestFailover", name, args, options);
  }
}

/** Outputs of the class. */
export interface TestFailover extends Outputs<TestFailoverState> {}

/** Inputs of {@link Failover}. */
export type FailoverArgs = Args<FailoverInputs>;

/** A failover: the machines start at the recovery site. Destroying it moves nothing. */
export class Failover extends AsrAction {
  constructor(name: string, args: FailoverArgs, options?: pulumi.CustomResourceOptions) {
    super("Failover", name, args, options);
  }
}

/** Outputs of the class. */
export interface Failover extends Outputs<FailoverState> {}

/** Inputs of {@link Reprotect}. */
export type ReprotectArgs = Args<ReprotectInputs>;

/** A reprotect: machines that failed over are replicated back to where they came from. Destroying it changes nothing. */
export class Reprotect extends AsrAction {
  constructor(name: string, args: ReprotectArgs, options?: pulumi.CustomResourceOptions) {
    super("Reprotect", name, args, options);
  }
}

/** Outputs of the class. */
export interface Reprotect extends Outputs<ReprotectState> {}

/** Inputs of {@link Failback}. */
export type FailbackArgs = Args<FailbackInputs>;

/** A failback: reprotected machines return to the site in which their protection began. Destroying it moves nothing. */
export class Failback extends AsrAction {
  constructor(name: string, args: FailbackArgs, options?: pulumi.CustomResourceOptions) {
    super("Failback", name, args, options);
  }
}

/** Outputs of the class. */
export interface Failback extends Outputs<FailbackState> {}

/** Inputs of {@link CompleteMigration}. */
export type CompleteMigrationArgs = Args<CompleteMigrationInputs>;

/** The end of a migration: failed-over machines stay where they are for good, nothing leads back. Destroying it changes nothing. */
export class CompleteMigration extends AsrAction {
  constructor(name: string, args: CompleteMigrationArgs, options?: pulumi.CustomResourceOptions) {
    super("CompleteMigration", name, args, options);
  }
}

/** Outputs of the class. */
export interface CompleteMigration extends Outputs<CompleteMigrationState> {}

/** Inputs of {@link Resynchronize}. */
export type ResynchronizeArgs = Args<ResynchronizeInputs>;

/** A resynchronization begun by hand, of machines that the service has marked for it. Destroying it changes nothing. */
export class Resynchronize extends AsrAction {
  constructor(name: string, args: ResynchronizeArgs, options?: pulumi.CustomResourceOptions) {
    super("Resynchronize", name, args, options);
  }
}

/** Outputs of the class. */
export interface Resynchronize extends Outputs<ResynchronizeState> {}

/** Inputs of {@link CancelFailover}. */
export type CancelFailoverArgs = Args<CancelFailoverInputs>;

/** A failback is taken back before its commit; modernized VMware sites alone have it. Destroying it moves nothing. */
export class CancelFailover extends AsrAction {
  constructor(name: string, args: CancelFailoverArgs, options?: pulumi.CustomResourceOptions) {
    super("CancelFailover", name, args, options);
  }
}

/** Outputs of the class. */
export interface CancelFailover extends Outputs<CancelFailoverState> {}
