import "server-only";
import { z } from "zod";
import type { ActorType } from "@/lib/crossaccount";
import { db } from "@/lib/db";
import type { AccessLogEntry } from "@/lib/generated/prisma/client";
import { actorTypes, type Outcome, outcomes, sources } from "./kinds";
import type { AccessLogEntryView } from "./schema";

/** Names of the customer's own people only: a customer is not told who of the vendor's staff it was. */
export async function viewsForCustomer(
  customerId: string,
  rows: readonly AccessLogEntry[],
): Promise<AccessLogEntryView[]> {
  const ids = personIds(rows, ["customer"]);
  const people =
    ids.length === 0
      ? []
      : await db.user.findMany({
          where: { id: { in: ids }, memberships: { some: { customerId } } },
          select: { id: true, name: true, email: true },
        });
  return rows.map((row) => viewOf(row, people));
}

export async function viewsForStaff(rows: readonly AccessLogEntry[]): Promise<AccessLogEntryView[]> {
  const people = await db.user.findMany({
    where: { id: { in: personIds(rows, ["customer", "staff"]) } },
    select: { id: true, name: true, email: true },
  });
  return rows.map((row) => viewOf(row, people));
}

function personIds(rows: readonly AccessLogEntry[], types: readonly ActorType[]): string[] {
  const ids = rows.filter(({ actorType }) => types.some((type) => type === actorType)).map(({ actorId }) => actorId);
  return [...new Set(ids)].filter((id) => z.uuid().safeParse(id).success);
}

function viewOf(
  row: AccessLogEntry,
  people: readonly { id: string; name: string | null; email: string | null }[],
): AccessLogEntryView {
  const type = oneOf<ActorType>(actorTypes, row.actorType);
  const isPerson = type === "customer" || type === "staff";
  const person = isPerson ? people.find(({ id }) => id === row.actorId) : undefined;
  const { id, connectionId, sequence, at, probe, purpose, sessionName, region, requestId, errorCode } = row;
  return {
    ...{ id, connectionId, sequence, at, probe, purpose, sessionName, region, requestId, errorCode },
    outcome: oneOf<Outcome>(outcomes, row.outcome),
    source: row.source === null ? null : oneOf(sources, row.source),
    actor: { type, id: row.actorId, name: person?.name ?? person?.email ?? null },
    latencyMs: row.latencyMs,
    expiresAt: row.expiresAt,
  };
}

function oneOf<T extends string>(known: readonly T[], text: string): T {
  const found = known.find((value) => value === text);
  if (found !== undefined) return found;
  throw new Error("The access log has a word that this version does not know.");
}
