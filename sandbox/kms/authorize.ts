import { type Authorization, AwsError, type RequestContext } from "../service";
import { contextConditionKeys, type EncryptionContext } from "./encryption-context";
import type { FoundKey } from "./find-key";
import { aliasArn, keyArn, state } from "./state";

/** An operation on one key: its key policy must admit the caller, in the key's own account too. */
export function authorizeKey(
  action: string,
  { key, alias }: FoundKey,
  context: RequestContext,
  encryptionContext: EncryptionContext = {},
): void {
  const resource = keyArn(key);
  const aliases = state(context).aliases.filter(({ keyId }) => keyId === key.id);
  const authorization = {
    action,
    resource,
    resourceAccountId: key.accountId,
    resourcePolicy: key.policy,
    resourcePolicyRequired: true,
    principalIds: key.principalIds,
    conditionKeys: {
      "kms:CallerAccount": context.principal.accountId,
      "kms:KeySpec": "SYMMETRIC_DEFAULT",
      "kms:KeyUsage": "ENCRYPT_DECRYPT",
      "kms:KeyOrigin": "AWS_KMS",
      ...(alias && { "kms:RequestAlias": alias }),
      ...(aliases.length > 0 && { "kms:ResourceAliases": aliases.map(({ name }) => name) }),
      ...Object.fromEntries(key.tags.map(({ TagKey, TagValue }) => [`aws:ResourceTag/${TagKey}`, TagValue])),
      ...contextConditionKeys(encryptionContext),
    },
  };
  authorize(authorization, context);
}

export function authorizeAlias(action: string, name: string, context: RequestContext): void {
  authorize({ action, resource: aliasArn({ ...context, name }) }, context);
}

export function authorizeAccount(action: string, context: RequestContext): void {
  authorize({ action, resource: "*" }, context);
}

/** KMS spells the refusal its own way: AccessDeniedException with status 400. */
function authorize(authorization: Authorization, context: RequestContext): void {
  try {
    context.authorize(authorization);
  } catch (error) {
    if (error instanceof AwsError && error.code === "AccessDenied") {
      throw new AwsError("AccessDeniedException", error.message);
    }
    throw error;
  }
}
