import { describe, expect, test } from "vitest";
import type { StoredConnection } from "../types";
import { createMemoryStorage } from "./memory-storage";

function connection(change: Partial<StoredConnection> = {}): StoredConnection {
  return {
    customerId: "c1",
    connectionId: "k1",
    accountId: null,
    roleArn: null,
    externalId: Uint8Array.of(1, 2, 3),
    region: "us-east-1",
    status: "pending",
    ...change,
  };
}

describe("memory storage", () => {
  test("keeps a connection for its customer alone", async () => {
    const storage = createMemoryStorage();
    await storage.put(connection());
    expect(await storage.get("c1", "k1")).toEqual(connection());
    expect(await storage.get("c2", "k1")).toBeNull();
    expect(await storage.list("c2")).toEqual([]);

    await storage.delete("c2", "k1");
    expect(await storage.list("c1")).toHaveLength(1);
    await storage.delete("c1", "k1");
    expect(await storage.get("c1", "k1")).toBeNull();
  });

  test("replaces, and is not changed through what it was given or gave", async () => {
    const storage = createMemoryStorage();
    const given = connection();
    await storage.put(given);
    await storage.put(connection({ status: "active" }));
    given.status = "insecure";
    const got = await storage.get("c1", "k1");
    expect(got?.status).toBe("active");
    got?.externalId.fill(0);
    expect((await storage.get("c1", "k1"))?.externalId).toEqual(Uint8Array.of(1, 2, 3));
  });

  test("exchanges external IDs once, for its customer alone, and keeps the next one when the record is replaced", async () => {
    const storage = createMemoryStorage();
    await storage.put(connection());
    const [externalId, nextExternalId, other] = [Uint8Array.of(1, 2, 3), Uint8Array.of(4), Uint8Array.of(5)];
    const exchange = (customerId: string, next: Uint8Array) =>
      storage.exchangeExternalIds?.(
        { customerId, connectionId: "k1" },
        { externalId, nextExternalId: null },
        { externalId, nextExternalId: next, nextAccepted: false },
      );
    expect(await exchange("c2", other)).toBe(false);
    expect(await exchange("c1", nextExternalId)).toBe(true);
    expect(await exchange("c1", other)).toBe(false);
    await storage.put(connection({ status: "active", nextExternalId: null }));
    expect(await storage.get("c1", "k1")).toMatchObject({ status: "active", externalId, nextExternalId });
  });
});
