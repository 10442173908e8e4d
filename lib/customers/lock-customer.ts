import "server-only";
import type { Database } from "@/lib/db";

/** Makes transactions that count or bound something of the same customer go one after another. */
export async function lockCustomer(transaction: Database, customerId: string): Promise<void> {
  await transaction.$queryRaw`SELECT id FROM "Customer" WHERE id = ${customerId}::uuid FOR UPDATE`;
}
