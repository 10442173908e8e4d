import "server-only";
import { completedRotation, noteRotation, settleRotation } from "@/lib/connection-status/rotation";
import { type Actor, type RotationState, rotationState, type VerificationReport } from "@/lib/crossaccount";
import { encryptor } from "@/lib/crossaccount-client/encryption";
import type { Database } from "@/lib/db";
import type { Connection } from "@/lib/generated/prisma/client";

interface Rotated {
  state: RotationState;
  /** Columns of the connection that change with it. */
  known: Partial<Pick<Connection, keyof NonNullable<ReturnType<typeof completedRotation>>>>;
  completed: boolean;
}

/**
 * What a report says of the rotation that runs; null where none does any more, or another one than when its verification began. It completes it
 * when the role is proven by the next external ID and AWS refuses the one that it replaces.
 */
export function rotationOf(
  connection: Connection,
  { outcome, rotation }: Pick<VerificationReport, "outcome" | "rotation">,
  nextExternalIdDigest: string | null,
): Rotated | null {
  if (!rotation || connection.nextExternalIdDigest === null || connection.disconnectedAt !== null) return null;
  if (connection.nextExternalIdDigest !== nextExternalIdDigest) return null;
  const state = rotationState(rotation);
  const completed = outcome === "proven" && state === "complete" ? completedRotation(connection) : null;
  if (completed) return { state, known: completed, completed: true };
  return { state, known: rotation.inUse ? { nextAccepted: rotation.inUse === "next" } : {}, completed: false };
}

/** Keeps it beside the connection, whose columns are changed already. */
export async function keepRotation(
  transaction: Database,
  connection: Connection,
  { state, completed }: Rotated,
  { actor, at }: { actor: Actor; at: Date },
): Promise<void> {
  if (!completed) return noteRotation(transaction, connection, { seen: state, expired: false, at });
  await settleRotation(transaction, connection, "completed", { actor, at, encryptor });
}
