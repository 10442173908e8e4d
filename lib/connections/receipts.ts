import "server-only";
import { unseal } from "@/lib/crossaccount-client/seal";
import { db } from "@/lib/db";
import { AppError, notFound } from "@/lib/errors";
import { type ReceiptKind, type ReceiptView, receiptKinds } from "@/lib/receipts/schema";
import type { CustomerAccess } from "@/lib/tenancy/access";
import { idFrom } from "@/lib/tenancy/id-from";
import { findOwnConnection } from "@/lib/tenancy/own-connection";

/** The receipts of a connection, newest first. @throws AppError `not-found`, also for someone else's */
export async function listReceipts(access: CustomerAccess, named: string): Promise<ReceiptView[]> {
  const { id: connectionId, customerId } = await findOwnConnection(access, named);
  const rows = await db.receipt.findMany({
    where: { connectionId, customerId },
    select: { id: true, kind: true, at: true },
    orderBy: newestFirst,
    take: 100,
  });
  return rows.flatMap(({ id, kind, at }) => {
    const known = kindFrom(kind);
    return known ? [{ id, kind: known, at }] : [];
  });
}

export interface ReceiptFile {
  fileName: string;
  /** JSON text, as it was written on the day. */
  text: string;
}

/** One receipt, or the latest of a kind. @throws AppError `not-found`, also while there is none */
export async function readReceipt(
  access: CustomerAccess,
  named: string,
  which: { receiptId: string } | { kind: ReceiptKind },
): Promise<ReceiptFile> {
  const { id: connectionId, customerId, accountId } = await findOwnConnection(access, named);
  const wanted = "kind" in which ? { kind: which.kind } : { id: idFrom(which.receiptId, "receipt") };
  const receipt = await db.receipt.findFirst({
    where: { ...wanted, connectionId, customerId },
    orderBy: newestFirst,
  });
  const kind = kindFrom(receipt?.kind);
  if (!receipt || !kind) throw "kind" in which ? new AppError("not-found", missing[which.kind]) : notFound("receipt");
  const text = await unseal(receipt.ciphertext, { customerId, connectionId }, `${kind}Receipt`);
  return { fileName: `${fileNames[kind]}-${accountId}-${receipt.at.toISOString().slice(0, 10)}.json`, text };
}

const newestFirst = [{ at: "desc" }, { id: "desc" }] satisfies { at?: "desc"; id?: "desc" }[];

const fileNames = {
  setup: "setup-permissions-gone",
  rotation: "external-id-rotation",
  end: "connection-ended",
} as const satisfies Record<ReceiptKind, string>;

const missing = {
  setup: "There is no receipt yet: it is not verified that the setup permissions are gone.",
  rotation: "There is no receipt yet: no rotation of the external ID has ended.",
  end: "There is no receipt yet: AWS has not refused us since the end.",
} as const satisfies Record<ReceiptKind, string>;

/** After a roll-back there may be others, which only the newer version can tell. */
function kindFrom(text: string | undefined): ReceiptKind | undefined {
  return receiptKinds.find((kind) => kind === text);
}
