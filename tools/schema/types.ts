import ts from "typescript";
import type {
  ComplexTypeSchema,
  PropertySchema,
  TypeSchema,
} from "../../provider/schema/schema.ts";
import { documentationOf } from "./documentation.ts";

/** Turns TypeScript types into schema types and gathers the object and enum types they name. */
export interface TypeWriter {
  /** Object and enum types met so far, by token. */
  readonly types: Map<string, ComplexTypeSchema>;
  readonly checker: ts.TypeChecker;
}

/** The members of an object type with what the schema says of each. */
export interface Members {
  readonly properties: Readonly<Record<string, PropertySchema>>;
  readonly required: readonly string[];
  /** Names of members that are marked `@computed`. */
  readonly computed: readonly string[];
}

/** Any value; Pulumi's own name for it. */
const anyType: TypeSchema = { $ref: "pulumi.json#/Any" };

/** Writes the members of an interface, its own and the inherited ones, in the order of the source. */
export function writeMembers(writer: TypeWriter, type: ts.Type, owner: string): Members {
  const { checker } = writer;
  const properties: Record<string, PropertySchema> = {};
  const required: string[] = [];
  const computed: string[] = [];
  for (const member of checker.getPropertiesOfType(type)) {
    const documentation = documentationOf(member, checker);
    const written = writeType(
      writer,
      memberType(checker, member),
      `${owner}${capital(member.name)}`,
    );
    const value = defaultOf(written, documentation.defaultText);
    properties[member.name] = {
      ...written,
      ...(documentation.description === "" ? {} : { description: documentation.description }),
      ...(value === undefined ? {} : { default: value }),
      ...(documentation.secret ? { secret: true } : {}),
      ...(documentation.replaceOnChanges
        ? { replaceOnChanges: true, willReplaceOnChanges: true }
        : {}),
    };
    if ((member.flags & ts.SymbolFlags.Optional) === 0) required.push(member.name);
    if (documentation.computed) computed.push(member.name);
  }
  return { properties, required, computed };
}

/** Writes one type; `name` is given to an object or enum type that has none of its own. */
export function writeType(writer: TypeWriter, type: ts.Type, name: string): TypeSchema {
  const { checker } = writer;
  if (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return anyType;
  if (type.flags & ts.TypeFlags.StringLiteral) return { type: "string" };
  if (type.flags & (ts.TypeFlags.String | ts.TypeFlags.TemplateLiteral)) return { type: "string" };
  if (type.flags & ts.TypeFlags.NumberLike) return { type: "number" };
  if (type.flags & ts.TypeFlags.BooleanLike) return { type: "boolean" };
  if (type.isUnion()) return writeUnion(writer, type, name);
  const element =
    checker.isArrayType(type) && checker.getTypeArguments(type as ts.TypeReference)[0];
  if (element) return { type: "array", items: writeType(writer, element, name) };
  const values = checker.getIndexTypeOfType(type, ts.IndexKind.String);
  if (values) {
    return { type: "object", additionalProperties: writeType(writer, values, name) };
  }
  if (type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) {
    return writeObject(writer, type, name);
  }
  throw new Error(`${name}: a schema cannot say ${checker.typeToString(type)}.`);
}

function writeUnion(writer: TypeWriter, union: ts.UnionType, name: string): TypeSchema {
  const parts = union.types.filter(
    (part) => (part.flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Null)) === 0,
  );
  if (parts.every((part) => part.isStringLiteral())) {
    const token = `asr:index:${union.aliasSymbol?.name ?? name}`;
    const values = parts.map((part) => ({ value: (part as ts.StringLiteralType).value }));
    const description =
      union.aliasSymbol && documentationOf(union.aliasSymbol, writer.checker).description;
    writer.types.set(token, {
      type: "string",
      ...(description ? { description } : {}),
      enum: values,
    });
    return { $ref: `#/types/${token}` };
  }
  const written = parts.map((part) => writeType(writer, part, name));
  const distinct = [...new Map(written.map((each) => [JSON.stringify(each), each])).values()];
  return distinct.length === 1 && distinct[0] ? distinct[0] : { oneOf: distinct };
}

function writeObject(writer: TypeWriter, type: ts.Type, name: string): TypeSchema {
  const symbol = type.aliasSymbol ?? type.symbol;
  const isNamed = symbol !== undefined && !symbol.name.startsWith("__");
  const typeName = isNamed ? symbol.name : name;
  const token = `asr:index:${typeName}`;
  if (!writer.types.has(token)) {
    // Set before its members are written, so that a type which contains itself ends.
    writer.types.set(token, { type: "object" });
    const { properties, required } = writeMembers(writer, type, typeName);
    const description = isNamed ? documentationOf(symbol, writer.checker).description : "";
    writer.types.set(token, {
      type: "object",
      ...(description === "" ? {} : { description }),
      properties,
      ...(required.length === 0 ? {} : { required }),
    });
  }
  return { $ref: `#/types/${token}` };
}

/** The member's type as it is written, because a resolved optional type has lost its alias. */
function memberType(checker: ts.TypeChecker, member: ts.Symbol): ts.Type {
  const [declaration] = member.declarations ?? [];
  const resolved = checker.getTypeOfSymbol(member);
  if (declaration === undefined || !ts.isPropertySignature(declaration)) return resolved;
  if (declaration.type === undefined) return resolved;
  const written = checker.getTypeFromTypeNode(declaration.type);
  return mentionsTypeParameter(checker, declaration.type) ? resolved : written;
}

function mentionsTypeParameter(checker: ts.TypeChecker, node: ts.Node): boolean {
  if (ts.isTypeReferenceNode(node)) {
    const type = checker.getTypeFromTypeNode(node);
    if (type.flags & ts.TypeFlags.TypeParameter) return true;
  }
  return ts.forEachChild(node, (child) => mentionsTypeParameter(checker, child)) ?? false;
}

function defaultOf(
  written: TypeSchema,
  text: string | undefined,
): string | number | boolean | undefined {
  if (text === undefined) return undefined;
  if (written.type === "boolean")
    return text === "true" || text === "false" ? text === "true" : undefined;
  if (written.type === "number") return Number.isFinite(Number(text)) ? Number(text) : undefined;
  const isWord = !/\s/.test(text);
  const isEnum = written.$ref?.startsWith("#/types/") ?? false;
  return isWord && (written.type === "string" || isEnum) ? text : undefined;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
