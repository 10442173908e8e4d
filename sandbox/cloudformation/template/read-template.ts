import { formatError, validationError } from "../validation-error";
import { isObject, type Json, type JsonObject, own } from "./json";
import { parseTemplate } from "./parse";
import { readParameter } from "./read-parameter";
import { readResource } from "./read-resource";
import { readMembers, readObject, readText, refuseOtherKeys } from "./read-section";
import { readRule } from "./rules";
import type { OutputDeclaration, Template } from "./template";

const sections = [
  "AWSTemplateFormatVersion",
  "Description",
  "Metadata",
  "Parameters",
  "Rules",
  "Mappings",
  "Conditions",
  "Resources",
  "Outputs",
];
const unsupportedSections = ["Transform", "Hooks"];

/** Reads a template's text and checks each section's structure; references are checked by `checkTemplate`. */
export function readTemplate(text: string): Template {
  const document = parseTemplate(text);
  for (const section of unsupportedSections) {
    if (section in document) throw validationError(`Template section ${section} is not supported by the sandbox`);
  }
  refuseOtherKeys(document, sections, (keys) => `Invalid template property or properties [${keys}]`);
  checkVersion(document);
  const resources = readMembers(document, "Resources", "Resource", 500);
  if (resources.length === 0) throw formatError("At least one Resources member must be defined.");
  return {
    description: readDescription(document),
    metadata: own(document, "Metadata"),
    parameters: new Map(
      readMembers(document, "Parameters", "Parameter", 200).map(([name, member]) => [
        name,
        readParameter(name, member),
      ]),
    ),
    mappings: readMappings(document),
    rules: new Map(readMembers(document, "Rules", "Rule", 200).map(([name, member]) => [name, readRule(name, member)])),
    conditions: new Map(readMembers(document, "Conditions", "Condition", 1000)),
    resources: new Map(resources.map(([name, member]) => [name, readResource(name, member)])),
    outputs: new Map(
      readMembers(document, "Outputs", "Output", 200).map(([name, member]) => [name, readOutput(name, member)]),
    ),
  };
}

function checkVersion(document: JsonObject): void {
  const version = own(document, "AWSTemplateFormatVersion");
  if (version !== undefined && version !== "2010-09-09") {
    throw formatError("Unsupported value for AWSTemplateFormatVersion. It must be 2010-09-09.");
  }
}

function readDescription(document: JsonObject): string | undefined {
  const description = readText(document, "Description", "Description");
  if (description !== undefined && Buffer.byteLength(description) > 1024) {
    throw formatError("'Description' length is greater than 1024.");
  }
  return description;
}

function readMappings(document: JsonObject): JsonObject {
  const mappings = readMembers(document, "Mappings", "Mapping", 200);
  for (const [name, mapping] of mappings) {
    for (const [key, values] of Object.entries(mapping)) {
      if (!isObject(values)) throw formatError(`Every Mappings attribute must be a Map. (${name}/${key})`);
      if (Object.values(values).some(isNoMappingValue)) {
        throw formatError(`Every Mappings attribute must be a String or a List. (${name}/${key})`);
      }
    }
  }
  return Object.fromEntries(mappings);
}

function isNoMappingValue(value: Json): boolean {
  return Array.isArray(value) ? value.some((item) => typeof item === "object") : typeof value === "object";
}

function readOutput(name: string, member: JsonObject): OutputDeclaration {
  refuseOtherKeys(
    member,
    ["Value", "Description", "Condition", "Export"],
    (keys) => `Template format error: Output ${name} is malformed: Invalid template output property '${keys}'`,
  );
  const value = own(member, "Value");
  if (value === undefined)
    throw formatError(`Output ${name} is malformed. Every Outputs member must contain a Value object`);
  return {
    value,
    description: readText(member, "Description", name),
    condition: readText(member, "Condition", name),
    exportName: own(readObject(member, "Export"), "Name"),
  };
}
