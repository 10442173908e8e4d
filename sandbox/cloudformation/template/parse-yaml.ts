import { isAlias, isMap, isScalar, isSeq, type Node, parseDocument, type Scalar, type YAMLMap } from "yaml";
import { formatError, templateError } from "../validation-error";
import { longForm } from "./intrinsic-names";
import type { Json } from "./json";

// CloudFormation reads YAML 1.1 without timestamps, merges and the collection types:
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html
const unreadTags = ["timestamp", "binary", "merge", "omap", "pairs", "set"];

export function parseYaml(text: string): Json {
  const document = parseDocument(text, {
    version: "1.1",
    customTags: (tags) =>
      tags.filter((tag) => !unreadTags.includes(typeof tag === "string" ? tag : (tag.tag.split(":").at(-1) ?? ""))),
  });
  const error = document.errors[0];
  if (error) {
    const position = error.linePos?.[0];
    throw formatError(`YAML not well-formed. (line ${position?.line ?? 1}, column ${position?.col ?? 1})`);
  }
  return document.contents ? read(document.contents, "") : null;
}

function read(node: unknown, path: string): Json {
  if (isAlias(node)) throw templateError("YAML aliases are not allowed in CloudFormation templates");
  if (!isMap(node) && !isSeq(node) && !isScalar(node)) return null;
  const tag = node.tag;
  if (!tag?.startsWith("!") || tag === "!") return readPlain(node, path);
  const name = longForm(tag);
  if (!name) throw templateError(`Unrecognized function ${tag}${path && ` at ${path}`}`);
  return { [name]: attribute(name, isScalar(node) ? text(node) : readPlain(node, path)) };
}

function attribute(name: string, argument: Json): Json {
  if (name !== "Fn::GetAtt" || typeof argument !== "string") return argument;
  const [resource = "", ...rest] = argument.split(".");
  return [resource, rest.join(".")];
}

function readPlain(node: Node, path: string): Json {
  if (isMap(node)) return readMap(node, path);
  if (isSeq(node)) return node.items.map((item, index) => read(item, `${path}/${index}`));
  return isScalar(node) ? scalar(node) : null;
}

function readMap(node: YAMLMap, path: string): Json {
  return Object.fromEntries(
    node.items.map(({ key, value }) => {
      const name = isScalar(key) ? text(key) : "";
      if (name === "<<") throw templateError("YAML merge keys are not allowed in CloudFormation templates");
      return [name, read(value, `${path}/${name}`)];
    }),
  );
}

/** A number keeps the way it was written unless both are the same, so that account IDs keep their leading zeros. */
function scalar(node: Scalar): Json {
  const { value } = node;
  if (typeof value === "number" && String(value) !== node.source) return text(node);
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  return value === null ? null : text(node);
}

function text(node: Scalar): string {
  return typeof node.value === "string" ? node.value : (node.source ?? String(node.value ?? ""));
}
