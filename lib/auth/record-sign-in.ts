import "server-only";
import { emitEvents } from "@/lib/events/emit-events";
import { memberAdded, memberRemoved } from "@/lib/events/member-events";
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
    const userId = user.id;
    const customersOf = async () => {
      const memberships = await transaction.membership.findMany({ where: { userId }, select: { customerId: true } });
      return new Set(memberships.map(({ customerId }) => customerId));
    };
    const before = await customersOf();
    const claimed = [];
    for (const { reference, role } of customers) {
      const { customer, isNew } = await ensureCustomer(transaction, reference);
      const customerId = customer.id;
      if (isNew) await emitEvents(transaction, { customerId, at: now }, [{ type: "customer.created" }]);
      const key = { userId, customerId, source: "claim" } as const;
      await transaction.membership.upsert({
        where: { userId_customerId_source: key },
        create: { ...key, role },
        update: { role },
      });
      claimed.push(customerId);
      if (!before.has(customerId))
        await emitEvents(transaction, { customerId, at: now }, [memberAdded({ userId, role })]);
    }
    const { count } = await transaction.membership.deleteMany({
      where: { userId, source: "claim", customerId: { notIn: claimed } },
    });
    if (count > 0) {
      const after = await customersOf();
      for (const customerId of before)
        if (!after.has(customerId)) await emitEvents(transaction, { customerId, at: now }, [memberRemoved(userId)]);
    }
    return { user, membershipsEnded: count };
  });
}
