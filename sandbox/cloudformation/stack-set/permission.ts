import { organizationOf } from "../../organization/organizations";
import { AwsError, type RequestContext } from "../../service";
import { booleanOf, type Input, refuseUnsupported, stringOf } from "../operation/input";
import { isObject } from "../template/json";
import { validationError } from "../validation-error";
import { type Permission, requireCallAs } from "./state";

/** Service principal by which an organization lets stack sets act in its accounts. */
export const trustedService = "member.org.stacksets.cloudformation.amazonaws.com";
const administrationRole = "AWSCloudFormationStackSetAdministrationRole";
const executionRole = "AWSCloudFormationStackSetExecutionRole";

export function readPermission(input: Input, context: RequestContext): Permission {
  requireCallAs(input);
  const model = stringOf(input, "PermissionModel") ?? "SELF_MANAGED";
  if (model === "SERVICE_MANAGED") return serviceManaged(input, context);
  if (model !== "SELF_MANAGED") throw validationError(`PermissionModel ${model} is not valid`);
  if (input.AutoDeployment !== undefined) {
    throw validationError("AutoDeployment can only be specified for stack sets with service-managed permissions");
  }
  const { partition, accountId } = context;
  const administrationRoleArn =
    stringOf(input, "AdministrationRoleARN") ?? `arn:${partition}:iam::${accountId}:role/${administrationRole}`;
  // The caller hands this role to CloudFormation.
  context.authorize({
    action: "iam:PassRole",
    resource: administrationRoleArn,
    conditionKeys: { "iam:PassedToService": "cloudformation.amazonaws.com" },
  });
  return { model, administrationRoleArn, executionRoleName: stringOf(input, "ExecutionRoleName") ?? executionRole };
}

function serviceManaged(input: Input, context: RequestContext): Permission {
  if (input.AdministrationRoleARN !== undefined || input.ExecutionRoleName !== undefined) {
    throw validationError("Roles can only be specified for stack sets with self-managed permissions");
  }
  requireOrganization(context);
  const automatic = input.AutoDeployment ?? {};
  if (!isObject(automatic)) throw validationError("AutoDeployment must be a structure");
  refuseUnsupported(automatic, ["Enabled", "RetainStacksOnAccountRemoval"]);
  return {
    model: "SERVICE_MANAGED",
    automatic: booleanOf(automatic, "Enabled") ?? false,
    retainOnRemoval: booleanOf(automatic, "RetainStacksOnAccountRemoval") ?? false,
  };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-activate-trusted-access.html */
export function requireOrganization({ store, accountId, partition }: RequestContext) {
  const organization = organizationOf(store, accountId, partition);
  const isTrusted = organization?.trustedServices.some(({ principal }) => principal === trustedService);
  if (!organization || !isTrusted) {
    throw validationError("You must enable organizations access to operate a service managed stack set");
  }
  if (organization.managementAccountId !== accountId) {
    throw new AwsError("ValidationError", "Account used is not a delegated administrator");
  }
  return organization;
}
