import "server-only";
import type { CustomerAccess } from "@/lib/auth/access";
import { type Database, db } from "@/lib/db";
import { AppError, notFound } from "@/lib/errors";
import type { Connection } from "@/lib/generated/prisma/client";
import { connectionIdFrom } from "./connection-id";

/** A connection of this customer. Somebody else's is not found. @throws AppError `not-found` */
export async function findOwnConnection(
  access: CustomerAccess,
  connectionId: string,
  database: Database = db,
): Promise<Connection> {
  const connection = await database.connection.findUnique({
    where: { id: connectionIdFrom(connectionId), customerId: access.customer.id },
  });
  if (!connection) throw notFound("connection");
  return connection;
}

/** Once a role was proven, the connection stays with it. @throws AppError `conflict` */
export function refuseProven(connection: Pick<Connection, "provenAt" | "status">): void {
  if (connection.provenAt === null && connection.status !== "disconnected") return;
  throw new AppError(
    "conflict",
    "The role of this connection was verified already, so it stays as it is. To connect another role or account, make a new connection.",
  );
}
