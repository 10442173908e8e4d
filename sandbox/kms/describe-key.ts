import { z } from "zod";
import type { RequestContext } from "../service";
import { authorizeKey } from "./authorize";
import { findKey } from "./find-key";
import { keyId, parse, unsupported } from "./input";
import { metadata } from "./metadata";

const schema = z.strictObject({ KeyId: keyId, GrantTokens: unsupported });

export function describeKey(input: Record<string, unknown>, context: RequestContext) {
  const found = findKey(parse(schema, input).KeyId, context);
  authorizeKey("kms:DescribeKey", found, context);
  return { KeyMetadata: metadata(found.key) };
}
