const escapes: Readonly<Record<string, string>> = { "%25": "%", "%2f": "/", "%5c": "\\" };

/** A name as people see it: a vCenter keeps `%`, `/` and `\` of names escaped. */
export function plainName(name: string): string {
  return name.replace(/%25|%2f|%5c/gi, (each) => escapes[each.toLowerCase()] ?? each);
}
