import "server-only";
import type { PrismaClient, User } from "@/lib/generated/prisma/client";
import { ensureCustomer } from "@/lib/tenancy/customer";
import type { PersonClaims } from "./claims";

export interface RecordedSignIn {
  user: User;
  /** How many memberships by the claim ended with this sign-in. */
  membershipsEnded: number;
}

/**
 * Brings what we know of a person up to date with what the provider says now: name, e-mail, groups, and the memberships
 * that come from the claim. Those that are no longer claimed go; those that came by invitation stay.
 */
export async function recordSignIn(
  database: PrismaClient,
  { issuer, subject, customers, ...facts }: PersonClaims,
  now: Date,
): Promise<RecordedSignIn> {
  return database.$transaction(async (transaction) => {
    const user = await transaction.user.upsert({
      where: { issuer_subject: { issuer, subject } },
      create: { issuer, subject, ...facts, lastSignInAt: now },
      update: { ...facts, lastSignInAt: now },
    });
    const claimed = [];
    for (const { reference, role } of customers) {
      const customer = await ensureCustomer(transaction, reference);
      const key = { userId: user.id, customerId: customer.id, source: "claim" } as const;
      await transaction.membership.upsert({
        where: { userId_customerId_source: key },
        create: { ...key, role },
        update: { role },
      });
      claimed.push(customer.id);
    }
    const { count } = await transaction.membership.deleteMany({
      where: { userId: user.id, source: "claim", customerId: { notIn: claimed } },
    });
    return { user, membershipsEnded: count };
  });
}
