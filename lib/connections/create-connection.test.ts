import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { member, newConnection } from "@/dev/testing/fixtures";
import { config } from "@/lib/config";
import { db } from "@/lib/db";
import { createConnection } from "./create-connection";
import { getConnection, listConnections } from "./queries";

const input = () => ({ name: "Production", region: "us-east-1", requestId: randomUUID() });

describe("a new connection", () => {
  test("has an external ID of its own, kept encrypted, and waits for its stack", async () => {
    const access = await member();
    const { connectionId } = await createConnection(access, input());
    const connection = await getConnection(access, connectionId);
    expect(connection.externalId).toMatch(new RegExp(`^${config.externalIdPrefix}-[0-9a-f]{32}$`));
    expect(connection).toMatchObject({ status: "pending", nextStep: "launch", partition: "aws", accountId: null });
    const row = await db.connection.findUniqueOrThrow({ where: { id: connectionId } });
    expect(Buffer.from(row.externalIdCiphertext).toString("latin1")).not.toContain(connection.externalId);
    expect(JSON.stringify({ ...row, externalIdCiphertext: null })).not.toContain(connection.externalId);
  });

  test("is one, however often its form is sent at once", async () => {
    const access = await member();
    const form = input();
    const made = await Promise.all(Array.from({ length: 5 }, () => createConnection(access, form)));
    expect(new Set(made.map(({ connectionId }) => connectionId)).size).toBe(1);
    expect(await listConnections(access)).toHaveLength(1);
  });

  test("of one customer is not found by the request of another", async () => {
    const form = input();
    const [one, two] = [await member(), await member()];
    const ids = [await createConnection(one, form), await createConnection(two, form)];
    expect(ids[0]?.connectionId).not.toBe(ids[1]?.connectionId);
  });

  test("keeps the features that were chosen, and takes none that the vendor does not offer", async () => {
    const access = await member();
    const { connectionId } = await createConnection(access, input());
    const offered = config.features.filter((feature) => feature.default).map(({ id }) => id);
    expect((await getConnection(access, connectionId)).features).toEqual(offered);
    const unknown = createConnection(access, { ...input(), features: ["Unknown"] });
    await expect(unknown).rejects.toMatchObject({ code: "invalid-input" });
  });

  test("never shares external ID, role name or stack name", async () => {
    const access = await member();
    const rows = [await newConnection(access), await newConnection(access)];
    for (const column of ["externalIdDigest", "roleName", "stackName"] as const) {
      expect(new Set(rows.map((row) => row[column])).size).toBe(2);
    }
  });

  test("decides its partition by its region", async () => {
    const access = await member();
    const { connectionId } = await createConnection(access, { ...input(), region: "us-gov-west-1" });
    expect(await getConnection(access, connectionId)).toMatchObject({ partition: "aws-us-gov" });
  });

  test.each(["eusc-de-east-1", "moon-1", "us-east-1 "])(
    "is refused in %j, which the vendor does not serve",
    async (region) => {
      const access = await member();
      await expect(createConnection(access, { ...input(), region })).rejects.toMatchObject({
        code: "invalid-input",
        fields: { region: expect.stringContaining("does not serve") as string },
      });
      expect(await listConnections(access)).toEqual([]);
    },
  );

  test("is refused while too many are unfinished, even when they are asked for at once", async () => {
    const access = await member();
    const results = await Promise.allSettled(Array.from({ length: 24 }, () => createConnection(access, input())));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(20);
    await expect(createConnection(access, input())).rejects.toMatchObject({ code: "conflict" });
    await expect(createConnection(await member(), input())).resolves.toBeDefined();
  });

  test("that turned out insecure or broken before it was ever proven counts as unfinished", async () => {
    const access = await member();
    for (let made = 0; made < 20; made += 1) {
      const { connectionId } = await createConnection(access, input());
      await db.connection.update({
        where: { id: connectionId },
        data: { status: made % 2 ? "insecure" : "broken", lastOutcome: "insecure" },
      });
    }
    await expect(createConnection(access, input())).rejects.toMatchObject({ code: "conflict" });
  });
});
