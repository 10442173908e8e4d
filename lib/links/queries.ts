import "server-only";
import { databaseTime } from "@/lib/database-time";
import { db } from "@/lib/db";
import { notFound } from "@/lib/errors";
import type { Link } from "@/lib/generated/prisma/client";
import type { CustomerAccess, StaffAccess } from "@/lib/tenancy/access";
import { idFrom } from "@/lib/tenancy/id-from";
import { connectionIdFrom, findOwnConnection } from "@/lib/tenancy/own-connection";
import { makersOf } from "./makers";
import type { LinkView, ProposedAccount } from "./schema";
import { linkStateOf } from "./state";

const linksAtOnce = 50;

/** A connection's links, newest first. @throws AppError `not-found` */
export async function listLinks(
  access: CustomerAccess,
  connectionId: string,
  now: Date = databaseTime(),
): Promise<LinkView[]> {
  const { id } = await findOwnConnection(access, connectionId);
  return list({ connectionId: id, customerId: access.customer.id }, "customer", now);
}

/** The same for staff, with the names of both sides. @throws AppError `not-found` for what is no ID */
export function listLinksForStaff(
  _access: StaffAccess,
  connectionId: string,
  now: Date = databaseTime(),
): Promise<LinkView[]> {
  return list({ connectionId: connectionIdFrom(connectionId) }, "staff", now);
}

/** One link of a connection. @throws AppError `not-found` */
export async function getLink(
  access: CustomerAccess,
  { connectionId, linkId }: { connectionId: string; linkId: string },
  now: Date = databaseTime(),
): Promise<LinkView> {
  const owner = { customerId: access.customer.id, connectionId: connectionIdFrom(connectionId) };
  const [link] = await list({ ...owner, id: idFrom(linkId, "link") }, "customer", now);
  if (!link) throw notFound("link");
  return link;
}

/** What of this connection an admin is to confirm, and where it came from; null where nothing is. @throws AppError `not-found` */
export async function proposedAccount(access: CustomerAccess, connectionId: string): Promise<ProposedAccount | null> {
  const connection = await findOwnConnection(access, connectionId);
  const { accountId, accountProposedAt, accountProposedById, customerId } = connection;
  if (accountId === null || accountProposedAt === null) return null;
  const link =
    accountProposedById &&
    (await db.link.findFirst({ where: { id: accountProposedById, customerId, connectionId: connection.id } }));
  return {
    accountId,
    proposedAt: accountProposedAt,
    roleWorks: connection.lastOutcome === "proven",
    link: link ? { madeBy: (await makersOf([link], "customer"))(link), createdAt: link.createdAt } : null,
  };
}

async function list(
  where: Partial<Pick<Link, "id" | "connectionId" | "customerId">>,
  reader: "customer" | "staff",
  now: Date,
): Promise<LinkView[]> {
  const links = await db.link.findMany({ where, orderBy: [{ createdAt: "desc" }, { id: "desc" }], take: linksAtOnce });
  const makerOf = await makersOf(links, reader);
  return links.map((link) => ({
    ...{ id: link.id, purpose: link.purpose, state: linkStateOf(link, now), madeBy: makerOf(link) },
    ...{ createdAt: link.createdAt, expiresAt: link.expiresAt },
    ...{ openedAt: link.openedAt, lastOpenedAt: link.lastOpenedAt, usedAt: link.usedAt },
  }));
}
