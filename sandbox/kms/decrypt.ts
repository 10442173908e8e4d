import { z } from "zod";
import type { RequestContext } from "../service";
import { authorizeKey } from "./authorize";
import { open, parse as parseCiphertext } from "./ciphertext";
import { algorithm, blob, encryptionContext, keyId, parse, unsupported } from "./input";
import { requireEnabled } from "./key-state";
import { sourceKey } from "./source-key";
import { keyArn } from "./state";

const schema = z.strictObject({
  CiphertextBlob: blob(6144),
  EncryptionContext: encryptionContext,
  KeyId: keyId.optional(),
  EncryptionAlgorithm: algorithm,
  GrantTokens: unsupported,
  Recipient: unsupported,
  DryRun: unsupported,
});

export function decrypt(input: Record<string, unknown>, context: RequestContext) {
  const { CiphertextBlob, EncryptionContext, KeyId } = parse(schema, input);
  const envelope = parseCiphertext(CiphertextBlob);
  const found = sourceKey(envelope, KeyId, context);
  authorizeKey("kms:Decrypt", found, context, EncryptionContext);
  requireEnabled(found.key);
  return {
    KeyId: keyArn(found.key),
    Plaintext: open(found.key, envelope, EncryptionContext).toString("base64"),
    EncryptionAlgorithm: "SYMMETRIC_DEFAULT",
  };
}
