import { z } from "zod";
import type { RequestContext } from "../service";
import { checkAliasName, ownAlias } from "./alias-name";
import { authorizeAlias, authorizeKey } from "./authorize";
import { findKeyById } from "./find-key";
import { aliasName, keyId, parse } from "./input";
import { requireNotPendingDeletion } from "./key-state";

const schema = z.strictObject({ AliasName: aliasName, TargetKeyId: keyId });

export function updateAlias(input: Record<string, unknown>, context: RequestContext) {
  const { AliasName, TargetKeyId } = parse(schema, input);
  checkAliasName(AliasName);
  const alias = ownAlias(AliasName, context);
  const key = findKeyById(TargetKeyId, context);
  authorizeAlias("kms:UpdateAlias", AliasName, context);
  authorizeKey("kms:UpdateAlias", { key: findKeyById(alias.keyId, context) }, context);
  authorizeKey("kms:UpdateAlias", { key }, context);
  requireNotPendingDeletion(key);
  alias.keyId = key.id;
  alias.updated = context.now().getTime();
  return {};
}
