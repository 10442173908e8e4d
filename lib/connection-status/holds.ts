import "server-only";
import type { Actor, ConnectionScope } from "@/lib/crossaccount";
import type { Database } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { changeFacts } from "./change-facts";
import { lockConnection } from "./lock-connection";

/** Whose hold it is. Customer and staff may both hold a connection, and each lifts its own hold alone. */
export type Holder = "customer" | "staff";

const columns = { customer: "heldByCustomerAt", staff: "heldByStaffAt" } as const;
const words = { customer: "the customer", staff: "the vendor's staff" } as const;

interface Held {
  by: Holder;
  actor: Actor;
  at: Date;
}

/** Pauses a connection; holding it twice changes nothing. @throws AppError `not-found` */
export async function hold(transaction: Database, owner: ConnectionScope, { by, actor, at }: Held): Promise<void> {
  const connection = await lockConnection(transaction, owner);
  if (!connection) throw notFound("connection");
  if (connection[columns[by]] !== null) return;
  const known = { [columns[by]]: at };
  await changeFacts(transaction, connection, { known, cause: `Paused by ${words[by]}.`, actor, at });
}

/** Lifts one hold; the connection stays paused while there is the other one. @throws AppError `not-found` */
export async function liftHold(transaction: Database, owner: ConnectionScope, { by, actor, at }: Held): Promise<void> {
  const connection = await lockConnection(transaction, owner);
  if (!connection) throw notFound("connection");
  if (connection[columns[by]] === null) return;
  const known = { [columns[by]]: null };
  await changeFacts(transaction, connection, { known, cause: `Resumed by ${words[by]}.`, actor, at });
}
