import type { Template } from "../template/template";
import { formatError, validationError } from "../validation-error";
import { managedPolicy } from "./managed-policy";
import { policy } from "./policy";
import type { ResourceType } from "./resource-type";
import { role } from "./role";
import { rolePolicy } from "./role-policy";
import { waitConditionHandle } from "./wait-condition-handle";

const types = new Map<string, ResourceType>(
  [role, managedPolicy, policy, rolePolicy, waitConditionHandle].map((type) => [type.type, type]),
);

// Namespaces that AWS has, so that a type of theirs is told apart from a misspelt one.
const knownNamespaces =
  /^(AWS::(ApiGateway|AutoScaling|Budgets|CloudFormation|CloudFront|CloudTrail|CloudWatch|CodeBuild|Config|Cognito|DynamoDB|EC2|ECR|ECS|EFS|EKS|ElasticLoadBalancingV2|Events|GuardDuty|IAM|KMS|Kinesis|Lambda|Logs|Organizations|RDS|Redshift|ResourceGroups|Route53|S3|SES|SNS|SQS|SSM|SSO|SecretsManager|SecurityHub|ServiceCatalog|StepFunctions)|Custom)::[A-Za-z0-9_@-]+$/;

export function resourceType(name: string): ResourceType {
  const type = types.get(name);
  if (!type) throw formatError(`Unrecognized resource types: [${name}]`);
  return type;
}

/** Attributes that Fn::GetAtt reads; undefined for a type the sandbox does not have. */
export function attributesOf(name: string): readonly string[] | undefined {
  return types.get(name)?.attributes;
}

export function checkResourceTypes(template: Template): void {
  const missing = [...new Set([...template.resources.values()].map(({ type }) => type))].filter(
    (type) => !types.has(type),
  );
  const unknown = missing.filter((type) => !knownNamespaces.test(type));
  if (unknown.length > 0) throw formatError(`Unrecognized resource types: [${unknown.join(", ")}]`);
  if (missing.length > 0) throw validationError(`Resource types not supported by the sandbox: [${missing.join(", ")}]`);
}
