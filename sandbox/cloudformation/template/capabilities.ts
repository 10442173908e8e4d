import type { Template } from "./template";

const nameProperties = ["RoleName", "ManagedPolicyName", "UserName", "GroupName", "InstanceProfileName"];
const types =
  /^AWS::IAM::(AccessKey|Group|GroupPolicy|InstanceProfile|ManagedPolicy|Policy|Role|RolePolicy|User|UserPolicy|UserToGroupAddition)$/;
/** Types of which only a name that the template chooses for a new principal or policy counts as custom. */
const named = /^AWS::IAM::(Group|InstanceProfile|ManagedPolicy|Role|User)$/;

export interface RequiredCapabilities {
  capabilities: string[];
  reason?: string;
}

/** What the creator must acknowledge: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/control-access-with-iam.html */
export function requiredCapabilities(template: Template): RequiredCapabilities {
  const resources = [...template.resources.values()].filter(({ type }) => types.test(type));
  if (resources.length === 0) return { capabilities: [] };
  const isNamed = resources.some(
    ({ type, properties }) => named.test(type) && nameProperties.some((name) => name in properties),
  );
  const found = [...new Set(resources.map(({ type }) => type))].join(", ");
  return {
    capabilities: [isNamed ? "CAPABILITY_NAMED_IAM" : "CAPABILITY_IAM"],
    reason: `The following resource(s) require capabilities: [${found}]`,
  };
}
