import { expect, test } from "vitest";
import { member, staffMember } from "@/dev/testing/fixtures";
import { db } from "@/lib/db";
import { createApiKey } from "./create-api-key";
import { getApiKey, listApiKeys } from "./queries";
import { revokeApiKey } from "./revoke-api-key";
import { rotateApiKey } from "./rotate-api-key";

const now = new Date("2026-06-01T12:00:00.000Z");
const minute = (number: number) => new Date(now.getTime() + number * 60_000);

test("keys that work and keys that ended are listed apart, newest first and a page at a time", async () => {
  const staff = await staffMember();
  const by = { database: db, actor: staff.actor };
  const make = (at: Date, days = 30) => createApiKey(by, { name: "Test", scopes: ["links:write"], days }, at);
  const made: string[] = [];
  for (let number = 0; number < 103; number += 1) made.push((await make(minute(number))).id);
  const revoked = await make(now);
  await revokeApiKey(by, revoked.id, now);
  const expired = await make(minute(-2 * 24 * 60), 1);

  const seen: string[] = [];
  let cursor: string | null | undefined;
  while (cursor !== null) {
    const page = await listApiKeys(staff, { cursor }, now);
    seen.push(...page.rows.map(({ id }) => id));
    cursor = page.nextCursor;
  }
  expect(seen).toEqual(made.toReversed());
  const ended = await listApiKeys(staff, { ended: true }, now);
  expect(ended.rows.map(({ id, state }) => ({ id, state }))).toEqual([
    { id: revoked.id, state: "revoked" },
    { id: expired.id, state: "expired" },
  ]);
});

test("a key says whose it is, who made it and what replaced it, and nothing of its secret", async () => {
  const [staff, { customer }] = [await staffMember(), await member()];
  const by = { database: db, actor: staff.actor };
  const wanted = { name: "Billing", scopes: ["links:write"], customer: customer.reference, days: 30 };
  const old = await createApiKey(by, wanted, now);
  const next = await rotateApiKey(by, { apiKeyId: old.id, days: 30, overlapHours: 1 }, now);
  const view = await getApiKey(staff, old.id, now);
  expect(view).toMatchObject({
    ...{ prefix: old.key.slice(0, 9), state: "active", replacedBy: next.id, replaces: null, expiresAt: minute(60) },
    customer: { reference: customer.reference, name: customer.name },
    madeBy: { type: "staff", name: staff.person.name },
  });
  expect(await getApiKey(staff, next.id, now)).toMatchObject({ replaces: old.id, replacedBy: null });
  const { digest } = await db.apiKey.findUniqueOrThrow({ where: { id: old.id } });
  for (const secret of [old.key, digest]) expect(JSON.stringify(view)).not.toContain(secret);
  await expect(getApiKey(staff, "nothing", now)).rejects.toMatchObject({ code: "not-found" });
});
