import "server-only";
import type { Database } from "@/lib/db";
import type { Customer } from "@/lib/generated/prisma/client";

/** The customer with the vendor's own reference, made when it is missing and then named by it. Whether this made it. */
export async function ensureCustomer(
  transaction: Database,
  reference: string,
): Promise<{ customer: Customer; isNew: boolean }> {
  const known = await transaction.customer.findUnique({ where: { reference } });
  if (known) return { customer: known, isNew: false };
  const [made] = await transaction.customer.createManyAndReturn({
    data: { reference, name: reference },
    skipDuplicates: true,
  });
  if (made) return { customer: made, isNew: true };
  // Another made it at the same moment.
  return { customer: await transaction.customer.findUniqueOrThrow({ where: { reference } }), isNew: false };
}

/** Makes transactions that count or bound something of the same customer go one after another, and holds up none that only adds to it. */
export async function lockCustomer(transaction: Database, customerId: string): Promise<void> {
  await transaction.$queryRaw`SELECT id FROM "Customer" WHERE id = ${customerId}::uuid FOR NO KEY UPDATE`;
}
