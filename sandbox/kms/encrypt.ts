import { z } from "zod";
import type { RequestContext } from "../service";
import { authorizeKey } from "./authorize";
import { seal } from "./ciphertext";
import { findKey } from "./find-key";
import { algorithm, blob, encryptionContext, keyId, parse, unsupported } from "./input";
import { requireEnabled } from "./key-state";
import { rotateIfDue } from "./rotation";
import { keyArn } from "./state";

const MAXIMUM_PLAINTEXT_BYTES = 4096;

const schema = z.strictObject({
  KeyId: keyId,
  Plaintext: blob(MAXIMUM_PLAINTEXT_BYTES),
  EncryptionContext: encryptionContext,
  EncryptionAlgorithm: algorithm,
  GrantTokens: unsupported,
  DryRun: unsupported,
});

export function encrypt(input: Record<string, unknown>, context: RequestContext) {
  const { KeyId, Plaintext, EncryptionContext } = parse(schema, input);
  const found = findKey(KeyId, context);
  authorizeKey("kms:Encrypt", found, context, EncryptionContext);
  requireEnabled(found.key);
  rotateIfDue(found.key, context);
  return {
    CiphertextBlob: seal(found.key, Plaintext, EncryptionContext).toString("base64"),
    KeyId: keyArn(found.key),
    EncryptionAlgorithm: "SYMMETRIC_DEFAULT",
  };
}
