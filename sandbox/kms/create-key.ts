import { randomBytes, randomUUID } from "node:crypto";
import { z } from "zod";
import type { RequestContext } from "../service";
import { authorizeAccount } from "./authorize";
import { parse, tags, unsupported } from "./input";
import { defaultKeyPolicy, setKeyPolicy } from "./key-policy";
import { metadata } from "./metadata";
import { type Key, state } from "./state";

const KEY_BYTES = 32;

const schema = z.strictObject({
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
  const { Description, Policy, BypassPolicyLockoutSafetyCheck, Tags } = parse(schema, input);
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
