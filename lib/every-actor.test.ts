import { randomUUID } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, expectTypeOf, test } from "vitest";
import { prepareSandbox } from "@/dev/local/prepare-sandbox";
import {
  type CustomerVerb,
  customerVerbs,
  invitedEmail,
  personalVerbs,
  type VerbTarget,
} from "@/dev/testing/customer-verbs";
import { member, newConnection, signInAs, staffMember } from "@/dev/testing/fixtures";
import { staffVerbs } from "@/dev/testing/staff-verbs";
import { exportAccessLog } from "@/lib/access-log/export-access-log";
import { listAccessLog } from "@/lib/access-log/queries";
import { startRound } from "@/lib/audits/rounds";
import { branding } from "@/lib/branding";
import { config } from "@/lib/config";
import { listConnections } from "@/lib/connections/queries";
import { ACTOR_TYPES, type Actor } from "@/lib/crossaccount";
import { crossAccount } from "@/lib/crossaccount-client/client";
import { db } from "@/lib/db";
import { createLink } from "@/lib/links/create-link";
import { acceptInvitation } from "@/lib/people/accept-invitation";
import { invitePerson } from "@/lib/people/invite-person";
import { listInvitations } from "@/lib/people/queries";
import { readInvitation } from "@/lib/people/read-invitation";
import {
  type CustomerAccess,
  type ImpersonalActor,
  type ImpersonalStaffActor,
  impersonalAccess,
  impersonalStaffAccess,
  type Person,
  type PersonalAccess,
  type StaffAccess,
} from "@/lib/tenancy/access";

const isImpersonal = (actor: Actor): actor is ImpersonalActor => actor.type !== "customer" && actor.type !== "staff";
const isImpersonalStaff = (actor: Actor): actor is ImpersonalStaffActor =>
  isImpersonal(actor) && actor.type !== "link" && actor.type !== "portal-session";

/** Whoever may act for a customer, and for the vendor. */
const ofCustomers = ACTOR_TYPES.filter((type) => type !== "staff");
const ofStaff = ACTOR_TYPES.filter((type) => type === "staff" || isImpersonalStaff({ type, id: "" }));

async function accessOf(type: Actor["type"], customer: CustomerAccess["customer"]): Promise<CustomerAccess> {
  const actor = { type, id: randomUUID() };
  if (isImpersonal(actor)) return impersonalAccess({ customer, role: "admin", actor });
  return member("admin", customer.reference);
}

async function staffAccessOf(type: Actor["type"]): Promise<StaffAccess> {
  const actor = { type, id: randomUUID() };
  return isImpersonalStaff(actor) ? impersonalStaffAccess({ role: "support", actor }) : staffMember();
}

const verbs = Object.entries<CustomerVerb>(customerVerbs);

beforeAll(async () => {
  await prepareSandbox(process.env, config);
  await crossAccount.publishTemplate(config.defaultRegion);
});

let accounts = 700_000_000_000;

async function newTarget(): Promise<VerbTarget> {
  const owner = await member();
  const { invitationId } = await invitePerson(owner, { email: invitedEmail, role: "viewer" }, new Date());
  return { owner, connection: await newConnection(owner), account: String(++accounts), invitationId };
}

const recorded = ({ actor }: { actor: Actor }) => ({ actorType: actor.type, actorId: actor.id });

async function activityOf(access: { actor: Actor }) {
  const select = { actorType: true, actorId: true, action: true, customerId: true };
  return db.activityLogEntry.findMany({ where: { actorId: access.actor.id }, select });
}

/** Everything that the database holds about a customer. */
async function everything({ customer }: CustomerAccess) {
  const where = { customerId: customer.id };
  return Promise.all([
    db.connection.findMany({ where }),
    db.verification.findMany({ where }),
    db.invitation.findMany({ where }),
    db.link.findMany({ where }),
    db.membership.findMany({ where }),
    db.receipt.findMany({ where }),
    db.activityLogEntry.findMany({ where }),
    db.accessLogEntry.findMany({ where }),
  ]);
}

describe.each(ofCustomers)("a customer's actor of the type %s", (type) => {
  test.each(verbs)("may call %s, and it is told who it was", async (_name, verb) => {
    const target = await newTarget();
    await verb.prepare?.(target);
    const access = await accessOf(type, target.owner.customer);
    await verb.call(access, target);
    const customerId = access.customer.id;
    const logs = [verb.logs ?? []].flat().map((action) => ({ ...recorded(access), action, customerId }));
    expect(await activityOf(access)).toEqual(logs);
  });

  test.each(verbs.filter(([, { names }]) => names))(
    "of another customer finds nothing by %s, and changes nothing",
    async (_name, verb) => {
      const target = await newTarget();
      await verb.prepare?.(target);
      const [before, access] = [await everything(target.owner), await accessOf(type, (await member()).customer)];
      await expect(verb.call(access, target)).rejects.toMatchObject({ code: "not-found" });
      expect(await everything(target.owner)).toEqual(before);
      expect(await activityOf(access)).toEqual([]);
    },
  );

  test("of another customer is listed none of its rows", async () => {
    const target = await newTarget();
    const access = await accessOf(type, (await member()).customer);
    for (const list of [listConnections, listInvitations]) {
      expect(await list(target.owner)).toHaveLength(1);
      expect(await list(access)).toEqual([]);
    }
  });

  test("is kept as the maker of a connection, and as who had its role searched for and verified", async () => {
    const target = await newTarget();
    const access = await accessOf(type, target.owner.customer);
    const { connectionId } = await customerVerbs.createConnection.call(access);
    const made = await db.connection.findUniqueOrThrow({ where: { id: connectionId } });
    expect(made).toMatchObject({ createdByType: access.actor.type, createdById: access.actor.id });

    for (const verb of [customerVerbs.findRole, customerVerbs.startVerification]) {
      const asked = await newTarget();
      const asking = await accessOf(type, asked.owner.customer);
      await verb.prepare(asked);
      await verb.call(asking, asked);
      const where = { connectionId: asked.connection.id };
      const actors = await db.accessLogEntry.findMany({ where, distinct: ["actorType", "actorId"] });
      expect(actors).toMatchObject([recorded(asking)]);
      const runs = await db.verification.findMany({ where });
      expect(runs).toMatchObject(verb === customerVerbs.findRole ? [] : [{ ...recorded(asking), outcome: "proven" }]);
      const { rows } = await listAccessLog(asking, asked.connection.id);
      expect(rows[0]?.actor).toMatchObject(asking.actor);
    }
  });

  test("has a share of exports of its own", async () => {
    const target = await newTarget();
    const [one, other] = [await accessOf(type, target.owner.customer), await accessOf(type, target.owner.customer)];
    const ask = (access: CustomerAccess) => exportAccessLog(access, target.connection.id, { format: "csv" });
    for (let asked = 0; asked < 10; asked += 1) await ask(one);
    await expect(ask(one)).rejects.toMatchObject({ code: "rate-limited" });
    await expect(ask(other)).resolves.toBeDefined();
  });
});

describe.each(ofStaff)("an actor for the vendor, of the type %s,", (type) => {
  test.each(Object.entries(staffVerbs))("may call %s, and it is told who it was", async (_name, verb) => {
    await db.auditRound.deleteMany();
    const { connection, owner } = await newTarget();
    await createLink(owner, { connectionId: connection.id, purpose: "setup" }, new Date());
    const { roundId } = verb.needsRound ? await startRound(await staffMember(), new Date()) : { roundId: "" };
    const access = await staffAccessOf(type);
    await verb.prepare?.({ connectionId: connection.id });
    await verb.call(access, { connectionId: connection.id, roundId });
    expect(await activityOf(access)).toEqual(
      verb.logs
        ? [{ ...recorded(access), action: verb.logs, customerId: verb.ofCustomer ? owner.customer.id : null }]
        : [],
    );
  });

  test("is kept as who started a round", async () => {
    await db.auditRound.deleteMany();
    const access = await staffAccessOf(type);
    await startRound(access, new Date());
    const rounds = await db.auditRound.findMany();
    expect(rounds).toMatchObject([{ startedByType: access.actor.type, startedById: access.actor.id }]);
  });
});

describe("what only a person may do", () => {
  test.each(Object.entries(personalVerbs))("%s is told of the person", async (_name, verb) => {
    const target = await newTarget();
    await verb.prepare?.(target);
    const access = await member("admin", target.owner.customer.reference);
    await verb.call(access, target);
    expect(await activityOf(access)).toMatchObject([{ ...recorded(access), action: verb.logs }]);
  });

  test.each(Object.entries(personalVerbs).filter(([, { names }]) => names))(
    "of another customer finds nothing by %s, and changes nothing",
    async (_name, verb) => {
      const target = await newTarget();
      await verb.prepare?.(target);
      const [before, access] = [await everything(target.owner), await member()];
      await expect(verb.call(access, target)).rejects.toMatchObject({ code: "not-found" });
      expect(await everything(target.owner)).toEqual(before);
    },
  );

  test("accepting an invitation is told of the person, who becomes a customer's", async () => {
    const { customer, ...access } = await member();
    const email = "lee@invited.test";
    const { token } = await invitePerson({ ...access, customer }, { email, role: "viewer" }, new Date());
    const person = await signInAs({ email });
    await acceptInvitation(person, token, new Date());
    expect(await activityOf({ actor: { type: "customer", id: person.id } })).toEqual([
      { actorType: "customer", actorId: person.id, action: "invitation.accepted", customerId: customer.id },
    ]);
  });

  test.each(ofCustomers)(
    "inviting is done by people and by the vendor's own code, not by a %s without a login",
    async (type) => {
      const { customer } = await member();
      const access = await accessOf(type, customer);
      const invited = invitePerson(access, { email: "kim@invited.test", role: "viewer" }, new Date());
      if (type === "link" || type === "portal-session") {
        await expect(invited).rejects.toMatchObject({ code: "not-allowed" });
        expect(await db.invitation.count({ where: { customerId: customer.id } })).toBe(0);
        return;
      }
      const { invitationId: id, token } = await invited;
      const createdById = type === "customer" ? access.actor.id : null;
      expect(await db.invitation.findUnique({ where: { id } })).toMatchObject({ createdByType: type, createdById });
      const { invitedBy } = await readInvitation(null, token, new Date());
      expect(invitedBy).toBe(type === "customer" ? "Somebody" : branding.productName);
    },
  );

  test("is refused to others by its type", () => {
    expectTypeOf(acceptInvitation).parameter(0).toEqualTypeOf<Person>();
    expectTypeOf(impersonalAccess).returns.not.toExtend<PersonalAccess>();
    expectTypeOf(impersonalAccess).returns.not.toExtend<Person>();
    expectTypeOf(impersonalStaffAccess).returns.not.toExtend<PersonalAccess>();
  });
});

test("every verb that takes an access is tried here", () => {
  // What the verbs that name a role have in common; it takes a row that they have found.
  const parts = ["proposeRole"];
  const tried = { ...customerVerbs, ...personalVerbs, ...staffVerbs };
  const verb = /export (?:async )?function (\w+)\(\s*_?access: \w*Access\b/g;
  const files = globSync("lib/*/*.ts").filter((file) => !/\.test\.ts$|^lib\/tenancy\//.test(file));
  const names = files.flatMap((file) => [...readFileSync(file, "utf8").matchAll(verb)].map(([, name]) => name));
  expect(names.filter((name = "") => !parts.includes(name)).sort()).toEqual(Object.keys(tried).sort());
});
