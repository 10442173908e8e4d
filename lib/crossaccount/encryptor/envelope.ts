import type { KeyringNode, NodeMaterialsManager } from "@aws-crypto/client-node";
import { CrossAccountError } from "../errors";
import type { EncryptionContext, Encryptor } from "../types";

export type EncryptionSdk = typeof import("@aws-crypto/client-node");

/** `encryptWith` wraps new data keys, `decryptWith` opens old ones too. */
export interface Wrapping {
  encryptWith: KeyringNode | NodeMaterialsManager;
  decryptWith: KeyringNode | NodeMaterialsManager;
}

const CONTEXT_FIELDS = ["customerId", "connectionId", "field"] as const;

/** Encryptor over the AWS Encryption SDK, which is loaded when it is first used: it is large, and optional in the package. */
export function createEnvelopeEncryptor(wrap: (sdk: EncryptionSdk) => Wrapping): Encryptor {
  let opened: Promise<ReturnType<typeof openEnvelope>> | undefined;
  const envelope = () => {
    opened ??= loadSdk().then((sdk) => openEnvelope(sdk, wrap(sdk)));
    return opened;
  };
  return {
    encrypt: async (plaintext, context) => (await envelope()).encrypt(plaintext, context),
    decrypt: async (ciphertext, context) => (await envelope()).decrypt(ciphertext, context),
  };
}

async function loadSdk(): Promise<EncryptionSdk> {
  try {
    return await import("@aws-crypto/client-node");
  } catch (cause) {
    throw new CrossAccountError(
      "config-invalid",
      "This encryptor needs the AWS Encryption SDK, which is not installed. Install it: npm install @aws-crypto/client-node",
      { cause },
    );
  }
}

function openEnvelope(sdk: EncryptionSdk, { encryptWith, decryptWith }: Wrapping): Encryptor {
  const { encrypt, decrypt } = sdk.buildClient({
    commitmentPolicy: sdk.CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT,
    // Bounds the work that a forged message can cause.
    maxEncryptedDataKeys: 1,
  });
  // Committing and unsigned: one service both writes and reads these records, so a signature would prove nothing more.
  const suiteId = sdk.AlgorithmSuiteIdentifier.ALG_AES256_GCM_IV12_TAG16_HKDF_SHA512_COMMIT_KEY;

  return {
    async encrypt(plaintext, context) {
      const bytes = Buffer.from(plaintext, "utf8");
      const encryptionContext = toEncryptionContext(context);
      const { result } = await encrypt(encryptWith, bytes, {
        suiteId,
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
      const opened = await decrypt(decryptWith, Buffer.from(ciphertext)).catch((cause: unknown) => {
        throw decryptionFailed(cause);
      });
      // The SDK authenticates the context that the message carries, not the one we expect: a moved message would pass.
      if (!sameContext(opened.messageHeader.encryptionContext, context)) throw decryptionFailed();
      return opened.plaintext.toString("utf8");
    },
  };
}

/** @throws CrossAccountError `input-invalid` */
export function toEncryptionContext(context: EncryptionContext): Record<string, string> {
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

export function decryptionFailed(cause?: unknown): CrossAccountError {
  return new CrossAccountError(
    "decryption-failed",
    "A stored value could not be decrypted: it was changed or moved, its key is not in the key ring, or the key service did not answer.",
    { cause },
  );
}
