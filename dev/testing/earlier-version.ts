import { PrismaPg } from "@prisma/adapter-pg";
import { env } from "@/lib/env";
import { PrismaClient } from "@/lib/generated/prisma/client";

/** The database as earlier versions wrote and read it, which did not ask for UTC: in the zone of the session. */
export async function asEarlierVersion<T>(zone: string, work: (database: PrismaClient) => Promise<T>): Promise<T> {
  const database = new PrismaClient({
    adapter: new PrismaPg({ connectionString: env.DATABASE_URL, max: 2, options: `-c TimeZone=${zone}` }),
  });
  try {
    return await work(database);
  } finally {
    await database.$disconnect();
  }
}
