import { type OpenApiDocument, resolved, type Schema } from "./document";
import type { ApiOperation } from "./operations";

/** In which languages each operation is shown, by the name of each in an address. */
export const languages = { curl: "curl", typescript: "TypeScript", python: "Python", go: "Go" } as const;

export type Language = keyof typeof languages;

export const isLanguage = (text: unknown): text is Language =>
  typeof text === "string" && Object.hasOwn(languages, text);

interface Sample {
  operation: ApiOperation;
  /** With words in capitals where an ID belongs. */
  address: string;
  /** Undefined where nothing is sent. */
  body: unknown;
  /** What must be asked. */
  query: Readonly<Record<string, unknown>>;
  portal: string;
}

/** A program that makes the call, with the key from the environment; never as a parameter, where other processes read it. */
export function sampleOf(
  document: OpenApiDocument,
  operation: ApiOperation,
  language: Language,
  portal: string,
): string {
  const { path, ids, query, example } = operation;
  const required = Object.fromEntries(
    query
      .filter((parameter) => parameter.required)
      .map(({ name, schema }) => [name, exampleOf(document, name, schema)]),
  );
  const asked = Object.entries(required).map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
  const filled = ids.reduce((address, { name }) => address.replace(`{${name}}`, idWord(operation, name)), path);
  const address = `${portal}${filled}${asked.length > 0 ? `?${asked.join("&")}` : ""}`;
  return writers[language]({
    operation,
    address,
    portal,
    query: required,
    body: example,
  });
}

/** `{id}` of connections is `CONNECTION_ID`. */
export function idWord({ path }: ApiOperation, name: string): string {
  const before = path.split("/").at(path.split("/").indexOf(`{${name}}`) - 1) ?? name;
  const what = name === "id" ? before.replace(/s$/, "") : name;
  return `${what.replaceAll("-", "_").toUpperCase()}${name === "customer" ? "" : "_ID"}`;
}

/** A value of a parameter: what the document gives as an example where it gives one, else a word in capitals. */
function exampleOf(document: OpenApiDocument, name: string, given: Schema): unknown {
  const schema = resolved(document, given);
  const [type] = [schema.type ?? []].flat();
  if (schema.examples) return schema.examples[0];
  if (schema.const !== undefined) return schema.const;
  if (schema.default !== undefined) return schema.default;
  if (schema.enum) return schema.enum[0];
  const [choice] = schema.anyOf ?? schema.oneOf ?? [];
  if (choice) return exampleOf(document, name, choice);
  if (type === "integer" || type === "number") return 1;
  return type === "boolean" ? true : name.toUpperCase();
}

const writers: Record<Language, (sample: Sample) => string> = { curl, typescript, python, go };

function curl({ operation: { method, repeatable }, address, body }: Sample): string {
  const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
  const parts = [
    `curl -H @- ${method === "GET" ? "" : `-X ${method} `}${quoted(address)}`,
    ...(repeatable ? ['-H "Idempotency-Key: $(uuidgen)"'] : []),
    ...(body === undefined ? [] : ["-H 'Content-Type: application/json'", `-d ${quoted(JSON.stringify(body))}`]),
  ];
  return `printf 'Authorization: Bearer %s' "$CROSSACCOUNT_KEY" |\n  ${parts.join(" \\\n    ")}`;
}

function typescript({ operation, body, query, portal }: Sample): string {
  const { room, name, ids, answer, next } = operation;
  const ofField = (_: string, key: string) => (/^[A-Za-z_]\w*$/.test(key) ? `${key}:` : `"${key}":`);
  const sent = [...(body === undefined ? [] : [body]), ...(Object.keys(query).length > 0 ? [query] : [])];
  const written = sent.map((value) => JSON.stringify(value, null, 2).replaceAll(/"([^"\\]+)":/g, ofField));
  const given = [...ids.map((id) => JSON.stringify(idWord(operation, id.name))), ...written].join(", ");
  const call = `portal.${room}.${name}(${given})`;
  const use = next
    ? `for await (const one of ${call}) console.log(one);`
    : answer
      ? `console.log(await ${call});`
      : `await ${call};`;
  return `import { createPortalClient } from "crossaccount/portal";

const portal = createPortalClient({
  url: ${JSON.stringify(portal)},
  apiKey: process.env.CROSSACCOUNT_KEY ?? "",
});
${use}`;
}

function python({ operation: { method, repeatable, answer }, address, body }: Sample): string {
  const headers = [
    '"Authorization": "Bearer " + os.environ["CROSSACCOUNT_KEY"],',
    ...(repeatable ? ['"Idempotency-Key": str(uuid.uuid4()),'] : []),
    ...(body === undefined ? [] : ['"Content-Type": "application/json",']),
  ];
  return `import json
import os
import urllib.request
${repeatable ? "import uuid\n" : ""}
request = urllib.request.Request(
    ${JSON.stringify(address)},
    method="${method}",
    headers={
        ${headers.join("\n        ")}
    },${body === undefined ? "" : `\n    data=json.dumps(${literal(body)}).encode(),`}
)
with urllib.request.urlopen(request, timeout=10) as response:
    ${answer ? "print(json.load(response))" : "print(response.status)"}`.replace(
    answer || body !== undefined ? "" : "import json\n",
    "",
  );
}

/** As Python writes it. */
function literal(value: unknown): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value !== "object") return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([name, one]) => `${JSON.stringify(name)}: ${literal(one)}`)
    .join(", ")}}`;
}

function go({ operation: { method, repeatable }, address, body }: Sample): string {
  const sent = body === undefined ? "nil" : `strings.NewReader(${JSON.stringify(JSON.stringify(body))})`;
  const imports = [
    ...(repeatable ? ["crypto/rand"] : []),
    "fmt",
    "io",
    "net/http",
    "os",
    ...(body === undefined ? [] : ["strings"]),
  ];
  const headers = [
    '"Authorization", "Bearer "+os.Getenv("CROSSACCOUNT_KEY")',
    ...(repeatable ? ['"Idempotency-Key", rand.Text()'] : []),
    ...(body === undefined ? [] : ['"Content-Type", "application/json"']),
  ];
  return `package main

import (
${imports.map((name) => `\t"${name}"`).join("\n")}
)

func main() {
	request, err := http.NewRequest("${method}", ${JSON.stringify(address)}, ${sent})
	if err != nil {
		panic(err)
	}
${headers.map((header) => `\trequest.Header.Set(${header})`).join("\n")}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		panic(err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		panic(err)
	}
	fmt.Println(response.Status, string(answer))
}`;
}
