import { randomBytes, randomUUID } from "node:crypto";
import { z } from "zod";
import { AwsError, type RequestContext } from "../service";
import { authorizeAccount, authorizeKey } from "./authorize";
import { findKey, findKeyById } from "./find-key";
import { keyId, page, pageOf, parse, tags, unsupported } from "./input";
import { defaultKeyPolicy, setKeyPolicy } from "./key-policy";
import { requireNotPendingDeletion } from "./key-state";
import { metadata } from "./metadata";
import { isHere, type Key, keyArn, state } from "./state";

const KEY_BYTES = 32;
const DAY = 86_400_000;

/** Input of the operations that take nothing but a key. */
const keyAlone = z.strictObject({ KeyId: keyId });

const createKeySchema = z.strictObject({
  Description: z.string().max(8192).default(""),
  KeyUsage: z.literal("ENCRYPT_DECRYPT", { error: "not-supported" }).optional(),
  KeySpec: z.literal("SYMMETRIC_DEFAULT", { error: "not-supported" }).optional(),
  CustomerMasterKeySpec: z.literal("SYMMETRIC_DEFAULT", { error: "not-supported" }).optional(),
  Origin: z.literal("AWS_KMS", { error: "not-supported" }).optional(),
  Policy: z.string().min(1).max(131072).optional(),
  BypassPolicyLockoutSafetyCheck: z.boolean().default(false),
  Tags: tags.default([]),
  MultiRegion: unsupported,
  CustomKeyStoreId: unsupported,
  XksKeyId: unsupported,
});

export function createKey(input: Record<string, unknown>, context: RequestContext) {
  const { Description, Policy, BypassPolicyLockoutSafetyCheck, Tags } = parse(createKeySchema, input);
  authorizeAccount("kms:CreateKey", context);
  const key: Key = {
    id: randomUUID(),
    accountId: context.accountId,
    region: context.region,
    partition: context.partition,
    description: Description,
    state: "Enabled",
    created: context.now().getTime(),
    policy: "",
    principalIds: {},
    material: [randomBytes(KEY_BYTES).toString("base64")],
    rotatedOnDemand: 0,
    tags: Tags,
  };
  const policy = Policy ?? defaultKeyPolicy(context.partition, context.accountId);
  setKeyPolicy(key, { policy, bypassLockoutCheck: BypassPolicyLockoutSafetyCheck }, context);
  state(context).keys.push(key);
  return { KeyMetadata: metadata(key) };
}

const describeKeySchema = z.strictObject({ KeyId: keyId, GrantTokens: unsupported });

export function describeKey(input: Record<string, unknown>, context: RequestContext) {
  const found = findKey(parse(describeKeySchema, input).KeyId, context);
  authorizeKey("kms:DescribeKey", found, context);
  return { KeyMetadata: metadata(found.key) };
}

const listKeysSchema = z.strictObject(page);

export function listKeys(input: Record<string, unknown>, context: RequestContext) {
  const { Limit, Marker } = parse(listKeysSchema, input);
  authorizeAccount("kms:ListKeys", context);
  const keys = state(context).keys.filter((key) => isHere(key, context));
  const { items, ...more } = pageOf(keys, Limit, Marker);
  return { Keys: items.map((key) => ({ KeyId: key.id, KeyArn: keyArn(key) })), ...more };
}

const listTagsSchema = z.strictObject({ KeyId: keyId, ...page });

export function listResourceTags(input: Record<string, unknown>, context: RequestContext) {
  const { KeyId, Limit, Marker } = parse(listTagsSchema, input);
  const key = findKeyById(KeyId, context);
  authorizeKey("kms:ListResourceTags", { key }, context);
  const { items, ...more } = pageOf(key.tags, Limit, Marker);
  return { Tags: items, ...more };
}

export function enableKey(input: Record<string, unknown>, context: RequestContext) {
  const key = findKeyById(parse(keyAlone, input).KeyId, context);
  authorizeKey("kms:EnableKey", { key }, context);
  requireNotPendingDeletion(key);
  key.state = "Enabled";
  return {};
}

export function disableKey(input: Record<string, unknown>, context: RequestContext) {
  const key = findKeyById(parse(keyAlone, input).KeyId, context);
  authorizeKey("kms:DisableKey", { key }, context);
  requireNotPendingDeletion(key);
  key.state = "Disabled";
  return {};
}

const deletionSchema = z.strictObject({
  KeyId: keyId,
  PendingWindowInDays: z.number().int().min(7).max(30).default(30),
});

export function scheduleKeyDeletion(input: Record<string, unknown>, context: RequestContext) {
  const { KeyId, PendingWindowInDays } = parse(deletionSchema, input);
  const key = findKeyById(KeyId, context);
  authorizeKey("kms:ScheduleKeyDeletion", { key }, context);
  requireNotPendingDeletion(key);
  const deletion = context.now().getTime() + PendingWindowInDays * DAY;
  key.state = "PendingDeletion";
  key.deletion = deletion;
  return { KeyId: keyArn(key), DeletionDate: deletion / 1000, KeyState: key.state, PendingWindowInDays };
}

/** The key is left disabled, as in AWS. */
export function cancelKeyDeletion(input: Record<string, unknown>, context: RequestContext) {
  const key = findKeyById(parse(keyAlone, input).KeyId, context);
  authorizeKey("kms:CancelKeyDeletion", { key }, context);
  if (key.state !== "PendingDeletion") {
    throw new AwsError("KMSInvalidStateException", `${keyArn(key)} is not pending deletion.`);
  }
  key.state = "Disabled";
  delete key.deletion;
  return { KeyId: keyArn(key) };
}
