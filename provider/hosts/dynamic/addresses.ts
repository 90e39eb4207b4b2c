import { canonicalText, contextKey, type Properties, withoutInternals } from "./plain.ts";

/** Who a call is about, as the resource class told check. */
export interface Address {
  readonly urn?: string;
  /** Pulumi name of the resource. */
  readonly name?: string;
  readonly preview: boolean;
  /** Names of the inputs that the program made secret, as a whole or in a part; absent when there are none. */
  readonly secretInputs?: readonly string[];
}

/** Nobody knows: reads and deletes, and resources made without our class. */
export const noAddress: Address = { preview: false };

/**
 * Remembers whose inputs are whose. The engine tells a dynamic provider no URN, so check keeps the
 * one it was handed under the inputs it answers, and create, update and diff find it by theirs.
 */
export interface Addresses {
  remember(token: string, inputs: Properties, address: Address): void;
  find(token: string, inputs: Properties): Address;
}

/** Reads who a check is about from the internal input of the resource class. */
export function addressOf(news: Properties): Address {
  const context = news[contextKey];
  if (typeof context !== "object" || context === null) return noAddress;
  const { urn, name, dryRun, secretInputs } = context as Properties;
  return {
    ...(typeof urn === "string" ? { urn } : {}),
    ...(typeof name === "string" ? { name } : {}),
    preview: dryRun === true,
    ...(Array.isArray(secretInputs) ? { secretInputs: secretInputs.map(String) } : {}),
  };
}

/** Makes an empty memory. */
export function createAddresses(): Addresses {
  const known = new Map<string, Address[]>();
  const keyOf = (token: string, inputs: Properties): string =>
    `${token} ${canonicalText(withoutInternals(inputs))}`;
  return {
    remember(token, inputs, address) {
      const key = keyOf(token, inputs);
      // A replaced resource is checked twice.
      const others = (known.get(key) ?? []).filter(({ urn }) => urn !== address.urn);
      known.set(key, [...others, address]);
    },
    find(token, inputs) {
      const candidates = known.get(keyOf(token, inputs)) ?? [];
      const found = candidates.shift();
      if (found === undefined) return noAddress;
      // Resources with equal inputs take turns, so that each gets its own row.
      candidates.push(found);
      return found;
    },
  };
}
