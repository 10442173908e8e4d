import { db } from "@/lib/db";

/**
 * Gives this test's database, or its role there, another time zone; null takes it back. What is connected keeps the zone that
 * it has, so all connections are made again.
 */
export async function setDatabaseZone(zone: string | null, whose: "database" | "role" = "database"): Promise<void> {
  const [place] = await db.$queryRaw<{ sql: string }[]>`
    SELECT CASE WHEN ${whose} = 'role' THEN format('ROLE %I IN DATABASE %I', current_user, current_database())
      ELSE format('DATABASE %I', current_database()) END AS sql`;
  await db.$executeRawUnsafe(`ALTER ${place?.sql} ${zone ? `SET timezone TO '${zone}'` : "RESET timezone"}`);
  await db.$disconnect();
}
