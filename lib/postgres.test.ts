import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { poolerWithoutZones } from "@/dev/testing/pooler";
import type { TestProxy } from "@/dev/testing/proxy";
import { setDatabaseZone } from "@/dev/testing/time-zone";
import { connect, newListeningClient } from "@/lib/db";
import { env } from "@/lib/env";
import { startQueue } from "@/lib/jobs/queue";
import { migrate } from "@/prisma/apply-migrations";
import { defaultZone, UtcClient } from "./postgres";

async function zoneOf(client: Pick<UtcClient, "connect" | "query" | "end">): Promise<unknown> {
  await client.connect();
  const { rows } = await client.query("SHOW TimeZone");
  await client.end();
  return rows[0];
}

const refusal = /time zone Asia\/Tokyo, although UTC was asked for.*ALTER ROLE/s;

describe("where the database's zone is another, a session is in UTC", () => {
  beforeAll(() => setDatabaseZone("Asia/Tokyo"));
  afterAll(() => setDatabaseZone(null));

  test.each([
    ["of a client", () => new UtcClient({ connectionString: env.DATABASE_URL })],
    ["of a client that hears of changes", newListeningClient],
    [
      "of a client whose address asks for another zone",
      () =>
        new UtcClient({
          connectionString: `${env.DATABASE_URL}?options=${encodeURIComponent("-c TimeZone=Asia/Tokyo")}`,
        }),
    ],
  ])("%s", async (_whose, newClient) => {
    expect(await zoneOf(newClient())).toEqual({ TimeZone: "UTC" });
  });

  test("of the pool", async () => {
    const database = connect({ connectionString: env.DATABASE_URL });
    expect(await database.$queryRaw`SHOW TimeZone`).toEqual([{ TimeZone: "UTC" }]);
    await database.$disconnect();
  });
});

describe("behind a pooler that keeps the zone from the database", () => {
  let pooler: TestProxy;
  beforeAll(async () => {
    pooler = await poolerWithoutZones(env.DATABASE_URL);
  });
  afterAll(async () => {
    await setDatabaseZone(null);
    await pooler.close();
  });

  test("nothing is read or written in another zone, and the message says what to do", async () => {
    await setDatabaseZone("Asia/Tokyo");
    expect(await defaultZone(pooler.url)).toBe("Asia/Tokyo");
    await expect(zoneOf(new UtcClient({ connectionString: pooler.url }))).rejects.toThrow(refusal);
    const database = connect({ connectionString: pooler.url });
    await expect(database.user.count()).rejects.toThrow(refusal);
    await expect(database.$transaction((transaction) => transaction.user.count())).rejects.toThrow(refusal);
    await database.$disconnect();
    await expect(startQueue({ connectionString: pooler.url, database, onError: () => {} })).rejects.toThrow(refusal);
    await expect(migrate(pooler.url)).rejects.toThrow(refusal);
  });

  test.each(["UTC", "Etc/UTC", "GMT"])(
    "everything works once the database's own zone is UTC by the name of %s",
    async (zone) => {
      await setDatabaseZone(zone);
      const database = connect({ connectionString: pooler.url });
      expect(await database.user.count()).toBe(0);
      await database.$disconnect();
    },
  );
});
