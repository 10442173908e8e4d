import { findSession } from "../../authorization/sessions";
import { accountOf, findRole } from "../../iam/state";
import { parsePolicy } from "../../policy/document";
import { AwsError, type Principal, type RequestContext } from "../../service";
import { administrator } from "../../service/principals";
import type { StackSet } from "./state";
import type { Place } from "./targets";

/** The context in which a stack set works on one account and Region; throws when that account does not let it in. */
export async function executionContext(set: StackSet, place: Place, context: RequestContext): Promise<RequestContext> {
  const { account, region } = place;
  const { permission, partition } = set;
  if (permission.model === "SERVICE_MANAGED") return context.actAs(administrator(account, partition), region);
  const executionRole = `arn:${partition}:iam::${account}:role/${permission.executionRoleName}`;
  const admin = context.actAs(administrationPrincipal(set, permission.administrationRoleArn, context), region);
  try {
    const { Credentials } = await admin.call<{ Credentials: { AccessKeyId: string } }>("sts", "AssumeRole", {
      RoleArn: executionRole,
      RoleSessionName: set.id.replace(":", "-").slice(-64),
    });
    const session = findSession(context.store, Credentials.AccessKeyId);
    if (session) return context.actAs(session.principal, region);
  } catch (error) {
    // Told below, as StackSets tells it whatever the reason.
    if (!(error instanceof AwsError)) throw error;
  }
  const name = nameOf(permission.administrationRoleArn);
  throw new Error(
    `Account ${account} should have '${permission.executionRoleName}' role with trust relationship to Role '${name}'.`,
  );
}

/** A session of the administration role, if that role trusts CloudFormation. */
function administrationPrincipal(set: StackSet, roleArn: string, { store, now }: RequestContext): Principal {
  const { accountId, partition } = set;
  const role = findRole(accountOf(store, partition, accountId), nameOf(roleArn));
  if (role?.arn !== roleArn || !trustsCloudFormation(role.trustPolicy)) {
    throw new Error(
      `Account ${accountId} should have '${nameOf(roleArn)}' role with trust relationship to CloudFormation service.`,
    );
  }
  const name = "AWSCloudFormation";
  return {
    kind: "assumed-role",
    accountId,
    partition,
    arn: `arn:${partition}:sts::${accountId}:assumed-role/${role.name}/${name}`,
    principalArn: role.arn,
    userId: `${role.id}:${name}`,
    roleName: role.name,
    roleId: role.id,
    name,
    issuedAt: now().getTime(),
  };
}

function trustsCloudFormation(trustPolicy: string): boolean {
  return parsePolicy(trustPolicy).statements.some(
    ({ effect, principals, conditions, actions }) =>
      effect === "Allow" &&
      principals?.negated === false &&
      principals.principals.Service?.includes("cloudformation.amazonaws.com") &&
      actions?.negated === false &&
      actions.patterns.some((action) => /^sts:(AssumeRole|\*)$/i.test(action)) &&
      conditions.length === 0,
  );
}

function nameOf(roleArn: string): string {
  return roleArn.slice(roleArn.lastIndexOf("/") + 1);
}
