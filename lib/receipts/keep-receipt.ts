import "server-only";
import { config } from "@/lib/config";
import type { Encryptor } from "@/lib/crossaccount";
import type { Database } from "@/lib/db";
import type { Connection } from "@/lib/generated/prisma/client";
import type { ReceiptKind } from "./schema";

interface Receipt {
  kind: ReceiptKind;
  /** When AWS answered what it says. */
  at: Date;
  /** As JSON holds it. */
  document: object;
}

/** Keeps what AWS answered, as it was said that day: encrypted, and never changed. */
export async function keepReceipt(
  database: Database,
  encryptor: Encryptor,
  { id: connectionId, customerId }: Pick<Connection, "id" | "customerId">,
  { kind, at, document }: Receipt,
): Promise<void> {
  const text = JSON.stringify(document, null, 2);
  const sealed = await encryptor.encrypt(text, { customerId, connectionId, field: `${kind}Receipt` });
  const ciphertext = Uint8Array.from(sealed);
  await database.receipt.create({ data: { connectionId, customerId, kind, at, ciphertext } });
}

/** Whom and what a receipt is about, as `receiptSubject` and `receiptRole` describe it. */
export async function subjectOf(
  encryptor: Encryptor,
  { id, customerId, name, partition, accountId, roleArnCiphertext }: Connection,
) {
  const context = { customerId, connectionId: id, field: "roleArn" } as const;
  return {
    vendor: { service_name: config.serviceName, product_name: config.branding.productName },
    connection: { id, name },
    role: {
      partition,
      account_id: accountId,
      role_arn: roleArnCiphertext ? await encryptor.decrypt(roleArnCiphertext, context) : "",
    },
  };
}
