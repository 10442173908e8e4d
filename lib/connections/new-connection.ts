import "server-only";
import { z } from "zod";
import { db } from "@/lib/db";
import type { CustomerAccess } from "@/lib/tenancy/access";
import { defaultRegion } from "./regions";

const usualNames = ["Production", "Staging", "Development"];

/** What the first step suggests for a new connection, so that nothing has to be typed: a name that is not taken, and the Region. */
export async function suggestedConnection(access: CustomerAccess): Promise<{ name: string; region: string }> {
  const connections = await db.connection.findMany({
    where: { customerId: access.customer.id, status: { not: "disconnected" } },
    select: { name: true },
  });
  const taken = new Set(connections.map(({ name }) => name));
  const numbered = `AWS account ${connections.length + 1}`;
  return { name: usualNames.find((name) => !taken.has(name)) ?? numbered, region: defaultRegion() };
}

/** The connection that a request made before; null where it made none, or is no request. */
export async function connectionOfRequest(access: CustomerAccess, requestId: string): Promise<string | null> {
  if (!z.uuid().safeParse(requestId).success) return null;
  const made = await db.connection.findUnique({
    where: { customerId_requestId: { customerId: access.customer.id, requestId } },
    select: { id: true },
  });
  return made?.id ?? null;
}
