import { db } from "@/lib/db";

/** One query for the row. */
export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const { id } = await params;
  return Response.json(
    await db.connection.findUnique({ where: { id }, select: { id: true, name: true, status: true } }),
  );
}
