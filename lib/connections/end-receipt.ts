import "server-only";
import { z } from "zod";
import type { AccessAnswer } from "@/lib/crossaccount";
import { encryptor } from "@/lib/crossaccount-client/encryption";
import type { Database } from "@/lib/db";
import type { Connection } from "@/lib/generated/prisma/client";
import { keepReceipt, subjectOf } from "@/lib/receipts/keep-receipt";
import { type EndReceipt, endReceiptSchema } from "./exit-schema";

const statements = {
  refused: "After the connection ended, AWS refused us the role below.",
  allowed: "The connection has ended and is not used, but AWS still lets us use the role below.",
} as const;

const meanings = {
  refused:
    "AWS gives the same answer for a role that was deleted and for one that refuses us: seen from outside, the two look alike. That AWS accepted our own credentials in the same run rules out that the refusal was due to them. It says nothing of other connections, which may have the role since.",
  allowed: "AssumeRole succeeded with the connection's external ID. The session was dropped without being used.",
} as const;

/** Keeps what AWS answered about an ended connection. */
export async function writeEndReceipt(
  database: Database,
  connection: Connection,
  { answer, at: asked, errorCode, ownAccountId }: AccessAnswer,
): Promise<void> {
  if (answer === "unclear" || connection.disconnectedAt === null) return;
  const at = new Date(asked);
  const { role, ...subject } = await subjectOf(encryptor, connection);
  const receipt: EndReceipt = {
    statement: statements[answer],
    result: answer === "refused" ? "access-gone" : "still-there",
    asked_at: at,
    ended_at: connection.disconnectedAt,
    ...subject,
    aws: { ...role, call: "sts:AssumeRole with the connection's external ID", error_code: errorCode ?? null },
    control: ownAccountId ? { call: "sts:GetCallerIdentity", account_id: ownAccountId } : null,
    meaning: meanings[answer],
  };
  await keepReceipt(database, encryptor, connection, {
    kind: "end",
    at,
    document: z.encode(endReceiptSchema, receipt),
  });
}
