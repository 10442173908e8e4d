import { AwsError, type RequestContext } from "../service";
import type { ManagedPolicy, PolicyVersion } from "./entities";
import { findPolicy, getPolicy, isOpaque, unknownText } from "./state";
import { resourceTagKeys } from "./tags";

/** Checks that the caller may read the policy, and returns it; AWS-managed ones anyone may be allowed to read. */
export function authorizedPolicy(action: string, arn: string, context: RequestContext): ManagedPolicy {
  const { partition, accountId } = context;
  if (!new RegExp(`^arn:${partition}:iam::(${accountId}|aws):policy/.+$`).test(arn)) {
    context.authorize({ action, resource: arn });
    throw new AwsError("InvalidInput", `ARN ${arn} is not valid.`);
  }
  const tags = findPolicy(context.store, arn)?.tags ?? [];
  context.authorize({ action, resource: arn, conditionKeys: resourceTagKeys(tags) });
  return getPolicy(context, arn);
}

/** The same for a change, which AWS-managed policies refuse. */
export function changeablePolicy(action: string, arn: string, context: RequestContext): ManagedPolicy {
  const policy = authorizedPolicy(action, arn, context);
  if (arn.startsWith(`arn:${context.partition}:iam::aws:`)) {
    throw new AwsError("AccessDenied", `Cannot perform operation on AWS-managed policy ${arn}.`, 403);
  }
  return policy;
}

export function versionOf(policy: ManagedPolicy, versionId: string): PolicyVersion {
  if (isOpaque(policy)) throw unknownText(policy.arn);
  const version = policy.versions.find(({ id }) => id === versionId);
  if (!version) {
    throw new AwsError(
      "NoSuchEntity",
      `Policy ${policy.arn} version ${versionId} does not exist or is not attachable.`,
      404,
    );
  }
  return version;
}
