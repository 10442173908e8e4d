import { describe, expect, test } from "vitest";
import { member, signInAs } from "@/dev/testing/fixtures";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import { personOf } from "@/lib/tenancy/access";
import { acceptInvitation } from "./accept-invitation";
import { invitePerson } from "./invite-person";
import { listInvitations, listMembers } from "./queries";
import { revokeInvitation } from "./revoke-invitation";

const now = new Date();
const later = (days: number) => new Date(now.getTime() + days * 24 * 60 * 60 * 1000);

async function invited(email: string, role: "admin" | "viewer" = "viewer") {
  const access = await member();
  const { token, invitationId } = await invitePerson(access, { email, role }, now);
  return { access, token, invitationId };
}

describe("an invitation", () => {
  test("makes the invited person a member with its role", async () => {
    const { access, token } = await invited("kim@newcomer.test");
    const kim = await signInAs({ email: "kim@newcomer.test" });
    expect(await acceptInvitation(kim, token, now)).toEqual({ customer: access.customer.reference });
    const user = await db.user.findUniqueOrThrow({ where: { id: kim.id } });
    expect((await personOf(db, user, env)).customers).toMatchObject([{ id: access.customer.id, role: "viewer" }]);
    expect(await listMembers(access)).toHaveLength(2);
    expect(await listInvitations(access)).toMatchObject([{ state: "accepted", email: "kim@newcomer.test" }]);
  });

  test("is kept as a digest only", async () => {
    const { access, token } = await invited("kim@newcomer.test");
    const rows = await db.invitation.findMany({ where: { customerId: access.customer.id } });
    const activity = await db.activityLogEntry.findMany({ where: { customerId: access.customer.id } });
    expect(JSON.stringify([rows, activity])).not.toContain(token);
  });

  test("is worth nothing in other hands, and to an address that nobody verified", async () => {
    const { access, token } = await invited("kim@newcomer.test");
    for (const person of [
      await signInAs({ email: "eve@newcomer.test" }),
      await signInAs({ email: "kim@newcomer.test", emailVerified: false }),
      await signInAs({}),
    ]) {
      await expect(acceptInvitation(person, token, now)).rejects.toMatchObject({ code: "not-allowed" });
    }
    expect(await listMembers(access)).toHaveLength(1);
    expect(await listInvitations(access)).toMatchObject([{ state: "open" }]);
  });

  test("is accepted once, even by two requests at once", async () => {
    const { access, token } = await invited("kim@newcomer.test");
    const people = await Promise.all([0, 1, 2, 3].map(() => signInAs({ email: "kim@newcomer.test" })));
    const results = await Promise.allSettled(people.map((person) => acceptInvitation(person, token, now)));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await listMembers(access)).toHaveLength(2);
  });

  test("is over after seven days and when it was revoked", async () => {
    const kim = await signInAs({ email: "kim@newcomer.test" });
    const old = await invited("kim@newcomer.test");
    await expect(acceptInvitation(kim, old.token, later(7.1))).rejects.toMatchObject({ code: "not-found" });
    const revoked = await invited("kim@newcomer.test");
    await revokeInvitation(revoked.access, revoked.invitationId, now);
    await expect(acceptInvitation(kim, revoked.token, now)).rejects.toMatchObject({ code: "not-found" });
    expect(await listInvitations(revoked.access)).toMatchObject([{ state: "revoked" }]);
  });

  test("takes the place of an earlier one of the same address", async () => {
    const { access, token } = await invited("kim@newcomer.test");
    const again = await invitePerson(access, { email: "kim@newcomer.test", role: "admin" }, now);
    const kim = await signInAs({ email: "kim@newcomer.test" });
    await expect(acceptInvitation(kim, token, now)).rejects.toMatchObject({ code: "not-found" });
    expect(await acceptInvitation(kim, again.token, now)).toEqual({ customer: access.customer.reference });
  });

  test("is refused to a member, but may make an admin of a viewer", async () => {
    const { access, token } = await invited("kim@newcomer.test");
    await acceptInvitation(await signInAs({ email: "kim@newcomer.test" }), token, now);
    const ask = (role: "admin" | "viewer") => invitePerson(access, { email: "kim@newcomer.test", role }, now);
    await expect(ask("viewer")).rejects.toMatchObject({
      code: "invalid-input",
      fields: { email: "This person is already a member." },
    });
    expect((await ask("admin")).token).toBeTruthy();
  });

  test("that makes a viewer takes nothing from someone who became an admin meanwhile", async () => {
    const { access, token } = await invited("kim@newcomer.test");
    const kim = await signInAs({ email: "kim@newcomer.test" });
    const customerId = access.customer.id;
    await db.membership.create({ data: { userId: kim.id, customerId, source: "invitation", role: "admin" } });
    await acceptInvitation(kim, token, now);
    const user = await db.user.findUniqueOrThrow({ where: { id: kim.id } });
    expect((await personOf(db, user, env)).customers).toMatchObject([{ id: customerId, role: "admin" }]);
  });

  test("is refused while fifty are open, even when more are asked for at once", async () => {
    const access = await member();
    const ask = (count: number) => invitePerson(access, { email: `person${count}@newcomer.test`, role: "viewer" }, now);
    for (let count = 0; count < 47; count += 1) await ask(count);
    const results = await Promise.allSettled([47, 48, 49, 50, 51, 52].map(ask));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
    for (const result of results.filter(({ status }) => status === "rejected"))
      expect(result).toMatchObject({ reason: { code: "conflict" } });
    expect(await listInvitations(access)).toHaveLength(50);
  });

  test("of another customer can be neither seen nor revoked", async () => {
    const theirs = await invited("kim@newcomer.test");
    const mine = await member();
    await expect(revokeInvitation(mine, theirs.invitationId, now)).rejects.toMatchObject({ code: "not-found" });
    expect(await listInvitations(mine)).toEqual([]);
    expect(await listMembers(mine)).toHaveLength(1);
    expect(await listInvitations(theirs.access)).toMatchObject([{ state: "open" }]);
  });
});

describe("an address that the operator trusts", () => {
  const settings = { ...env, OIDC_TRUST_EMAIL: true };

  async function trusted(email: string) {
    const { id } = await signInAs({ email, emailVerified: false });
    const user = await db.user.update({ where: { id }, data: { trustedEmail: email } });
    return { on: await personOf(db, user, settings), off: await personOf(db, user, env) };
  }

  test("may accept its invitation for as long as it is trusted, and makes nobody staff", async () => {
    const kim = await trusted("sam@vendor.test");
    const { access, token } = await invited("sam@vendor.test");
    expect([kim.on.staffRole, kim.off.staffRole]).toEqual([null, null]);
    await expect(acceptInvitation(kim.off, token, now)).rejects.toMatchObject({ code: "not-allowed" });
    expect(await acceptInvitation(kim.on, token, now)).toEqual({ customer: access.customer.reference });
    await expect(invitePerson(access, { email: "sam@vendor.test", role: "viewer" }, now)).rejects.toMatchObject({
      fields: { email: "This person is already a member." },
    });
  });

  test("is none where another one was trusted", async () => {
    const { on } = await trusted("kim@trusted.test");
    const user = await db.user.update({ where: { id: on.id }, data: { email: "eve@trusted.test" } });
    expect((await personOf(db, user, settings)).invitedAs).toBeNull();
  });
});
