import { z } from "zod";
import { principalIdsOf, shownPolicy } from "../iam/named-principals";
import { validatePolicy } from "../policy/validate";
import { AwsError, type RequestContext } from "../service";
import { authorizeKey } from "./authorize";
import { findKeyById } from "./find-key";
import { keyId, parse } from "./input";
import { requireNotPendingDeletion } from "./key-state";
import type { Key } from "./state";

const getSchema = z.strictObject({ KeyId: keyId, PolicyName: z.literal("default").default("default") });

export function getKeyPolicy(input: Record<string, unknown>, context: RequestContext) {
  const { KeyId, PolicyName } = parse(getSchema, input);
  const key = findKeyById(KeyId, context);
  authorizeKey("kms:GetKeyPolicy", { key }, context);
  return { Policy: shownPolicy(key.policy, key.principalIds, context.store), PolicyName };
}

const putSchema = z.strictObject({
  KeyId: keyId,
  PolicyName: z.literal("default").optional(),
  Policy: z.string().min(1).max(131072),
  BypassPolicyLockoutSafetyCheck: z.boolean().default(false),
});

export function putKeyPolicy(input: Record<string, unknown>, context: RequestContext) {
  const { KeyId, Policy, BypassPolicyLockoutSafetyCheck } = parse(putSchema, input);
  const key = findKeyById(KeyId, context);
  authorizeKey("kms:PutKeyPolicy", { key }, context);
  requireNotPendingDeletion(key);
  setKeyPolicy(key, { policy: Policy, bypassLockoutCheck: BypassPolicyLockoutSafetyCheck }, context);
  return {};
}

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

interface PolicyChange {
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
