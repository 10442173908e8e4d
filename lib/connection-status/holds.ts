import "server-only";
import type { Actor, ConnectionScope } from "@/lib/crossaccount";
import type { Database } from "@/lib/db";
import { AppError, notFound } from "@/lib/errors";
import type { Connection } from "@/lib/generated/prisma/client";
import { changeFacts, type FactsChange } from "./change-facts";
import { lockConnection } from "./lock-connection";

/** Whose hold it is. Customer and staff may both hold a connection, and each lifts its own hold alone. */
export type Holder = "customer" | "staff";

const columns = {
  customer: { at: "heldByCustomerAt", type: "customerHoldByType", id: "customerHoldById" },
  staff: { at: "heldByStaffAt", type: "staffHoldByType", id: "staffHoldById" },
} as const;
const words = { customer: "the customer", staff: "the vendor's staff" } as const;
/** Keys are made by the vendor, also those for one customer, so the history tells them from people. */
const wordsOfKeys = { customer: "an API key for the customer", staff: "an API key of the vendor" } as const;

interface Held {
  by: Holder;
  actor: Actor;
  at: Date;
}

/**
 * Pauses a connection; holding it twice changes nothing. Whether it was not held before.
 * @throws AppError `not-found`, `conflict` for one that has ended
 */
export async function hold(transaction: Database, owner: ConnectionScope, { by, actor, at }: Held): Promise<boolean> {
  const connection = await lockConnection(transaction, owner);
  if (!connection) throw notFound("connection");
  const { at: since, type, id } = columns[by];
  if (connection.disconnectedAt !== null)
    throw new AppError("conflict", "This connection has ended for good, so it is not used. There is nothing to pause.");
  if (connection[since] !== null) return false;
  const known = { [since]: at, [type]: actor.type, [id]: actor.id };
  await change(transaction, connection, { known, cause: `Paused by ${wordsFor(by, actor)}.`, actor, at });
  return true;
}

/**
 * Lifts one hold; the connection stays paused while there is the other one. Whether there was one to lift. What a person paused, no
 * API key resumes.
 * @throws AppError `not-found`, `conflict` for one that has ended, and for a key where a person paused
 */
export async function liftHold(
  transaction: Database,
  owner: ConnectionScope,
  { by, actor, at }: Held,
): Promise<boolean> {
  const connection = await lockConnection(transaction, owner);
  if (!connection) throw notFound("connection");
  const { at: since, type, id } = columns[by];
  if (connection.disconnectedAt !== null)
    throw new AppError("conflict", "This connection has ended for good and cannot be resumed. Create a new one.");
  if (connection[since] === null) return false;
  if (actor.type === "api-key" && connection[type] !== "api-key")
    throw new AppError(
      "conflict",
      "A person paused this connection, so no API key resumes it: a person does, in the portal.",
    );
  const known = { [since]: null, [type]: null, [id]: null };
  const isHeldByOther = connection[columns[by === "staff" ? "customer" : "staff"].at] !== null;
  const cause = isHeldByOther
    ? `Resumed by ${wordsFor(by, actor)}, and still paused by ${words[by === "staff" ? "customer" : "staff"]}.`
    : `Resumed by ${wordsFor(by, actor)}.`;
  await change(transaction, connection, { known, cause, actor, at });
  return true;
}

function wordsFor(by: Holder, { type }: Actor): string {
  return (type === "api-key" ? wordsOfKeys : words)[by];
}

/** A hold beside another one changes no status, and is in the history all the same. */
async function change(
  transaction: Database,
  connection: Connection,
  facts: FactsChange & { cause: string },
): Promise<void> {
  const { id: connectionId, customerId, status: from } = connection;
  const to = await changeFacts(transaction, connection, facts);
  if (to !== from) return;
  const { cause, actor, at } = facts;
  await transaction.connectionStatusChange.create({
    data: { ...{ connectionId, customerId, from, to, cause, at }, actorType: actor.type, actorId: actor.id },
  });
}
