import "server-only";
import { z } from "zod";
import type { Actor, ActorType } from "@/lib/crossaccount";
import { db } from "@/lib/db";

export interface OwnedActor extends Actor {
  /** Whose row it acted on. */
  customerId: string;
}

/** Names of persons who acted, as far as the reader may know them: customers are told those of their own people alone. */
export async function actorNames(
  actors: readonly OwnedActor[],
  reader: "customer" | "staff",
): Promise<(actor: OwnedActor) => string | null> {
  const named: ActorType[] = reader === "staff" ? ["customer", "staff"] : ["customer"];
  const ids = actors
    .filter(({ type, id }) => named.includes(type) && z.uuid().safeParse(id).success)
    .map(({ id }) => id);
  const people =
    ids.length === 0
      ? []
      : await db.user.findMany({
          where: { id: { in: [...new Set(ids)] } },
          select: { id: true, name: true, email: true, memberships: { select: { customerId: true } } },
        });
  return ({ type, id, customerId }) => {
    if (!named.includes(type)) return null;
    const person = people.find((one) => one.id === id);
    const isKnown = reader === "staff" || person?.memberships.some((one) => one.customerId === customerId);
    return isKnown ? (person?.name ?? person?.email ?? null) : null;
  };
}
