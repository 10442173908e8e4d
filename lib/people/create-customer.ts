import "server-only";
import { recordActivity } from "@/lib/activity-log/record-activity";
import { databaseTime } from "@/lib/database-time";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { emitEvents } from "@/lib/events/emit-events";
import { isDuplicate } from "@/lib/prisma-errors";
import type { StaffAccess } from "@/lib/tenancy/access";

/** Makes a customer before any of its people come. @throws AppError `conflict` for a reference that is taken */
export async function createCustomer(
  access: StaffAccess,
  { reference, name }: { reference: string; name: string },
): Promise<{ id: string }> {
  try {
    return await db.$transaction(async (transaction) => {
      const { id } = await transaction.customer.create({ data: { reference, name } });
      await recordActivity(transaction, {
        actor: access.actor,
        action: "customer.created",
        detail: { customerId: id, name },
      });
      await emitEvents(transaction, { customerId: id, at: databaseTime() }, [{ type: "customer.created" }]);
      return { id };
    });
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    const message = "There is a customer with this reference already. Read it, or change its name.";
    throw new AppError("conflict", message, { cause: error, fields: { customer: message } });
  }
}
