import { randomBytes } from "node:crypto";
import { z } from "zod";
import { AwsError, type RequestContext } from "../service";
import { authorizeKey } from "./authorize";
import { type Envelope, open, parse as parseCiphertext, seal } from "./ciphertext";
import { type FoundKey, findKey, findKeyOfCiphertext } from "./find-key";
import { algorithm, blob, encryptionContext, keyId, parse, unsupported } from "./input";
import { requireEnabled } from "./key-state";
import { rotateIfDue } from "./rotation";
import { keyArn } from "./state";

const MAXIMUM_PLAINTEXT_BYTES = 4096;
const MAXIMUM_CIPHERTEXT_BYTES = 6144;
const DATA_KEY_BYTES = { AES_128: 16, AES_256: 32 };

const encryptSchema = z.strictObject({
  KeyId: keyId,
  Plaintext: blob(MAXIMUM_PLAINTEXT_BYTES),
  EncryptionContext: encryptionContext,
  EncryptionAlgorithm: algorithm,
  GrantTokens: unsupported,
  DryRun: unsupported,
});

export function encrypt(input: Record<string, unknown>, context: RequestContext) {
  const { KeyId, Plaintext, EncryptionContext } = parse(encryptSchema, input);
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

const decryptSchema = z.strictObject({
  CiphertextBlob: blob(MAXIMUM_CIPHERTEXT_BYTES),
  EncryptionContext: encryptionContext,
  KeyId: keyId.optional(),
  EncryptionAlgorithm: algorithm,
  GrantTokens: unsupported,
  Recipient: unsupported,
  DryRun: unsupported,
});

export function decrypt(input: Record<string, unknown>, context: RequestContext) {
  const { CiphertextBlob, EncryptionContext, KeyId } = parse(decryptSchema, input);
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

const reEncryptSchema = z.strictObject({
  CiphertextBlob: blob(MAXIMUM_CIPHERTEXT_BYTES),
  SourceEncryptionContext: encryptionContext,
  SourceKeyId: keyId.optional(),
  DestinationKeyId: keyId,
  DestinationEncryptionContext: encryptionContext,
  SourceEncryptionAlgorithm: algorithm,
  DestinationEncryptionAlgorithm: algorithm,
  GrantTokens: unsupported,
  DryRun: unsupported,
});

export function reEncrypt(input: Record<string, unknown>, context: RequestContext) {
  const request = parse(reEncryptSchema, input);
  const envelope = parseCiphertext(request.CiphertextBlob);
  const source = sourceKey(envelope, request.SourceKeyId, context);
  const destination = findKey(request.DestinationKeyId, context);
  authorizeKey("kms:ReEncryptFrom", source, context, request.SourceEncryptionContext);
  authorizeKey("kms:ReEncryptTo", destination, context, request.DestinationEncryptionContext);
  requireEnabled(source.key);
  requireEnabled(destination.key);
  const plaintext = open(source.key, envelope, request.SourceEncryptionContext);
  rotateIfDue(destination.key, context);
  return {
    CiphertextBlob: seal(destination.key, plaintext, request.DestinationEncryptionContext).toString("base64"),
    SourceKeyId: keyArn(source.key),
    KeyId: keyArn(destination.key),
    SourceEncryptionAlgorithm: "SYMMETRIC_DEFAULT",
    DestinationEncryptionAlgorithm: "SYMMETRIC_DEFAULT",
  };
}

const dataKeySchema = z.strictObject({
  KeyId: keyId,
  KeySpec: z.enum(["AES_128", "AES_256"]).optional(),
  NumberOfBytes: z.number().int().min(1).max(1024).optional(),
  EncryptionContext: encryptionContext,
  GrantTokens: unsupported,
  Recipient: unsupported,
  DryRun: unsupported,
});

export function generateDataKey(input: Record<string, unknown>, context: RequestContext) {
  const { plaintext, ...wrapped } = makeDataKey("kms:GenerateDataKey", input, context);
  return { ...wrapped, Plaintext: plaintext.toString("base64") };
}

export function generateDataKeyWithoutPlaintext(input: Record<string, unknown>, context: RequestContext) {
  const { CiphertextBlob, KeyId } = makeDataKey("kms:GenerateDataKeyWithoutPlaintext", input, context);
  return { CiphertextBlob, KeyId };
}

function makeDataKey(action: string, input: Record<string, unknown>, context: RequestContext) {
  const { KeyId, KeySpec, NumberOfBytes, EncryptionContext } = parse(dataKeySchema, input);
  if ((KeySpec === undefined) === (NumberOfBytes === undefined)) {
    throw new AwsError("ValidationException", "Please specify either number of bytes or key spec.");
  }
  const found = findKey(KeyId, context);
  authorizeKey(action, found, context, EncryptionContext);
  requireEnabled(found.key);
  rotateIfDue(found.key, context);
  const plaintext = randomBytes(KeySpec ? DATA_KEY_BYTES[KeySpec] : (NumberOfBytes ?? 0));
  return {
    plaintext,
    CiphertextBlob: seal(found.key, plaintext, EncryptionContext).toString("base64"),
    KeyId: keyArn(found.key),
  };
}

/** The key of a ciphertext. A caller that names a key gets an error unless the ciphertext was made with that very key. */
function sourceKey(envelope: Envelope, reference: string | undefined, context: RequestContext): FoundKey {
  if (reference !== undefined) {
    const found = findKey(reference, context);
    if (found.key.id === envelope.keyId) return found;
    throw new AwsError(
      "IncorrectKeyException",
      "The key ID in the request does not identify a CMK that can perform this operation.",
    );
  }
  const key = findKeyOfCiphertext(envelope.keyId, context);
  if (key) return { key };
  throw new AwsError(
    "AccessDeniedException",
    "The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.",
  );
}
