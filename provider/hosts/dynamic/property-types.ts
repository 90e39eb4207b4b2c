import type * as pulumi from "@pulumi/pulumi";

/** Inputs that check computes; nobody sets them. A test compares them with the tags in the sources. */
export const computedInputs = ["plan", "findings"] as const;

/** The name of an input that check computes. */
export type ComputedInput = (typeof computedInputs)[number];

/** A value of which every part may come from another resource. */
export type DeepInput<Value> = Value extends readonly (infer Element)[]
  ? readonly pulumi.Input<DeepInput<Element>>[]
  : Value extends object
    ? { readonly [Key in keyof Value]: pulumi.Input<DeepInput<Value[Key]>> }
    : Value;

/** What a resource's constructor takes: its inputs without those that check computes. */
export type Args<Inputs> = {
  readonly [Key in keyof Inputs as Exclude<Key, ComputedInput>]: pulumi.Input<
    DeepInput<Inputs[Key]>
  >;
};

/** What a resource offers to others: each part of its state, once it is known. */
export type Outputs<State> = {
  readonly [Key in keyof State]-?: pulumi.Output<State[Key]>;
};
