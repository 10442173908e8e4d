import { z } from "zod";
import type { RequestContext } from "../service";
import { checkAliasName, ownAlias } from "./alias-name";
import { authorizeAlias, authorizeKey } from "./authorize";
import { findKeyById } from "./find-key";
import { aliasName, parse } from "./input";
import { state } from "./state";

const schema = z.strictObject({ AliasName: aliasName });

export function deleteAlias(input: Record<string, unknown>, context: RequestContext) {
  const { AliasName } = parse(schema, input);
  checkAliasName(AliasName);
  const alias = ownAlias(AliasName, context);
  authorizeAlias("kms:DeleteAlias", AliasName, context);
  authorizeKey("kms:DeleteAlias", { key: findKeyById(alias.keyId, context) }, context);
  const kms = state(context);
  kms.aliases = kms.aliases.filter((other) => other !== alias);
  return {};
}
