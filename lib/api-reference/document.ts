/** The part of JSON Schema that the API's document uses. */
export interface Schema {
  $ref?: string;
  type?: string | readonly string[];
  enum?: readonly unknown[];
  const?: unknown;
  anyOf?: readonly Schema[];
  oneOf?: readonly Schema[];
  items?: Schema;
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  additionalProperties?: boolean | Schema;
  description?: string;
  default?: unknown;
  examples?: readonly unknown[];
  format?: string;
}

export interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema: Schema;
}

type Content = Readonly<Record<string, { schema: Schema; example?: unknown }>>;

export interface OpenApiOperation {
  summary: string;
  description?: string;
  security?: readonly { key?: readonly string[] }[];
  parameters?: readonly Parameter[];
  requestBody?: { content: Content };
  responses: Readonly<Record<string, { $ref?: string; description?: string; content?: Content }>>;
}

/** `docs/openapi.json`, as far as it is read here. */
export interface OpenApiDocument {
  paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>;
  components: { schemas: Readonly<Record<string, Schema>> };
}

/** The name of a shape that a schema refers to. */
export function referredTo({ $ref }: Schema): string | null {
  return $ref ? ($ref.split("/").at(-1) ?? null) : null;
}

/** What a schema refers to, or the schema itself. */
export function resolved(document: OpenApiDocument, schema: Schema): Schema {
  const name = referredTo(schema);
  const found = name === null ? schema : document.components.schemas[name];
  if (!found) throw new Error(`The document has no schema ${name}.`);
  return found;
}
