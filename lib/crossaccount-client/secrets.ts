import "server-only";
import type { Connection } from "@/lib/generated/prisma/client";
import { unseal } from "./seal";

type Secrets = Pick<Connection, "id" | "customerId" | "externalIdCiphertext" | "roleArnCiphertext">;
type NextId = Pick<Connection, "id" | "customerId" | "nextExternalIdCiphertext">;

/** @throws CrossAccountError `decryption-failed` for a ciphertext that belongs to another row */
export async function readExternalId({ id, customerId, externalIdCiphertext }: Secrets): Promise<string> {
  return unseal(externalIdCiphertext, { customerId, connectionId: id }, "externalId");
}

/** The one that is to take its place; null while no rotation runs. @throws CrossAccountError `decryption-failed` */
export async function readNextExternalId({ id, customerId, nextExternalIdCiphertext }: NextId): Promise<string | null> {
  return nextExternalIdCiphertext && unseal(nextExternalIdCiphertext, { customerId, connectionId: id }, "externalId");
}

/** Of two, while one is rotated, the one that AWS accepted last: what a remedy or a page for the customer names. */
export async function readExternalIdInUse(
  connection: Secrets & NextId & Pick<Connection, "nextAccepted">,
): Promise<string> {
  const next = connection.nextAccepted ? await readNextExternalId(connection) : null;
  return next ?? readExternalId(connection);
}

/** Null until a role was submitted. @throws CrossAccountError `decryption-failed` */
export async function readRoleArn({ id, customerId, roleArnCiphertext }: Secrets): Promise<string | null> {
  return roleArnCiphertext && unseal(roleArnCiphertext, { customerId, connectionId: id }, "roleArn");
}
