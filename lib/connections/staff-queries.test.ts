import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { member, newConnection, roleArnIn, staffMember } from "@/dev/testing/fixtures";
import { db } from "@/lib/db";
import { getConnection } from "./queries";
import { getConnectionForStaff, listConnectionsForStaff } from "./staff-queries";
import { submitRole } from "./submit-role";

describe("what staff see", () => {
  test("is every customer's connections, a page at a time, each once", async () => {
    const staff = await staffMember();
    for (let customer = 0; customer < 6; customer += 1) {
      const access = await member();
      for (let count = 0; count < 18; count += 1) await newConnection(access);
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listConnectionsForStaff(staff, { cursor });
      seen.push(...page.rows.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toHaveLength(await db.connection.count());
    expect(new Set(seen).size).toBe(seen.length);
  });

  test("begins at the first page when the address names a place that is none", async () => {
    const staff = await staffMember();
    await newConnection(await member());
    const first = await listConnectionsForStaff(staff);
    for (const cursor of [
      "x",
      `2026-01-01T00:00:00.000Z_${"-".repeat(36)}`,
      `2026-99-99T00:00:00.000Z_${randomUUID()}`,
    ])
      expect((await listConnectionsForStaff(staff, { cursor })).rows).toEqual(first.rows);
  });

  test("can be searched by name, customer and account, and narrowed to a status", async () => {
    const [staff, access] = [await staffMember(), await member()];
    const connection = await newConnection(access, "Warehouse 50% off_");
    await submitRole(access, { connectionId: connection.id, roleArn: roleArnIn("777788889999", connection) });
    const found = async (search: string, status?: "pending" | "active") =>
      (await listConnectionsForStaff(staff, { search, status })).rows.map(({ id }) => id);
    for (const search of [
      "warehouse 50%",
      access.customer.reference,
      "7777-8888",
      "  777788889999 ",
      "7777 8888 9999",
    ]) {
      expect(await found(search)).toEqual([connection.id]);
    }
    expect(await found("warehouse 50%", "pending")).toEqual([connection.id]);
    expect(await found("warehouse 50%", "active")).toEqual([]);
    for (const search of ["%' OR 1=1 --", "warehouse 50_", "warehouse%off"]) expect(await found(search)).toEqual([]);
    for (const search of ["% off_", "%"]) expect(await found(search)).toEqual([connection.id]);
    expect(await found("ware\0house 50%")).toEqual([connection.id]);
    const { counts } = await listConnectionsForStaff(staff, { search: "nothing at all" });
    expect(counts.pending).toBe(await db.connection.count({ where: { status: "pending" } }));
  });

  test("of one connection is everything but its external ID", async () => {
    const [staff, access] = [await staffMember(), await member()];
    const connection = await newConnection(access);
    const { externalId } = await getConnection(access, connection.id);
    const seen = await getConnectionForStaff(staff, connection.id);
    expect(seen).toMatchObject({ id: connection.id, status: "pending", customerName: access.customer.name });
    const list = await listConnectionsForStaff(staff, { search: access.customer.reference });
    expect(JSON.stringify([seen, list])).not.toContain(externalId);
    await expect(getConnectionForStaff(staff, randomUUID())).rejects.toMatchObject({ code: "not-found" });
  });
});
