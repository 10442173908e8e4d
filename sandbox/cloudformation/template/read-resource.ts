import { formatError, validationError } from "../validation-error";
import { isObject, type JsonObject, own } from "./json";
import { readObject, readText, readTexts, refuseOtherKeys } from "./read-section";
import type { DeletionPolicy, ResourceDeclaration } from "./template";

const known = [
  "Type",
  "Properties",
  "Condition",
  "DependsOn",
  "DeletionPolicy",
  "UpdateReplacePolicy",
  "Metadata",
  "CreationPolicy",
  "UpdatePolicy",
];

export function readResource(name: string, member: JsonObject): ResourceDeclaration {
  refuseOtherKeys(member, known, (keys) => `Invalid template resource property '${keys}'`);
  for (const key of ["CreationPolicy", "UpdatePolicy"]) {
    if (key in member) throw validationError(`${key} of resource ${name} is not supported by the sandbox`);
  }
  const type = readText(member, "Type", name);
  if (!type) throw formatError(`[/Resources/${name}] Every Resources object must contain a Type member.`);
  const properties = own(member, "Properties");
  if (properties !== undefined && !isObject(properties)) {
    throw formatError(`[/Resources/${name}/Properties] must be an object.`);
  }
  const dependsOn = own(member, "DependsOn");
  return {
    type,
    properties: readObject(member, "Properties"),
    condition: readText(member, "Condition", name),
    dependsOn: dependsOn === undefined ? [] : readTexts(dependsOn, `/Resources/${name}/DependsOn`),
    deletionPolicy: readDeletionPolicy(name, member),
    updateReplacePolicy: readUpdateReplacePolicy(name, member),
  };
}

function readDeletionPolicy(name: string, member: JsonObject): DeletionPolicy {
  const policy = readText(member, "DeletionPolicy", name) ?? "Delete";
  if (policy === "Delete" || policy === "Retain" || policy === "RetainExceptOnCreate") return policy;
  throw formatError(`Unrecognized DeletionPolicy ${policy} for resource ${name}`);
}

function readUpdateReplacePolicy(name: string, member: JsonObject): "Delete" | "Retain" {
  const policy = readText(member, "UpdateReplacePolicy", name) ?? "Delete";
  if (policy === "Delete" || policy === "Retain") return policy;
  throw formatError(`Unrecognized UpdateReplacePolicy ${policy} for resource ${name}`);
}
