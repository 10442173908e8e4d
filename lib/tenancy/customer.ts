import "server-only";
import type { Database } from "@/lib/db";
import type { Customer } from "@/lib/generated/prisma/client";

/** The customer with the vendor's own reference, made when it is missing and then named by it. */
export async function ensureCustomer(database: Database, reference: string): Promise<Customer> {
  return database.customer.upsert({ where: { reference }, create: { reference, name: reference }, update: {} });
}

/** Makes transactions that count or bound something of the same customer go one after another. */
export async function lockCustomer(transaction: Database, customerId: string): Promise<void> {
  await transaction.$queryRaw`SELECT id FROM "Customer" WHERE id = ${customerId}::uuid FOR UPDATE`;
}
