import "server-only";
import { ACTOR_TYPES } from "@/lib/crossaccount";
import type { Link } from "@/lib/generated/prisma/client";
import { actorNames } from "@/lib/tenancy/actor-names";
import type { LinkView } from "./schema";

type MadeBy = Pick<Link, "createdByType" | "createdById" | "customerId">;

/** Who made a link, as far as the reader may know. */
export async function makersOf(
  links: readonly MadeBy[],
  reader: "customer" | "staff",
): Promise<(link: MadeBy) => LinkView["madeBy"]> {
  const nameOf = await actorNames(links.map(actorOf), reader);
  return (link) => ({ type: actorOf(link).type, name: nameOf(actorOf(link)) });
}

function actorOf({ createdByType, createdById: id, customerId }: MadeBy) {
  return { type: ACTOR_TYPES.find((known) => known === createdByType) ?? ("system" as const), id, customerId };
}
