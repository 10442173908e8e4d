import "server-only";
import { recordActivity } from "@/lib/activity-log/record-activity";
import { db } from "@/lib/db";
import type { CustomerAccess } from "@/lib/tenancy/access";
import { findOwnConnection } from "@/lib/tenancy/own-connection";
import { abandonVerifications } from "./abandon-verifications";

/** Stops the running verification, if there is one. The run notices with its next check, and its report no longer counts. */
export async function cancelVerification(access: CustomerAccess, connectionId: string, now: Date): Promise<void> {
  const customerId = access.customer.id;
  await findOwnConnection(access, connectionId);
  await db.$transaction(async (transaction) => {
    const ended = await abandonVerifications(transaction, { customerId, connectionId }, now);
    if (ended === 0) return;
    await recordActivity(transaction, {
      actor: access.actor,
      customerId,
      connectionId,
      action: "verification.cancelled",
    });
  });
}
