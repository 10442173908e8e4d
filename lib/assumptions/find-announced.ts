import "server-only";
import type { ConnectionScope } from "@/lib/crossaccount";
import { db } from "@/lib/db";
import type { AccessLogEntry } from "@/lib/generated/prisma/client";
import { tokenDigest } from "@/lib/tokens";

/** The entry of an assumption that was announced; null for any other entry, and for another connection's. */
export function findAnnounced(owner: ConnectionScope, id: string): Promise<AccessLogEntry | null> {
  return db.accessLogEntry.findUnique({ where: { id, ...owner, source: "announced" } });
}

/** What its caller said became of it. */
export function findReport({ id, customerId, connectionId }: AccessLogEntry): Promise<AccessLogEntry | null> {
  return db.accessLogEntry.findUnique({ where: { id: reportIdOf(id), customerId, connectionId } });
}

/** The ID of the one report that an assumption may have, so that the database refuses a second. */
export function reportIdOf(assumptionId: string): string {
  const digits = tokenDigest(`report of ${assumptionId}`);
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `8${digits.slice(13, 16)}`,
    `8${digits.slice(17, 20)}`,
    digits.slice(20, 32),
  ].join("-");
}
