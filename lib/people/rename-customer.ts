import "server-only";
import { recordActivity } from "@/lib/activity-log/record-activity";
import { db } from "@/lib/db";
import type { CustomerAccess } from "@/lib/tenancy/access";

/** Its reference stays: that is what the vendor's code and identity provider know it by. */
export async function renameCustomer(access: CustomerAccess, name: string): Promise<void> {
  const { customer, actor } = access;
  const { id } = customer;
  await db.$transaction(async (transaction) => {
    const { count } = await transaction.customer.updateMany({ where: { id, name: { not: name } }, data: { name } });
    if (count === 0) return;
    await recordActivity(transaction, { actor, customerId: id, action: "customer.renamed", detail: { name } });
  });
}
