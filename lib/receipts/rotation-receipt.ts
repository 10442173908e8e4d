import "server-only";
import { createHash } from "node:crypto";
import { z } from "zod";
import type { Encryptor } from "@/lib/crossaccount";
import type { Database } from "@/lib/db";
import type { Connection } from "@/lib/generated/prisma/client";
import { keepReceipt, subjectOf } from "./keep-receipt";
import { type RotationReceipt, rotationReceiptSchema } from "./schema";

const statements = {
  completed:
    "The external ID of the role below was rotated: AWS accepted the new one, and refused the one that it replaced.",
  abandoned:
    "The external ID of the role below was kept: AWS accepted it, and refused the new one, which was taken back.",
  expired: "The external ID of the role below was kept: AWS accepted it, and refused the new one, whose time was over.",
} as const;

const meaning =
  "AssumeRole succeeded with the external ID in use and was refused with the retired one, which is not sent any more. It says nothing of what the role's trust policy becomes later.";

interface EndedRotation {
  result: RotationReceipt["result"];
  startedAt: Date;
  at: Date;
}

/** Keeps how AWS ended a rotation; `connection` is as it was while it ran, with both external IDs. */
export async function writeRotationReceipt(
  database: Database,
  encryptor: Encryptor,
  connection: Connection,
  { result, startedAt, at }: EndedRotation,
): Promise<void> {
  const { id: connectionId, customerId, externalIdCiphertext, nextExternalIdCiphertext } = connection;
  if (nextExternalIdCiphertext === null) return;
  const sha256 = async (sealed: Uint8Array) => {
    const externalId = await encryptor.decrypt(sealed, { customerId, connectionId, field: "externalId" });
    return createHash("sha256").update(externalId).digest("hex");
  };
  const [former, next] = await Promise.all([sha256(externalIdCiphertext), sha256(nextExternalIdCiphertext)]);
  const [inUse, retired] = result === "completed" ? [next, former] : [former, next];
  const { role, ...subject } = await subjectOf(encryptor, connection);
  const document: RotationReceipt = {
    statement: statements[result],
    result,
    began_at: startedAt,
    ended_at: at,
    ...subject,
    aws: { ...role, call: "sts:AssumeRole with each of the two external IDs" },
    external_ids: { in_use_sha256: inUse, retired_sha256: retired },
    meaning,
  };
  await keepReceipt(database, encryptor, connection, {
    kind: "rotation",
    at,
    document: z.encode(rotationReceiptSchema, document),
  });
}
