import "server-only";
import { db } from "@/lib/db";
import { notFound } from "@/lib/errors";
import type { Prisma } from "@/lib/generated/prisma/client";
import type { CustomerAccess, StaffAccess } from "@/lib/tenancy/access";
import type { CustomerView } from "./schema";

const columns = { reference: true, name: true, createdAt: true } satisfies Prisma.CustomerSelect;

export function getCustomer(access: CustomerAccess): Promise<CustomerView> {
  return db.customer.findUniqueOrThrow({ where: { id: access.customer.id }, select: columns });
}

/** @throws AppError `not-found` */
export async function customerByReference(_access: StaffAccess, reference: string): Promise<CustomerView> {
  const customer = await db.customer.findUnique({ where: { reference }, select: columns });
  if (!customer) throw notFound("customer");
  return customer;
}

/** A page of all customers, in the order of their references. */
export async function pageOfCustomers(
  _access: StaffAccess,
  { after, take }: { after?: string | undefined; take: number },
): Promise<{ rows: CustomerView[]; nextAfter: string | null }> {
  const rows = await db.customer.findMany({
    where: after === undefined ? {} : { reference: { gt: after } },
    select: columns,
    orderBy: { reference: "asc" },
    take: take + 1,
  });
  const shown = rows.slice(0, take);
  return { rows: shown, nextAfter: rows.length > take ? (shown.at(-1)?.reference ?? null) : null };
}
