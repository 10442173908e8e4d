import "server-only";
import type { Actor } from "@/lib/crossaccount";
import { allowedTransitions, type ConnectionStatus, statusFrom } from "@/lib/crossaccount/status";
import type { Database } from "@/lib/db";
import { emitEvents } from "@/lib/events/emit-events";
import type { Connection } from "@/lib/generated/prisma/client";
import { eventsOfChange } from "./events-of-change";
import { factsOfRow } from "./facts";
import { reachLinks } from "./reach-links";

/** What else of a connection may change with what is known of it. Its status is not: it follows. */
type Known = Omit<
  Connection,
  "id" | "customerId" | "status" | "statusChangedAt" | "createdAt" | "updatedAt" | "createdById" | "requestId"
>;

export interface FactsChange {
  known: Partial<Known>;
  /** Why, for the history, should the status change. */
  cause: string | ((to: ConnectionStatus) => string);
  actor: Actor;
  at: Date;
}

/**
 * The one writer of a status: keeps what became known of a connection, and with it the status that follows, when it changed, a row
 * of the history, which links are done, and what the vendor's code is told. To be called with a connection that `lockConnection` gave in the same transaction.
 */
export async function changeFacts(
  transaction: Database,
  connection: Connection,
  { known, cause, actor, at }: FactsChange,
): Promise<ConnectionStatus> {
  const { id, customerId, status: from } = connection;
  const to = statusFrom(factsOfRow({ ...connection, ...known }));
  const changes = to !== from;
  if (changes && !allowedTransitions[from].includes(to))
    throw new Error(`A connection cannot become ${to} from ${from}.`);
  const { count } = await transaction.connection.updateMany({
    where: { id, customerId, status: from },
    data: { ...known, ...(changes && { status: to, statusChangedAt: at }) },
  });
  if (count === 0) throw new Error("The status of a connection changed although its row was locked.");
  const changed = { ...connection, ...known, status: to };
  await reachLinks(transaction, connection, changed, at);
  await emitEvents(transaction, { customerId, connectionId: id, at }, eventsOfChange(connection, changed));
  if (!changes) return to;
  await transaction.connectionStatusChange.create({
    data: {
      ...{ connectionId: id, customerId, from, to, at },
      cause: typeof cause === "string" ? cause : cause(to),
      actorType: actor.type,
      actorId: actor.id,
    },
  });
  return to;
}
