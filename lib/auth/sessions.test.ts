import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { signInAs } from "@/dev/testing/fixtures";
import { db } from "@/lib/db";
import { readEnv } from "@/lib/env";
import { personOf } from "@/lib/tenancy/access";
import { newToken } from "@/lib/tokens";
import { createAdapter } from "./adapter";
import { createSession, deleteSession, findPerson, findSession, revokeSessionsOf } from "./sessions";

const start = new Date("2030-01-01T00:00:00Z");
const hours = (count: number) => new Date(start.getTime() + count * 60 * 60 * 1000);

async function session() {
  const person = await signInAs({});
  const token = newToken();
  await createSession(db, { token, userId: person.id, now: start });
  return { person, token };
}

describe("a session", () => {
  test("is found by its token and not by what the database holds", async () => {
    const { person, token } = await session();
    const row = await db.session.findFirstOrThrow({ where: { userId: person.id } });
    expect(JSON.stringify(row)).not.toContain(token);
    expect((await findSession(db, token, start))?.user.id).toBe(person.id);
    expect(await findSession(db, row.tokenDigest, start)).toBeNull();
  });

  test("ends after twelve idle hours", async () => {
    const { token } = await session();
    expect(await findSession(db, token, hours(13))).toBeNull();
  });

  test("goes on while it is used, for a week at most", async () => {
    const { token } = await session();
    for (let hour = 10; hour < 7 * 24; hour += 10) expect(await findSession(db, token, hours(hour))).not.toBeNull();
    expect(await findSession(db, token, hours(7 * 24 + 1))).toBeNull();
  });

  test("ends at once when its person signs out everywhere, and nobody else's does", async () => {
    const { person, token } = await session();
    const other = await session();
    await createSession(db, { token: newToken(), userId: person.id, now: start });
    expect(await revokeSessionsOf(db, person.id)).toBe(2);
    expect(await findSession(db, token, start)).toBeNull();
    expect(await findSession(db, other.token, start)).not.toBeNull();
  });

  test("makes nobody staff any more once the name is off the list, though it goes on", async () => {
    const person = await signInAs({ email: "sam@vendor.test", groups: ["helpers"] });
    const token = newToken();
    await createSession(db, { token, userId: person.id, now: start });
    const none = { STAFF_EMAILS: "", STAFF_GROUP: "", STAFF_SECURITY_EMAILS: "", STAFF_SECURITY_GROUP: "" };
    const roleBy = async (lists: Partial<typeof none>) => {
      const settings = readEnv({ ...process.env, ...none, ...lists });
      return (await findPerson(db, token, { now: start, settings }))?.staffRole;
    };
    expect(await roleBy({ STAFF_EMAILS: "sam@vendor.test" })).toBe("support");
    expect(await roleBy({ STAFF_SECURITY_GROUP: "helpers" })).toBe("security");
    expect(await roleBy({ STAFF_EMAILS: "kim@vendor.test", STAFF_GROUP: "others" })).toBeNull();
    expect(await roleBy({})).toBeNull();
  });

  test("ends alone when it is signed out", async () => {
    const { token } = await session();
    await deleteSession(db, token);
    expect(await findSession(db, token, start)).toBeNull();
  });
});

describe("the person of a request", () => {
  const settings = {
    STAFF_EMAILS: ["sam@vendor.test"],
    STAFF_GROUP: [],
    STAFF_SECURITY_EMAILS: [],
    STAFF_SECURITY_GROUP: [],
    OIDC_TRUST_EMAIL: false,
  };
  const find = (token: string, now = start) => findPerson(db, token, { now, settings });

  test("is who the session belongs to, with all that decides what they may do", async () => {
    const [first, second] = [randomUUID(), randomUUID()];
    const person = await signInAs({
      email: "sam@vendor.test",
      customers: [
        { reference: first, role: "viewer" },
        { reference: second, role: "admin" },
      ],
    });
    const customer = await db.customer.findUniqueOrThrow({ where: { reference: first } });
    await db.membership.create({
      data: { userId: person.id, customerId: customer.id, role: "admin", source: "invitation" },
    });
    const token = newToken();
    await createSession(db, { token, userId: person.id, now: start });
    const found = await find(token);
    expect(found).toEqual(await personOf(db, await db.user.findUniqueOrThrow({ where: { id: person.id } }), settings));
    expect(found?.staffRole).toBe("support");
    expect(found?.customers.map(({ role }) => role)).toEqual(["admin", "admin"]);
    const alone = await session();
    expect((await find(alone.token))?.customers).toEqual([]);
  });

  test("is nobody by another token, after twelve idle hours, after a week, and once the session ended", async () => {
    const { person, token } = await session();
    const row = await db.session.findFirstOrThrow({ where: { userId: person.id } });
    expect(await find(row.tokenDigest)).toBeNull();
    expect(await find(token, hours(13))).toBeNull();
    for (let hour = 10; hour < 7 * 24; hour += 10) expect(await find(token, hours(hour))).not.toBeNull();
    expect(await find(token, hours(7 * 24 + 1))).toBeNull();
    const other = await session();
    await deleteSession(db, other.token);
    expect(await find(other.token)).toBeNull();
  });
});

describe("a sign-in over another session", () => {
  test("never joins the earlier person's session, and ends it", async () => {
    const earlier = await session();
    const later = await signInAs({});
    const adapter = createAdapter({ database: db, clock: () => start, replaces: earlier.token });
    expect(await adapter.getSessionAndUser?.(earlier.token)).toBeNull();
    const token = newToken();
    await adapter.createSession?.({ sessionToken: token, userId: later.id, expires: start });
    expect(await findSession(db, earlier.token, start)).toBeNull();
    expect((await findSession(db, token, start))?.user.id).toBe(later.id);
  });

  test("is never led to a person by an e-mail", async () => {
    const person = await signInAs({ email: "shared@acme.test" });
    const adapter = createAdapter({ database: db, clock: () => start });
    expect(await adapter.getUserByEmail?.(person.email ?? "")).toBeNull();
    expect(
      await adapter.getUserByAccount?.({ provider: "oidc", providerAccountId: "https://id.test other" }),
    ).toBeNull();
  });
});
