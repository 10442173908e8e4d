import { AwsError, type RequestContext } from "../service";
import type { Role } from "./entities";
import { findPolicy, findRole, getRole, ownAccount } from "./state";
import { resourceTagKeys } from "./tags";

/** Checks that the caller may do this to the role, and returns it; permission comes before existence, as in AWS. */
export function authorizedRole(
  action: string,
  name: string,
  context: RequestContext,
  keys: Record<string, string | string[]> = {},
): Role {
  const found = findRole(ownAccount(context), name);
  context.authorize({
    action,
    resource: found?.arn ?? roleArn(context, "/", name),
    conditionKeys: {
      ...(found ? resourceTagKeys(found.tags) : {}),
      ...(found?.permissionsBoundary ? { "iam:PermissionsBoundary": found.permissionsBoundary } : {}),
      ...keys,
    },
  });
  return getRole(context, name);
}

export function roleArn({ partition, accountId }: RequestContext, path: string, name: string): string {
  return `arn:${partition}:iam::${accountId}:role${path}${name}`;
}

export function requireBoundaryPolicy(arn: string | undefined, { store }: RequestContext): void {
  if (arn !== undefined && !findPolicy(store, arn)) {
    throw new AwsError("NoSuchEntity", `Scope ARN: ${arn} does not exist or is not attachable.`, 404);
  }
}
