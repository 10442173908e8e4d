import { db } from "@/lib/db";

/** One row read, and one insert committed. */
export async function POST(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const { id } = await params;
  const { customerId, name } = await db.connection.findUniqueOrThrow({ where: { id } });
  const entry = { actorType: "system", actorId: "bench", action: "bench", customerId, connectionId: id };
  await db.$transaction((transaction) => transaction.activityLogEntry.create({ data: entry }));
  return Response.json({ id, name });
}
