import "server-only";
import { cache } from "react";
import { type Database, db } from "@/lib/db";
import { notFound } from "@/lib/errors";
import type { Connection } from "@/lib/generated/prisma/client";
import type { CustomerAccess } from "./access";
import { idFrom } from "./id-from";

/** A connection of this customer. Someone else's is not found. @throws AppError `not-found` */
export async function findOwnConnection(
  access: CustomerAccess,
  connectionId: string,
  database?: Database,
): Promise<Connection> {
  const id = connectionIdFrom(connectionId);
  const connection = database ? await read(id, access.customer.id, database) : await readOnce(id, access.customer.id);
  if (!connection) throw notFound("connection");
  return connection;
}

function read(id: string, customerId: string, database: Database): Promise<Connection | null> {
  return database.connection.findUnique({ where: { id, customerId } });
}

/** While one page is made, whose parts all ask for it; anew at each call elsewhere. */
const readOnce = cache((id: string, customerId: string) => read(id, customerId, db));

/** @throws AppError `not-found` */
export function connectionIdFrom(text: string): string {
  return idFrom(text, "connection");
}
