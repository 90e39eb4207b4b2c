/** An object as it came over the wire; nothing is known of it yet. */
export type Wire = Readonly<Record<string, unknown>>;

/** The value as an object; empty when it is none. */
export function asWire(value: unknown): Wire {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Wire)
    : {};
}

/** The named object; empty when it is absent or null. */
export function wireOf(wire: Wire, name: string): Wire {
  return asWire(wire[name]);
}

/** The named list of objects; empty when it is absent or null. */
export function wiresOf(wire: Wire, name: string): readonly Wire[] {
  const value = wire[name];
  return Array.isArray(value) ? value.map(asWire) : [];
}

/** The first of the named texts that is not empty; numbers and booleans count as their text. */
export function textOf(wire: Wire, ...names: readonly string[]): string {
  for (const name of names) {
    const value = wire[name];
    if (typeof value === "string" && value !== "") return value;
    if (typeof value === "number" || typeof value === "boolean") return String(value);
  }
  return "";
}

/** The named list of texts; empty when it is absent or null. */
export function textsOf(wire: Wire, name: string): readonly string[] {
  const value = wire[name];
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}

/** The first of the named numbers, also when it came as text; undefined when there is none. */
export function numberOf(wire: Wire, ...names: readonly string[]): number | undefined {
  for (const name of names) {
    const value = wire[name];
    if (typeof value === "number") return value;
    if (typeof value === "string" && value.trim() !== "" && !Number.isNaN(Number(value))) {
      return Number(value);
    }
  }
  return undefined;
}

/** The named truth; the service also writes it as text, capitalised or as Enabled and Yes. */
export function truthOf(wire: Wire, name: string): boolean {
  return /^(true|enabled?|yes)$/i.test(textOf(wire, name));
}

/**
 * The first of the named times that is one; the service's stand-ins for "never"
 * (years 1, 1753 and 9999) count as absent (reference, section 11).
 */
export function timeOf(wire: Wire, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = wire[name];
    if (typeof value !== "string" || /^(0001|1753|9999)-/.test(value)) continue;
    if (!Number.isNaN(Date.parse(value))) return value;
  }
  return undefined;
}

/** An object with the property, or an empty one when the value is undefined. */
export function optional<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { readonly [Key in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { [Key in Name]: Value });
}
