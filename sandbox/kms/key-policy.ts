import { z } from "zod";
import { AwsError, type RequestContext } from "../service";
import { authorizeKey } from "./authorize";
import type { Key } from "./state";

const texts = z.union([z.string(), z.array(z.string())]);
const statement = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(["Allow", "Deny"]),
  Principal: z.union([z.literal("*"), z.strictObject({ AWS: texts.optional(), Service: texts.optional() })]),
  Action: texts,
  Resource: texts,
  Condition: z.record(z.string(), z.record(z.string(), texts)).optional(),
});
const document = z.strictObject({
  Version: z.enum(["2012-10-17", "2008-10-17"]).optional(),
  Id: z.string().optional(),
  Statement: z.union([statement, z.array(statement).min(1)]),
});

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
  const result = document.safeParse(json(policy));
  if (!result.success) {
    const [issue] = result.error.issues;
    throw malformed(`The key policy is not valid at ${issue?.path.join(".") || "the top"}: ${issue?.message}`);
  }
  if (bypassLockoutCheck) return;
  try {
    authorizeKey("kms:PutKeyPolicy", { key: { ...key, policy } }, context);
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== "AccessDeniedException") throw error;
    throw malformed("The new key policy will not allow you to update the key policy in the future.");
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformed("The key policy is not JSON.");
  }
}

function malformed(message: string): AwsError {
  return new AwsError("MalformedPolicyDocumentException", message);
}
