import "server-only";
import type { Database } from "@/lib/db";
import type { EventType } from "./types";

export interface NewEvent {
  type: EventType;
  /** Facts for a program, in snake_case: IDs, a status before and after. Never a secret, an external ID or an ARN. */
  data?: Record<string, string>;
}

interface Happened {
  customerId: string;
  connectionId?: string;
  at: Date;
}

/**
 * Writes what happened in the transaction in which it does: neither is ever there without the other. The database numbers it as the
 * transaction commits, so that whoever reads on from a number misses nothing.
 */
export async function emitEvents(
  transaction: Database,
  { customerId, connectionId, at }: Happened,
  events: readonly NewEvent[],
): Promise<void> {
  if (events.length === 0) return;
  await transaction.event.createMany({
    data: events.map(({ type, data = {} }) => ({
      type,
      data,
      customerId,
      connectionId: connectionId ?? null,
      createdAt: at,
    })),
  });
}
