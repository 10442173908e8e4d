import {
  AlgorithmSuiteIdentifier,
  buildClient,
  CommitmentPolicy,
  type KeyringNode,
  type NodeMaterialsManager,
} from "@aws-crypto/client-node";
import { CrossAccountError } from "../errors";
import type { EncryptionContext, Encryptor } from "../types";

// Committing and unsigned: one service both writes and reads these records, so a signature would prove nothing more.
const SUITE = AlgorithmSuiteIdentifier.ALG_AES256_GCM_IV12_TAG16_HKDF_SHA512_COMMIT_KEY;
const CONTEXT_FIELDS = ["customerId", "connectionId", "field"] as const;

/**
 * Encryptor over the AWS Encryption SDK. `encryptWith` wraps new data keys, `decryptWith` opens old ones too.
 * `maxEncryptedDataKeys` bounds the work that a forged message can cause.
 */
export function createEnvelopeEncryptor(options: {
  encryptWith: KeyringNode | NodeMaterialsManager;
  decryptWith: KeyringNode | NodeMaterialsManager;
  maxEncryptedDataKeys: number;
}): Encryptor {
  const { encrypt, decrypt } = buildClient({
    commitmentPolicy: CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT,
    maxEncryptedDataKeys: options.maxEncryptedDataKeys,
  });

  return {
    async encrypt(plaintext, context) {
      const bytes = Buffer.from(plaintext, "utf8");
      const encryptionContext = toEncryptionContext(context);
      const { result } = await encrypt(options.encryptWith, bytes, {
        suiteId: SUITE,
        encryptionContext,
        plaintextLength: bytes.length,
      }).catch((cause: unknown) => {
        throw new CrossAccountError("encryption-failed", "A value could not be encrypted: the key did not answer.", {
          cause,
        });
      });
      return new Uint8Array(result);
    },

    async decrypt(ciphertext, context) {
      const opened = await decrypt(options.decryptWith, Buffer.from(ciphertext)).catch((cause: unknown) => {
        throw decryptionFailed(cause);
      });
      // The SDK authenticates the context that the message carries, not the one we expect: a moved message would pass.
      if (!sameContext(opened.messageHeader.encryptionContext, context)) throw decryptionFailed();
      return opened.plaintext.toString("utf8");
    },
  };
}

function toEncryptionContext(context: EncryptionContext): Record<string, string> {
  for (const name of CONTEXT_FIELDS) {
    if (context[name].length === 0) {
      throw new CrossAccountError("input-invalid", `An encryption context needs a ${name}.`);
    }
  }
  return { customerId: context.customerId, connectionId: context.connectionId, field: context.field };
}

function sameContext(carried: Readonly<Record<string, string>>, expected: EncryptionContext): boolean {
  return (
    Object.keys(carried).length === CONTEXT_FIELDS.length &&
    CONTEXT_FIELDS.every((name) => carried[name] === expected[name])
  );
}

function decryptionFailed(cause?: unknown): CrossAccountError {
  return new CrossAccountError(
    "decryption-failed",
    "A stored value could not be decrypted: it was changed or moved, its key is not in the key ring, or the key service did not answer.",
    { cause },
  );
}
