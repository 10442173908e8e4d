import { z } from "zod";
import { AwsError, type RequestContext } from "../service";
import { authorizeAccount, authorizeAlias, authorizeKey } from "./authorize";
import { findKeyById } from "./find-key";
import { aliasName, keyId, page, pageOf, parse } from "./input";
import { requireNotPendingDeletion } from "./key-state";
import { type Alias, aliasArn, isHere, state } from "./state";

const targetSchema = z.strictObject({ AliasName: aliasName, TargetKeyId: keyId });

export function createAlias(input: Record<string, unknown>, context: RequestContext) {
  const { AliasName, TargetKeyId } = parse(targetSchema, input);
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

export function updateAlias(input: Record<string, unknown>, context: RequestContext) {
  const { AliasName, TargetKeyId } = parse(targetSchema, input);
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

const listSchema = z.strictObject({ KeyId: keyId.optional(), ...page });

export function listAliases(input: Record<string, unknown>, context: RequestContext) {
  const { KeyId, Limit, Marker } = parse(listSchema, input);
  authorizeAccount("kms:ListAliases", context);
  const target = KeyId === undefined ? undefined : findKeyById(KeyId, context).id;
  const aliases = state(context).aliases.filter(
    (alias) => isHere(alias, context) && (target === undefined || alias.keyId === target),
  );
  const { items, ...more } = pageOf(aliases, Limit, Marker);
  const Aliases = items.map((alias) => ({
    AliasName: alias.name,
    AliasArn: aliasArn(alias),
    TargetKeyId: alias.keyId,
    CreationDate: alias.created / 1000,
    LastUpdatedDate: alias.updated / 1000,
  }));
  return { Aliases, ...more };
}

const deleteSchema = z.strictObject({ AliasName: aliasName });

export function deleteAlias(input: Record<string, unknown>, context: RequestContext) {
  const { AliasName } = parse(deleteSchema, input);
  checkAliasName(AliasName);
  const alias = ownAlias(AliasName, context);
  authorizeAlias("kms:DeleteAlias", AliasName, context);
  authorizeKey("kms:DeleteAlias", { key: findKeyById(alias.keyId, context) }, context);
  const kms = state(context);
  kms.aliases = kms.aliases.filter((other) => other !== alias);
  return {};
}

function checkAliasName(name: string): void {
  if (name.startsWith("alias/aws/")) {
    throw new AwsError("NotAuthorizedException", "alias/aws/ is reserved for AWS managed keys");
  }
  if (!/^alias\/[a-zA-Z0-9/_-]+$/.test(name)) {
    throw new AwsError(
      "InvalidAliasNameException",
      `Alias name ${name} must be "alias/" and then letters, digits, / _ -`,
    );
  }
}

function ownAlias(name: string, context: RequestContext): Alias {
  const alias = state(context).aliases.find((alias) => alias.name === name && isHere(alias, context));
  if (alias) return alias;
  throw new AwsError("NotFoundException", `Alias ${aliasArn({ ...context, name })} is not found.`);
}
