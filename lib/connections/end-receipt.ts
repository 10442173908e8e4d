import "server-only";
import { z } from "zod";
import { config } from "@/lib/config";
import type { AccessAnswer } from "@/lib/crossaccount";
import { seal, unseal } from "@/lib/crossaccount-client/seal";
import { readRoleArn } from "@/lib/crossaccount-client/secrets";
import { type Database, db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { Connection } from "@/lib/generated/prisma/client";
import type { CustomerAccess } from "@/lib/tenancy/access";
import { findOwnConnection } from "@/lib/tenancy/own-connection";
import { type EndReceipt, endReceiptSchema } from "./schema";

const statements = {
  refused: "After the connection ended, AWS refused access to the role below.",
  allowed: "The connection has ended and is not used, but AWS still lets us use the role below.",
} as const;

const meanings = {
  refused:
    "AWS gives the same answer for a role that was deleted and for one that refuses us: seen from outside, the two look alike. That AWS accepted our own credentials in the same run rules out that the refusal was due to them.",
  allowed: "AssumeRole succeeded with the connection's external ID. The session was dropped without being used.",
} as const;

/** Keeps what AWS answered about an ended connection, as it was said that day. */
export async function writeEndReceipt(
  database: Database,
  connection: Connection,
  { answer, at, errorCode, ownAccountId }: AccessAnswer,
): Promise<void> {
  if (answer === "unclear" || connection.disconnectedAt === null) return;
  const { id: connectionId, customerId } = connection;
  const receipt: EndReceipt = {
    statement: statements[answer],
    result: answer === "refused" ? "access-gone" : "still-there",
    asked_at: new Date(at),
    ended_at: connection.disconnectedAt,
    vendor: { service_name: config.serviceName, product_name: config.branding.productName },
    connection: { id: connectionId, name: connection.name },
    aws: {
      partition: connection.partition,
      account_id: connection.accountId,
      role_arn: (await readRoleArn(connection)) ?? "",
      call: "sts:AssumeRole with the connection's external ID",
      error_code: errorCode ?? null,
    },
    control: ownAccountId ? { call: "sts:GetCallerIdentity", account_id: ownAccountId } : null,
    meaning: meanings[answer],
  };
  const text = JSON.stringify(z.encode(endReceiptSchema, receipt), null, 2);
  const ciphertext = await seal(text, { customerId, connectionId }, "endReceipt");
  await database.endReceipt.create({ data: { connectionId, customerId, at: new Date(at), ciphertext } });
}

export interface EndReceiptFile {
  fileName: string;
  /** JSON text, as it was written on the day. */
  text: string;
}

/** The latest receipt of an ended connection. @throws AppError `not-found` while there is none, too */
export async function readEndReceipt(access: CustomerAccess, connectionId: string): Promise<EndReceiptFile> {
  const { id, customerId, accountId } = await findOwnConnection(access, connectionId);
  const receipt = await db.endReceipt.findFirst({
    where: { connectionId: id, customerId },
    orderBy: [{ at: "desc" }, { id: "desc" }],
  });
  if (!receipt) throw new AppError("not-found", "There is no receipt yet: AWS has not refused us since the end.");
  const text = await unseal(receipt.ciphertext, { customerId, connectionId: id }, "endReceipt");
  return { fileName: `connection-ended-${accountId}-${receipt.at.toISOString().slice(0, 10)}.json`, text };
}
