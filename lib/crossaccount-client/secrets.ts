import "server-only";
import type { Connection } from "@/lib/generated/prisma/client";
import { unseal } from "./seal";

type Secrets = Pick<Connection, "id" | "customerId" | "externalIdCiphertext" | "roleArnCiphertext">;

/** @throws CrossAccountError `decryption-failed` for a ciphertext that belongs to another row */
export async function readExternalId({ id, customerId, externalIdCiphertext }: Secrets): Promise<string> {
  return unseal(externalIdCiphertext, { customerId, connectionId: id }, "externalId");
}

/** Null until a role was submitted. @throws CrossAccountError `decryption-failed` */
export async function readRoleArn({ id, customerId, roleArnCiphertext }: Secrets): Promise<string | null> {
  return roleArnCiphertext && unseal(roleArnCiphertext, { customerId, connectionId: id }, "roleArn");
}
