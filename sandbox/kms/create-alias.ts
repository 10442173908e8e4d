import { z } from "zod";
import { AwsError, type RequestContext } from "../service";
import { checkAliasName } from "./alias-name";
import { authorizeAlias, authorizeKey } from "./authorize";
import { findKeyById } from "./find-key";
import { aliasName, keyId, parse } from "./input";
import { requireNotPendingDeletion } from "./key-state";
import { aliasArn, isHere, state } from "./state";

const schema = z.strictObject({ AliasName: aliasName, TargetKeyId: keyId });

export function createAlias(input: Record<string, unknown>, context: RequestContext) {
  const { AliasName, TargetKeyId } = parse(schema, input);
  checkAliasName(AliasName);
  const key = findKeyById(TargetKeyId, context);
  authorizeAlias("kms:CreateAlias", AliasName, context);
  authorizeKey("kms:CreateAlias", { key }, context);
  requireNotPendingDeletion(key);
  const { aliases } = state(context);
  const now = context.now().getTime();
  const { accountId, region, partition } = context;
  const alias = { name: AliasName, accountId, region, partition, keyId: key.id, created: now, updated: now };
  if (aliases.some((other) => other.name === AliasName && isHere(other, context))) {
    throw new AwsError("AlreadyExistsException", `An alias with the name ${aliasArn(alias)} already exists`);
  }
  aliases.push(alias);
  return {};
}
