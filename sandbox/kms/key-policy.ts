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

/** Refuses what is no key policy, and what would lock its author out, unless the lockout check is waived. */
export function checkKeyPolicy(key: Key, policy: string, bypassLockoutCheck: boolean, context: RequestContext): void {
  try {
    validatePolicy(policy, "resource");
  } catch (error) {
    if (error instanceof AwsError && error.code === "MalformedPolicyDocument") throw malformed(error.message);
    throw error;
  }
  if (bypassLockoutCheck) return;
  try {
    authorizeKey("kms:PutKeyPolicy", { key: { ...key, policy } }, context);
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== "AccessDeniedException") throw error;
    throw malformed("The new key policy will not allow you to update the key policy in the future.");
  }
}

function malformed(message: string): AwsError {
  return new AwsError("MalformedPolicyDocumentException", message);
}
