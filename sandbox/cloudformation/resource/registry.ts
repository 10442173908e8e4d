import type { ResourceDeclaration, Template } from "../template/template";
import { formatError, validationError } from "../validation-error";
import { bucket } from "./bucket";
import { bucketPolicy } from "./bucket-policy";
import { customResource } from "./custom/custom-resource";
import { instanceProfile } from "./instance-profile";
import { managedPolicy } from "./managed-policy";
import { nestedStack } from "./nested-stack";
import { policy } from "./policy";
import type { ResourceType } from "./resource-type";
import { role } from "./role";
import { rolePolicy } from "./role-policy";
import { topic } from "./topic";
import { topicPolicy } from "./topic-policy";
import { typeNames } from "./type-names";
import { waitConditionHandle } from "./wait-condition-handle";

export const resourceTypes: ReadonlyMap<string, ResourceType> = new Map<string, ResourceType>(
  [
    role,
    instanceProfile,
    bucket,
    bucketPolicy,
    nestedStack,
    managedPolicy,
    policy,
    rolePolicy,
    topic,
    topicPolicy,
    waitConditionHandle,
  ].map((type) => [type.type, type]),
);

// What CloudFormation itself has; a customer's own types (Custom::…) are of any name.
const realTypes = new Set(
  Object.entries(typeNames).flatMap(([namespace, names]) =>
    names
      .trim()
      .split(/\s+/)
      .map((name) => `${namespace}::${name}`),
  ),
);
const customType = /^(Custom::[A-Za-z0-9_@-]{1,60}|AWS::CloudFormation::CustomResource)$/;

export function resourceType(name: string): ResourceType {
  const type = resourceTypes.get(name) ?? (customType.test(name) ? customResource(name) : undefined);
  if (!type) throw formatError(`Unrecognized resource types: [${name}]`);
  return type;
}

/** Attributes that Fn::GetAtt reads; undefined where they are not known, as of a custom resource. */
export function attributesOf(name: string): readonly string[] | undefined {
  return resourceTypes.get(name)?.attributes;
}

/** Refuses types that AWS does not have, whether or not a condition leaves their resources out. */
export function refuseUnknownTypes(template: Template): void {
  const unknown = typesOf(template.resources.values()).filter(
    (type) => !resourceTypes.has(type) && !realTypes.has(type) && !customType.test(type),
  );
  if (unknown.length > 0) throw formatError(`Unrecognized resource types: [${unknown.join(", ")}]`);
}

/** Refuses types that the sandbox cannot make, of the resources that are to be made. */
export function refuseUnsupportedTypes(resources: Iterable<ResourceDeclaration>): void {
  const unsupported = typesOf(resources).filter((type) => !resourceTypes.has(type) && !customType.test(type));
  if (unsupported.length > 0) {
    throw validationError(`Resource types not supported by the sandbox: [${unsupported.join(", ")}]`);
  }
}

function typesOf(resources: Iterable<ResourceDeclaration>): string[] {
  return [...new Set([...resources].map(({ type }) => type))];
}
