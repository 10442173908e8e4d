import type { Role } from "../iam/entities";
import { accountOf, propagatedRole } from "../iam/state";
import { resourceTagKeys } from "../iam/tags";
import { AccessDenied } from "../policy/access-denied";
import type { PolicyKind } from "../policy/evaluate";
import { AwsError, type Principal, type RequestContext } from "../service";

const CHAINED_SECONDS = 3600;

interface Assuming {
  action: "sts:AssumeRole" | "sts:AssumeRoleWithWebIdentity";
  conditionKeys: Record<string, string | string[]>;
  /** Who asks, where that is not who signed. */
  as?: Principal;
}

/**
 * The role, if its trust policy and the caller's own policies let the caller in. That it does not exist, or is
 * spelled in another case, is answered like any other refusal.
 */
export function targetRole(roleArn: string, context: RequestContext, { action, conditionKeys, as }: Assuming): Role {
  const [, partition, accountId, name] = /^arn:(aws[a-z-]*):iam::(\d{12}):role\/(?:.+\/)?([^/]+)$/.exec(roleArn) ?? [];
  if (!accountId || !name || partition !== context.partition) {
    throw new AwsError("ValidationError", `${roleArn} is invalid`);
  }
  const who = (as ?? context.principal).arn;
  const message = `User: ${who} is not authorized to perform: ${action} on resource: ${roleArn}`;
  const denied = new AwsError("AccessDenied", message, 403);
  const role = propagatedRole(accountOf(context.store, partition, accountId), name, context);
  if (role?.arn !== roleArn) throw denied;
  try {
    context.authorize({
      action,
      resource: roleArn,
      resourceAccountId: accountId,
      resourcePolicy: role.trustPolicy,
      resourcePolicyRequired: true,
      principalIds: role.principalIds,
      conditionKeys: { ...conditionKeys, ...resourceTagKeys(role.tags) },
      ...(as ? { as } : {}),
    });
  } catch (error) {
    if (error instanceof AccessDenied && !toldByOrganization.includes(error.by)) throw denied;
    throw error;
  }
  return role;
}

/** The only refusals in which STS says whose policy it was. */
const toldByOrganization: PolicyKind[] = ["service-control", "resource-control"];

export function requireDuration(seconds: number, role: Role, { principal }: RequestContext): void {
  if (principal.kind === "assumed-role" && seconds > CHAINED_SECONDS) {
    throw new AwsError(
      "ValidationError",
      "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining",
    );
  }
  if (seconds > role.maxSessionDuration) {
    throw new AwsError(
      "ValidationError",
      "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
    );
  }
}
