import { z } from "zod";
import type { RequestContext } from "../service";
import { authorizeKey } from "./authorize";
import { open, parse as parseCiphertext, seal } from "./ciphertext";
import { findKey } from "./find-key";
import { algorithm, blob, encryptionContext, keyId, parse, unsupported } from "./input";
import { requireEnabled } from "./key-state";
import { rotateIfDue } from "./rotation";
import { sourceKey } from "./source-key";
import { keyArn } from "./state";

const schema = z.strictObject({
  CiphertextBlob: blob(6144),
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
  const request = parse(schema, input);
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
