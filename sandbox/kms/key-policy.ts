import { principalIdsOf } from "../iam/trust-policy";
import { validatePolicy } from "../policy/validate";
import { AwsError, type RequestContext } from "../service";
import { authorizeKey } from "./authorize";
import type { Key } from "./state";

export function defaultKeyPolicy(partition: string, accountId: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Id: "key-default-1",
    Statement: [
      {
        Sid: "Enable IAM User Permissions",
        Effect: "Allow",
        Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
        Action: "kms:*",
        Resource: "*",
      },
    ],
  });
}

export interface PolicyChange {
  policy: string;
  bypassLockoutCheck: boolean;
}

/** Gives a key its policy, unless that is no key policy or would lock its author out (a check that can be waived). */
export function setKeyPolicy(key: Key, { policy, bypassLockoutCheck }: PolicyChange, context: RequestContext): void {
  const changed = { ...key, policy, principalIds: resolve(policy, context) };
  if (!bypassLockoutCheck) requireNoLockout(changed, context);
  key.policy = changed.policy;
  key.principalIds = changed.principalIds;
}

function resolve(policy: string, context: RequestContext): Record<string, string> {
  try {
    return principalIdsOf(validatePolicy(policy, "resource"), context);
  } catch (error) {
    if (error instanceof AwsError && error.code === "MalformedPolicyDocument") throw malformed(error.message);
    throw error;
  }
}

function requireNoLockout(key: Key, context: RequestContext): void {
  try {
    authorizeKey("kms:PutKeyPolicy", { key }, context);
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== "AccessDeniedException") throw error;
    throw malformed("The new key policy will not allow you to update the key policy in the future.");
  }
}

function malformed(message: string): AwsError {
  return new AwsError("MalformedPolicyDocumentException", message);
}
