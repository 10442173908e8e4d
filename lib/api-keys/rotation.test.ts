import { beforeAll, describe, expect, test } from "vitest";
import { member, signInAs } from "@/dev/testing/fixtures";
import { db } from "@/lib/db";
import { staffAccess } from "@/lib/tenancy/access";
import { authenticate } from "./authenticate";
import { createApiKey } from "./create-api-key";
import { revokeApiKey } from "./revoke-api-key";
import { rotateApiKey } from "./rotate-api-key";

const by = { database: db, actor: { type: "staff", id: "somebody" } } as const;
const now = new Date("2026-06-01T12:00:00.000Z");
const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
const read = (id: string) => db.apiKey.findUniqueOrThrow({ where: { id } });

let reference: string;
beforeAll(async () => {
  reference = (await member()).customer.reference;
});

function make(wanted: Partial<Parameters<typeof createApiKey>[1]> = {}) {
  return createApiKey(by, { name: "Billing", scopes: ["links:write"], days: 30, ...wanted }, now);
}

test("both keys work until the chosen time, and then the new one alone", async () => {
  const old = await make({ customer: reference });
  const made = await rotateApiKey(by, { apiKeyId: old.id, days: 90, overlapHours: 24 }, now);
  expect(made.key).not.toBe(old.key);
  for (const key of [old.key, made.key])
    expect(await authenticate(`Bearer ${key}`, later(23))).toMatchObject({
      name: "Billing",
      scopes: ["links:write"],
      customer: { reference },
    });
  await expect(authenticate(`Bearer ${old.key}`, later(24))).rejects.toMatchObject({ code: "key-invalid" });
  expect(await authenticate(`Bearer ${made.key}`, later(90 * 24 - 1))).toMatchObject({ id: made.id });
  expect(await db.activityLogEntry.findMany({ where: { action: "api-key.rotated" } })).toMatchObject([
    { actorType: "staff", actorId: "somebody", detail: { apiKeyId: old.id, replacedBy: made.id } },
  ]);
});

test("without an overlap the old key is refused at once, and no overlap lets a key live longer than it would have", async () => {
  const [one, other] = [await make(), await make({ days: 1 })];
  await rotateApiKey(by, { apiKeyId: one.id, days: 1, overlapHours: 0 }, now);
  await expect(authenticate(`Bearer ${one.key}`, now)).rejects.toMatchObject({ code: "key-invalid" });
  await rotateApiKey(by, { apiKeyId: other.id, days: 1, overlapHours: 168 }, now);
  expect((await read(other.id)).expiresAt).toEqual(later(24));
});

describe("what cannot be rotated changes nothing and makes no key:", () => {
  test.each<[string, () => Promise<string>, Partial<Parameters<typeof rotateApiKey>[1]>, string]>([
    ["a key that is none", async () => "nothing", {}, "not-found"],
    ["one that was revoked", async () => revoked((await make()).id), {}, "conflict"],
    ["one that was rotated before", async () => rotated((await make()).id), {}, "conflict"],
    ["one for more days than a key may live", async () => (await make()).id, { days: 367 }, "invalid-input"],
    ["one with too long an overlap", async () => (await make()).id, { overlapHours: 169 }, "invalid-input"],
    ["one with part of an hour", async () => (await make()).id, { overlapHours: 0.5 }, "invalid-input"],
  ])("%s", async (_what, prepare, wanted, code) => {
    const apiKeyId = await prepare();
    const before = await db.apiKey.findMany({ orderBy: { id: "asc" } });
    await expect(rotateApiKey(by, { apiKeyId, days: 30, overlapHours: 1, ...wanted }, now)).rejects.toMatchObject({
      code,
    });
    expect(await db.apiKey.findMany({ orderBy: { id: "asc" } })).toEqual(before);
  });

  test("one that has expired", async () => {
    const { id } = await make({ days: 1 });
    await expect(rotateApiKey(by, { apiKeyId: id, days: 30, overlapHours: 1 }, later(24))).rejects.toMatchObject({
      code: "conflict",
    });
  });
});

test("a key that issues credentials of every customer is rotated, and made, only where a person of security confirms it", async () => {
  const security = staffAccess(await signInAs({ email: "sasha@vendor.test" }), "security") ?? undefined;
  const confirmed = { ...by, confirmedBy: security };
  const wanted = { name: "Everyone", scopes: ["credentials:issue"], days: 90, networks: ["203.0.113.0/24"] };
  await expect(createApiKey(by, wanted, now)).rejects.toMatchObject({ code: "not-allowed" });
  const { id } = await createApiKey(confirmed, wanted, now);
  const rotation = { apiKeyId: id, days: 90, overlapHours: 1 };
  await expect(rotateApiKey(by, rotation, now)).rejects.toMatchObject({ code: "not-allowed" });
  await expect(rotateApiKey(confirmed, { ...rotation, days: 91 }, now)).rejects.toMatchObject({
    code: "invalid-input",
  });
  const made = await rotateApiKey(confirmed, rotation, now);
  expect(await read(made.id)).toMatchObject({ networks: wanted.networks, confirmedById: security?.person.id });
});

test("of two rotations at once, one makes a key", async () => {
  const { id } = await make();
  const rotate = () => rotateApiKey(by, { apiKeyId: id, days: 30, overlapHours: 1 }, now);
  const ended = await Promise.allSettled([rotate(), rotate()]);
  expect(ended.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  expect(await db.apiKey.count({ where: { replacesId: id } })).toBe(1);
});

async function revoked(id: string): Promise<string> {
  await revokeApiKey(by, id, now);
  return id;
}

async function rotated(id: string): Promise<string> {
  await rotateApiKey(by, { apiKeyId: id, days: 30, overlapHours: 1 }, now);
  return id;
}
