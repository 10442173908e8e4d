import { describe, expect, test } from "vitest";
import { member, signInAs } from "@/dev/testing/fixtures";
import { createSession, findPerson } from "@/lib/auth/sessions";
import { connect, db } from "@/lib/db";
import { env } from "@/lib/env";
import type { PersonalAccess } from "@/lib/tenancy/access";
import { lockCustomer } from "@/lib/tenancy/customer";
import { acceptInvitation } from "./accept-invitation";
import { changeRole } from "./change-role";
import { invitePerson } from "./invite-person";
import { listInvitations, listMembers } from "./queries";
import { readInvitation } from "./read-invitation";
import { leaveTeam, removeMember } from "./remove-member";
import { resendInvitation } from "./resend-invitation";

const now = new Date();

/** Someone who joins by an invitation. */
async function joined(access: PersonalAccess, role: "admin" | "viewer") {
  const email = `${crypto.randomUUID()}@joined.test`;
  const person = await signInAs({ email });
  const { token } = await invitePerson(access, { email, role }, now);
  await acceptInvitation(person, token, now);
  return { ...person, email };
}

const rolesOf = async (access: PersonalAccess) =>
  Object.fromEntries((await listMembers(access)).map(({ userId, role }) => [userId, role]));

const accessOf = (access: PersonalAccess, person: PersonalAccess["person"]): PersonalAccess => ({
  ...access,
  person,
  actor: { type: "customer", id: person.id },
});

/** Both wait for the lock of the team, then go one after the other. */
async function atOnce<T>(access: PersonalAccess, ...verbs: (() => Promise<T>)[]): Promise<PromiseSettledResult<T>[]> {
  let asked: Promise<PromiseSettledResult<T>[]> | undefined;
  await db.$transaction(async (transaction) => {
    await lockCustomer(transaction, access.customer.id);
    asked = Promise.allSettled(verbs.map((verb) => verb()));
    const waiting = async () =>
      (
        await db.$queryRaw<{ count: number }[]>`
          SELECT count(*)::int AS count FROM pg_stat_activity
          WHERE datname = current_database() AND wait_event_type = 'Lock'`
      )[0]?.count ?? 0;
    while ((await waiting()) < verbs.length) await new Promise((resolve) => setTimeout(resolve, 10));
  });
  return asked ?? [];
}

describe("a member", () => {
  test("who joined by invitation gets another role, and the others keep theirs", async () => {
    const access = await member();
    const [kim, lee] = [await joined(access, "viewer"), await joined(access, "viewer")];
    const other = await member();
    await changeRole(access, { userId: kim.id, role: "admin" });
    expect(await rolesOf(access)).toEqual({ [access.person.id]: "admin", [kim.id]: "admin", [lee.id]: "viewer" });
    await changeRole(access, { userId: kim.id, role: "viewer" });
    expect(await rolesOf(access)).toMatchObject({ [kim.id]: "viewer" });
    expect(await rolesOf(other)).toEqual({ [other.person.id]: "admin" });
  });

  test("whose role the identity provider gives keeps it, and is told so", async () => {
    const access = await member();
    const claimed = await member("viewer", access.customer.reference);
    const change = (userId: string, role: "admin" | "viewer") => changeRole(access, { userId, role });
    await expect(change(claimed.person.id, "admin")).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("identity provider"),
    });
    await expect(change(access.person.id, "viewer")).rejects.toMatchObject({ code: "conflict" });
  });

  test("is listed once where claim and invitation name them, with the stronger role", async () => {
    const access = await member();
    const claimed = await member("viewer", access.customer.reference);
    const key = { userId: claimed.person.id, customerId: access.customer.id };
    await db.membership.create({ data: { ...key, role: "admin", source: "invitation" } });
    expect((await listMembers(access)).filter(({ userId }) => userId === key.userId)).toMatchObject([
      { role: "admin", byProvider: true, leastRole: "viewer" },
    ]);
    await changeRole(access, { userId: key.userId, role: "viewer" });
    expect(await rolesOf(access)).toMatchObject({ [key.userId]: "viewer" });
  });

  test("who is removed is out with the next request of every process, and open invitations of theirs end", async () => {
    const [access, elsewhere] = [await member(), await member()];
    const kim = await joined(access, "viewer");
    for (const team of [access, elsewhere]) await invitePerson(team, { email: kim.email, role: "admin" }, now);
    await createSession(db, { token: "kims", userId: kim.id, now });
    // Another process has a pool of its own, and asks by the same session.
    const other = connect({ connectionString: env.DATABASE_URL });
    const teams = async () =>
      (await findPerson(other, "kims", { now: new Date(), settings: env }))?.customers.map(({ id }) => id);
    expect(await teams()).toEqual([access.customer.id]);
    await removeMember(access, kim.id);
    expect(await teams()).toEqual([]);
    await other.$disconnect();
    expect((await listInvitations(access)).map(({ state }) => state).sort()).toEqual(["accepted", "revoked"]);
    expect((await listInvitations(elsewhere)).map(({ state }) => state)).toEqual(["open"]);
    await expect(removeMember(access, kim.id)).rejects.toMatchObject({ code: "not-found" });
    expect(await db.user.count({ where: { id: kim.id } })).toBe(1);
  });

  test("of another team is not found", async () => {
    const [access, other] = [await member(), await member()];
    const kim = await joined(other, "viewer");
    await expect(removeMember(access, kim.id)).rejects.toMatchObject({ code: "not-found" });
    await expect(changeRole(access, { userId: kim.id, role: "admin" })).rejects.toMatchObject({ code: "not-found" });
    expect(await rolesOf(other)).toMatchObject({ [kim.id]: "viewer" });
  });
});

describe("the last admin", () => {
  test("can neither leave, nor be removed or lowered, until there is another one", async () => {
    const access = await member();
    const kim = await joined(access, "viewer");
    await expect(leaveTeam(access)).rejects.toMatchObject({ code: "conflict" });
    await expect(removeMember(access, access.person.id)).rejects.toMatchObject({ code: "conflict" });
    await leaveTeam(accessOf(access, kim));
    expect(await rolesOf(access)).toEqual({ [access.person.id]: "admin" });
    const lee = await joined(access, "admin");
    await leaveTeam(access);
    expect(await rolesOf(access)).toEqual({ [lee.id]: "admin" });
    await expect(changeRole(access, { userId: lee.id, role: "viewer" })).rejects.toMatchObject({ code: "conflict" });
  });

  test("stays when two admins leave, remove or lower each other at the same moment", async () => {
    const ways = [
      (one: PersonalAccess, two: PersonalAccess) => [() => leaveTeam(one), () => leaveTeam(two)],
      (one: PersonalAccess, two: PersonalAccess) => [
        () => removeMember(one, two.person.id),
        () => removeMember(two, one.person.id),
      ],
      (one: PersonalAccess, two: PersonalAccess) => [
        () => changeRole(one, { userId: two.person.id, role: "viewer" }),
        () => leaveTeam(one),
      ],
    ];
    for (const way of ways) {
      const founder = await member();
      const [kim, lee] = [await joined(founder, "admin"), await joined(founder, "admin")];
      await leaveTeam(founder);
      const results = await atOnce(founder, ...way(accessOf(founder, kim), accessOf(founder, lee)));
      expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
      expect(Object.values(await rolesOf(founder)).filter((role) => role === "admin")).toHaveLength(1);
    }
  });
});

describe("an invitation", () => {
  test("says who invited, to which team and as what, to who holds its link", async () => {
    const access = await member();
    const { token } = await invitePerson(access, { email: "kim@newcomer.test", role: "admin" }, now);
    expect(await readInvitation(null, token, now)).toMatchObject({
      team: access.customer.name,
      invitedBy: access.person.name,
      role: "admin",
      email: "kim@newcomer.test",
      state: "open",
      home: null,
    });
    expect(await readInvitation(access.person, token, now)).toMatchObject({ home: access.customer.reference });
    await expect(readInvitation(null, token.replace(/.$/, "_"), now)).rejects.toMatchObject({ code: "not-found" });
  });

  test("is sent again by a new link, which ends the earlier one, until it is accepted", async () => {
    const access = await member();
    const email = "kim@newcomer.test";
    const first = await invitePerson(access, { email, role: "viewer" }, now);
    const second = await resendInvitation(access, first.invitationId, now);
    expect(await readInvitation(null, first.token, now)).toMatchObject({ state: "revoked" });
    expect(await readInvitation(null, second.token, now)).toMatchObject({ state: "open", role: "viewer" });
    await acceptInvitation(await signInAs({ email }), second.token, now);
    await expect(resendInvitation(access, second.invitationId, now)).rejects.toMatchObject({ code: "not-found" });
    await expect(resendInvitation(await member(), first.invitationId, now)).rejects.toMatchObject({
      code: "not-found",
    });
  });
});
