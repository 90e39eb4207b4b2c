import fc from "fast-check";
import { parse } from "yaml";
import type { WorldDocument } from "../../simulator/index.ts";
import { EXAMPLE_WORLD } from "../../simulator/world/example.ts";
import { HYPER_V_EXAMPLE } from "../../simulator/world/hyper-v-example.ts";
import { VMWARE_EXAMPLE } from "../../simulator/world/vmware-example.ts";
import { hyperVWorld } from "../../test/provider/actions/hyper-v-world.ts";
import { plantOne } from "../../test/provider/actions/site-world.ts";
import { orders } from "../../test/provider/actions/test-bed.ts";
import { type Mutation, mutated, mutations } from "./mutate.ts";
import type { Target } from "./target.ts";
import { judgeWorld } from "./worlds-judged.ts";

const documents: readonly unknown[] = [
  ...[EXAMPLE_WORLD, VMWARE_EXAMPLE, HYPER_V_EXAMPLE].map((text) => parse(text)),
  ...[orders(), plantOne("classic"), plantOne("modernized")],
  ...[hyperVWorld("VmmToAzure"), hyperVWorld("VmmToVmm")],
];

/** A world of the examples, and what is changed of it. */
interface WorldCase {
  readonly document: number;
  readonly changes: readonly Mutation[];
}

/** Worlds given as documents. */
export const worldDocumentTarget: Target<WorldCase> = {
  name: "world-document",
  requirement: "Q-11",
  promise: "any document is a world that runs, or is refused by an error that names the place",
  open: async () => ({
    cases: fc.record({
      document: fc.nat(documents.length - 1),
      changes: fc.oneof(
        { weight: 1, arbitrary: mutations(1) },
        { weight: 2, arbitrary: mutations(4) },
      ),
    }),
    async answer({ document, changes }) {
      const world = mutated(documents[document], changes);
      // A text would be the path of a file.
      const given = typeof world === "string" ? [world] : world;
      return await judgeWorld(given as WorldDocument, /^world: \S/);
    },
    close: async () => undefined,
  }),
};
