import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import * as nowhere from "@/app/api/v1/[...path]/route";
import * as one from "@/app/api/v1/connections/[id]/route";
import * as connections from "@/app/api/v1/connections/route";
import { member, staffMember } from "@/dev/testing/fixtures";
import { plansOf } from "@/dev/testing/query-plans";
import { createApiKey } from "@/lib/api-keys/create-api-key";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import type { StaffAccess } from "@/lib/tenancy/access";
import type { Handler } from "./endpoint";
import { flushRequests, purgeRequests } from "./request-log";
import { keyUse, listApiRequests } from "./request-queries";

const by = { database: db, actor: { type: "system", id: "test" } } as const;
const newKey = (customer?: string) =>
  createApiKey(by, { name: "Test", scopes: ["connections:read"], customer, days: 1 }, new Date());

let staff: StaffAccess;
let key: { id: string; key: string };
beforeAll(async () => {
  staff = await staffMember();
  key = await newKey();
});
beforeEach(() => db.apiRequest.deleteMany());

async function ask(
  handler: Handler,
  path: string,
  { method = "GET", params = {}, authorization = `Bearer ${key.key}` }: Asked = {},
): Promise<string> {
  const request = new Request(`http://localhost:3000/api/v1/${path}`, { method, headers: { authorization } });
  const response = await handler(request, { params: Promise.resolve(params) });
  await response.text();
  return response.headers.get("x-request-id") ?? "";
}
interface Asked {
  method?: string;
  params?: Record<string, string>;
  authorization?: string;
}

describe("what is kept of a request", () => {
  test("is found by its ID: method, path, status, time, key and code, and neither query nor body", async () => {
    const id = randomUUID();
    const answered = await ask(connections.GET, "connections?q=what-was-searched&limit=5");
    const refused = await ask(one.PATCH, `connections/${id}?secret=x`, { method: "PATCH", params: { id } });
    await flushRequests();
    const [shown] = (await listApiRequests(staff, { requestId: answered })).rows;
    expect(shown).toMatchObject({
      ...{ id: answered, method: "GET", path: "/api/v1/connections", status: 200, code: null },
      key: { id: key.id, name: "Test" },
    });
    expect(shown?.milliseconds).toBeGreaterThanOrEqual(0);
    expect((await listApiRequests(staff, { requestId: refused })).rows).toMatchObject([
      { method: "PATCH", path: `/api/v1/connections/${id}`, status: 403, code: "scope-missing" },
    ]);
    expect(JSON.stringify(await db.apiRequest.findMany())).not.toMatch(/what-was-searched|secret/);
  });

  test("holds no key, token or external ID that was put into the address by mistake", async () => {
    const secrets = [key.key, "x".repeat(43), `nimbus-${"0a".repeat(16)}`];
    for (const secret of secrets) await ask(nowhere.GET, `${secret}/more`);
    await flushRequests();
    const rows = await db.apiRequest.findMany();
    expect(rows).toHaveLength(3);
    for (const secret of secrets) expect(JSON.stringify(rows)).not.toContain(secret);
  });

  test("is bounded where anyone can send any number of them", async () => {
    for (let sent = 0; sent < 100; sent += 1) await ask(connections.GET, "connections", { authorization: "" });
    await flushRequests();
    const rows = await db.apiRequest.findMany();
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.length).toBeLessThan(50);
    expect(rows[0]).toMatchObject({ apiKeyId: null, status: 401, code: "key-invalid" });
  });
});

test("a database that takes no note of a request lets it be answered all the same", async () => {
  const insert = vi.spyOn(db, "$executeRaw").mockRejectedValue(new Error("no answer"));
  try {
    expect(await ask(connections.GET, "connections")).not.toBe("");
    await flushRequests();
  } finally {
    insert.mockRestore();
  }
  expect(await db.apiRequest.count()).toBe(0);
  const id = await ask(connections.GET, "connections");
  await flushRequests();
  expect((await listApiRequests(staff, { requestId: id })).rows).toHaveLength(1);
});

describe("the list", () => {
  const at = (second: number) => new Date(Date.UTC(2026, 5, 1, 0, 0, second));
  const row = (second: number, status: number, apiKeyId: string | null = key.id) => ({
    ...{ id: randomUUID(), at: at(second), method: "GET", path: "/api/v1/connections", milliseconds: 1 },
    ...{ status, apiKeyId, code: null },
  });

  test("is narrowed by key and status, and its pages follow each other without a gap", async () => {
    const other = await newKey();
    const statuses = [200, 404, 500];
    const rows = Array.from({ length: 180 }, (_, number) =>
      row(Math.floor(number / 7), statuses[number % 3] ?? 0, number % 2 ? key.id : other.id),
    );
    await db.apiRequest.createMany({ data: rows });
    const seen: string[] = [];
    let cursor: string | null | undefined;
    while (cursor !== null) {
      const page = await listApiRequests(staff, { cursor });
      seen.push(...page.rows.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(new Set(seen)).toEqual(new Set(rows.map(({ id }) => id)));
    expect(seen).toHaveLength(180);
    const narrowed = await listApiRequests(staff, { apiKeyId: other.id, outcome: "refused" });
    expect(narrowed.rows).toHaveLength(30);
    for (const { key: of, status } of narrowed.rows)
      expect({ of: of?.id, status }).toEqual({ of: other.id, status: 404 });
    expect((await listApiRequests(staff, { requestId: "nothing" })).rows).toEqual([]);
  });

  test("says how near a key is to its limit", async () => {
    const { id } = await newKey((await member()).customer.reference);
    await db.apiRequest.createMany({ data: [row(0, 429, id), row(30, 200, id), row(80, 200, id)] });
    expect(await keyUse(staff, id, at(85))).toMatchObject({ lastWindow: 2, limitReachedAt: at(0) });
  });

  test("of many requests is read by an index, whatever it is narrowed to", async () => {
    await db.$executeRaw`
      INSERT INTO "ApiRequest" ("id", "at", "method", "path", "status", "milliseconds", "apiKeyId")
      SELECT gen_random_uuid(), '2026-06-01Z'::timestamptz + number * interval '1 second', 'GET', '/api/v1/connections',
        CASE WHEN number % 1000 = 0 THEN 404 WHEN number % 50000 = 1 THEN 500 ELSE 200 END, 1,
        CASE WHEN number % 3 = 0 THEN ${key.id}::uuid ELSE gen_random_uuid() END
      FROM generate_series(1, 200000) AS number`;
    await db.$executeRaw`ANALYZE "ApiRequest"`;
    const asked = [
      {},
      { apiKeyId: key.id },
      { outcome: "refused" },
      { outcome: "failed" },
      { apiKeyId: key.id, outcome: "failed" },
      { apiKeyId: randomUUID() },
      { requestId: randomUUID() },
      { cursor: `2026-06-02T00:00:00.000Z_${randomUUID()}` },
    ] as const;
    for (const filter of asked) {
      const plans = await plansOf(() => listApiRequests(staff, filter));
      for (const { scanned, buffers, sql } of plans) {
        expect(scanned, sql).not.toContain("ApiRequest");
        expect(buffers, `${JSON.stringify(filter)} ${sql}`).toBeLessThan(500);
      }
    }
    for (const { scanned, buffers } of await plansOf(() => keyUse(staff, key.id))) {
      expect(scanned).not.toContain("ApiRequest");
      expect(buffers).toBeLessThan(100);
    }
  }, 120_000);
});

test("what is older than 30 days is purged, and nothing younger", async () => {
  const now = new Date();
  const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
  const data = [31, 29].map((days) => ({
    ...{ id: randomUUID(), at: daysAgo(days), method: "GET", path: "/", status: 200, milliseconds: 1 },
  }));
  await db.apiRequest.createMany({ data });
  expect(await purgeRequests(db, now)).toBe(1);
  expect(await db.apiRequest.findMany({ select: { id: true } })).toEqual([{ id: data[1]?.id }]);
});

test("while the API is hidden, each of its addresses answers as if it were not there, with and without a key", async () => {
  env.PUBLIC_API = false;
  try {
    for (const handler of [connections.GET, connections.PUT, nowhere.GET])
      for (const authorization of [`Bearer ${key.key}`, ""]) {
        const request = new Request("http://localhost:3000/api/v1/connections", { headers: { authorization } });
        const response = await handler(request, { params: Promise.resolve({}) });
        expect({ status: response.status, body: await response.text() }).toEqual({ status: 404, body: "" });
      }
    await flushRequests();
    expect(await db.apiRequest.count()).toBe(0);
  } finally {
    env.PUBLIC_API = true;
  }
});
