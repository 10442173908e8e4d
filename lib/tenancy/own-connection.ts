import "server-only";
import { z } from "zod";
import { type Database, db } from "@/lib/db";
import { notFound } from "@/lib/errors";
import type { Connection } from "@/lib/generated/prisma/client";
import type { CustomerAccess } from "./access";

/** A connection of this customer. Someone else's is not found. @throws AppError `not-found` */
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

/** Addresses hold what people type: an id that cannot be one belongs to no row. @throws AppError `not-found` */
export function connectionIdFrom(text: string): string {
  return idFrom(text, "connection");
}

export function idFrom(text: string, what: string): string {
  const parsed = z.uuid().safeParse(text);
  if (!parsed.success) throw notFound(what);
  return parsed.data;
}
