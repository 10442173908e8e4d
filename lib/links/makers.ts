import "server-only";
import { z } from "zod";
import { ACTOR_TYPES, type ActorType } from "@/lib/crossaccount";
import { db } from "@/lib/db";
import type { Link } from "@/lib/generated/prisma/client";
import type { LinkView } from "./schema";

type Maker = LinkView["madeBy"];
type MadeBy = Pick<Link, "createdByType" | "createdById" | "customerId">;

/** Who made a link, as far as the reader may know: customers are told the names of their own people alone. */
export async function makersOf(
  links: readonly MadeBy[],
  reader: "customer" | "staff",
): Promise<(link: MadeBy) => Maker> {
  const named: ActorType[] = reader === "staff" ? ["customer", "staff"] : ["customer"];
  const persons = links.filter(({ createdByType }) => named.some((type) => type === createdByType));
  const ids = [...new Set(persons.map(({ createdById }) => createdById))].filter(
    (id) => z.uuid().safeParse(id).success,
  );
  const people =
    ids.length === 0
      ? []
      : await db.user.findMany({
          where: { id: { in: ids } },
          select: { id: true, name: true, email: true, memberships: { select: { customerId: true } } },
        });
  return ({ createdByType, createdById, customerId }) => {
    const type = ACTOR_TYPES.find((known) => known === createdByType) ?? "system";
    if (!named.includes(type)) return { type, name: null };
    const person = people.find(({ id }) => id === createdById);
    const isKnown = reader === "staff" || person?.memberships.some((one) => one.customerId === customerId);
    return { type, name: isKnown ? (person?.name ?? person?.email ?? null) : null };
  };
}
