import { type OpenApiDocument, type Parameter, resolved, type Schema } from "./document";

/** One field of a body or an answer, or one parameter. */
export interface Field {
  /** With where it is: `connection.id`, `data[].id`. */
  name: string;
  type: string;
  isRequired: boolean;
  description: string;
}

const DEEPEST = 5;

/** The fields of a shape, and of the shapes in it. */
export function fieldsOf(document: OpenApiDocument, given: Schema, prefix = "", depth = 0): Field[] {
  const { properties = {}, required = [] } = resolved(document, given);
  return Object.entries(properties).flatMap(([name, schema]) => {
    const field = { name: prefix + name, isRequired: required.includes(name), ...wordsOf(document, schema) };
    const { inner, path } = innerOf(document, schema, prefix + name);
    return [field, ...(inner && depth < DEEPEST ? fieldsOf(document, inner, `${path}.`, depth + 1) : [])];
  });
}

export function parameterField(
  document: OpenApiDocument,
  { name, required = false, description, schema }: Parameter,
): Field {
  return { name, isRequired: required, ...wordsOf(document, { ...schema, ...(description && { description }) }) };
}

function wordsOf(document: OpenApiDocument, given: Schema): Pick<Field, "type" | "description"> {
  const schema = resolved(document, given);
  return { type: typeWords(document, schema), description: given.description ?? schema.description ?? "" };
}

/** The shape within a field: of the object, or of what its list holds. */
function innerOf(document: OpenApiDocument, given: Schema, path: string): { inner: Schema | null; path: string } {
  const schema = resolved(document, given);
  const choice = (schema.anyOf ?? schema.oneOf ?? [])
    .map((one) => resolved(document, one))
    .find(({ properties, items }) => properties || items);
  const { properties, items } = choice ?? schema;
  if (items) return innerOf(document, items, `${path}[]`);
  return { inner: properties ? (choice ?? schema) : null, path };
}

function typeWords(document: OpenApiDocument, given: Schema): string {
  const schema = resolved(document, given);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map(String).join(" | ");
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return [...new Set(choices.map((choice) => typeWords(document, choice)))].join(" | ");
  if (schema.type === "array") return `list of ${schema.items ? typeWords(document, schema.items) : "anything"}`;
  const types = [schema.type ?? "anything"].flat().join(" | ");
  return schema.format ? `${types}, ${schema.format}` : types;
}
