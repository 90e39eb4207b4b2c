import fc from "fast-check";
import { BODIES } from "../../simulator/recovery/validation/bodies.ts";
import type { BodyRule, Fields } from "../../simulator/recovery/validation/body-rule.ts";

/** Texts that mean something in a field of this name. */
export type FieldWords = (field: string) => readonly string[];

/** Names of bodies of operations whose last word of the path is another one, by method and that word. */
const bodyNames: Readonly<Record<string, keyof typeof BODIES>> = {
  "PUT vaults": "vault",
  "PUT replicationFabrics": "fabric",
  "PUT replicationProtectionContainers": "container",
  "PUT replicationPolicies": "policy",
  "PATCH replicationPolicies": "policyUpdate",
  "PUT replicationProtectionContainerMappings": "mapping",
  "PATCH replicationProtectionContainerMappings": "mappingUpdate",
  "PUT replicationProtectedItems": "item",
  "PATCH replicationProtectedItems": "itemUpdate",
  "POST discoverProtectableItem": "discover",
  "PUT replicationRecoveryPlans": "plan",
  "PATCH replicationRecoveryPlans": "planUpdate",
  "PUT replicationvCenters": "vcenter",
  "PUT replicationProtectionIntents": "intent",
};

/** Request bodies of the form that each operation wants, by method and path of the operation. */
export function ruleBodies(
  words: FieldWords,
): (method: string, template: string) => fc.Arbitrary<Record<string, unknown>> {
  const byName = new Map(
    Object.entries(BODIES).map(([name, fields]) => [name.toLowerCase(), mapOf(fields, words)]),
  );
  const any = fc.oneof(...byName.values());
  return (method, template) => {
    const last = template.split("/").findLast((each) => !each.startsWith("{")) ?? "";
    const ofPlan = template.includes("replicationRecoveryPlans") ? `plan${last}` : last;
    const named = bodyNames[`${method} ${last}`] ?? ofPlan;
    return byName.get(named.toLowerCase()) ?? byName.get(last.toLowerCase()) ?? any;
  };
}

function mapOf(fields: Fields, words: FieldWords): fc.Arbitrary<Record<string, unknown>> {
  const parts = Object.entries(fields).map(([name, rule]) =>
    fc
      .tuple(fc.nat(99), valueFor(name, rule, words))
      .map(([chance, value]): readonly (readonly [string, unknown])[] =>
        chance >= (rule.needed === true ? 3 : 50) ? [[name, value]] : [],
      ),
  );
  return fc.tuple(...parts).map((lists) => Object.fromEntries(lists.flat()));
}

function valueFor(name: string, rule: BodyRule, words: FieldWords): fc.Arbitrary<unknown> {
  switch (rule.is) {
    case "text":
      return fc.constantFrom(...(rule.oneOf ?? words(name)));
    case "number":
      return fc.constantFrom(rule.from ?? 1, rule.to ?? 60, 5, 1_440);
    case "flag":
      return fc.boolean();
    case "list":
      return fc.array(valueFor(name, rule.of, words), { maxLength: 3 });
    case "object":
      return mapOf(rule.fields, words);
    case "union":
      return fc.oneof(
        ...Object.entries(rule.of).map(([kind, fields]) =>
          mapOf(fields, words).map((each) => ({ ...each, [rule.by ?? "instanceType"]: kind })),
        ),
      );
  }
}
