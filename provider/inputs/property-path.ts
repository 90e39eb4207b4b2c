/** The path of a property inside another, such as `groups[1].items`; names that are no words are quoted as `tags["a b"]`. */
export function propertyPath(parent: string, name: string): string {
  if (!/^[A-Za-z_$][\w$-]*$/.test(name)) return `${parent}[${JSON.stringify(name)}]`;
  return parent === "" ? name : `${parent}.${name}`;
}
