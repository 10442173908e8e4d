import { randomBytes } from "node:crypto";
import { z } from "zod";
import { AwsError, type RequestContext } from "../service";
import { authorizeKey } from "./authorize";
import { seal } from "./ciphertext";
import { findKey } from "./find-key";
import { encryptionContext, keyId, parse, unsupported } from "./input";
import { requireEnabled } from "./key-state";
import { rotateIfDue } from "./rotation";
import { keyArn } from "./state";

const BYTES = { AES_128: 16, AES_256: 32 };

const schema = z.strictObject({
  KeyId: keyId,
  KeySpec: z.enum(["AES_128", "AES_256"]).optional(),
  NumberOfBytes: z.number().int().min(1).max(1024).optional(),
  EncryptionContext: encryptionContext,
  GrantTokens: unsupported,
  Recipient: unsupported,
  DryRun: unsupported,
});

export function generateDataKey(input: Record<string, unknown>, context: RequestContext) {
  const { plaintext, ...wrapped } = make("kms:GenerateDataKey", input, context);
  return { ...wrapped, Plaintext: plaintext.toString("base64") };
}

export function generateDataKeyWithoutPlaintext(input: Record<string, unknown>, context: RequestContext) {
  const { CiphertextBlob, KeyId } = make("kms:GenerateDataKeyWithoutPlaintext", input, context);
  return { CiphertextBlob, KeyId };
}

function make(action: string, input: Record<string, unknown>, context: RequestContext) {
  const { KeyId, KeySpec, NumberOfBytes, EncryptionContext } = parse(schema, input);
  if ((KeySpec === undefined) === (NumberOfBytes === undefined)) {
    throw new AwsError("ValidationException", "Please specify either number of bytes or key spec.");
  }
  const found = findKey(KeyId, context);
  authorizeKey(action, found, context, EncryptionContext);
  requireEnabled(found.key);
  rotateIfDue(found.key, context);
  const plaintext = randomBytes(KeySpec ? BYTES[KeySpec] : (NumberOfBytes ?? 0));
  return {
    plaintext,
    CiphertextBlob: seal(found.key, plaintext, EncryptionContext).toString("base64"),
    KeyId: keyArn(found.key),
  };
}
