import { beforeAll, describe, expect, test } from "vitest";
import { prepareSandbox } from "@/dev/local/prepare-sandbox";
import {
  type CustomerVerb,
  customerVerbs,
  invitedEmail,
  personalVerbs,
  type VerbTarget,
} from "@/dev/testing/customer-verbs";
import { member, newConnection, staffMember } from "@/dev/testing/fixtures";
import { neighboursOf } from "@/dev/testing/neighbours";
import { staffVerbs } from "@/dev/testing/staff-verbs";
import { changesBy, notOf, tablesOf } from "@/dev/testing/stored-rows";
import { startRound } from "@/lib/audits/rounds";
import { config } from "@/lib/config";
import { crossAccount } from "@/lib/crossaccount-client/client";
import { db } from "@/lib/db";
import { createLink } from "@/lib/links/create-link";
import { invitePerson } from "@/lib/people/invite-person";
import type { PersonalAccess } from "@/lib/tenancy/access";

/**
 * Whatever is called changes rows of its own alone: not those of the customer's other connections, nor those of other customers.
 * Neighbours in every state are there, so that a condition which lost its connection, customer or round reaches one.
 */
beforeAll(async () => {
  await prepareSandbox(process.env, config);
  await crossAccount.publishTemplate(config.defaultRegion);
});

let accounts = 710_000_000_000;

async function newTarget(owner: PersonalAccess): Promise<VerbTarget> {
  const { invitationId } = await invitePerson(owner, { email: invitedEmail, role: "viewer" }, new Date());
  return { owner, connection: await newConnection(owner), account: String(++accounts), invitationId };
}

const verbs = Object.entries<CustomerVerb<PersonalAccess>>({ ...customerVerbs, ...personalVerbs });
const writing = <Verb extends { writes?: readonly string[] }>([, { writes }]: [string, Verb]) => writes !== undefined;

describe("a customer's verb", () => {
  test.each(verbs.filter(writing))("%s changes what it names, and nothing else", async (_name, verb) => {
    const owner = await member();
    const target = await newTarget(owner);
    await verb.prepare?.(target);
    await neighboursOf(owner);
    const changed = await verb.changesMember?.(target);
    const changes = await changesBy(() => verb.call(owner, target));
    expect(tablesOf(changes)).toEqual([...(verb.writes ?? [])].sort());
    const itself = verb.changesCustomer ? [owner.customer.id] : [];
    const named = [target.connection.id, target.invitationId, ...itself, ...(changed ? [changed] : [])];
    expect(notOf({ changed: named, added: [...named, owner.customer.id, owner.actor.id] }, changes)).toEqual([]);
  });

  test.each(verbs.filter((verb) => !writing(verb)))("%s reads, and changes nothing", async (_name, verb) => {
    const target = await newTarget(await member());
    await verb.prepare?.(target);
    expect(await changesBy(() => verb.call(target.owner, target))).toEqual({ gone: [], came: [] });
  });
});

describe("a verb of staff", () => {
  test.each(Object.entries(staffVerbs))("%s changes what it names, and nothing else", async (_name, verb) => {
    await db.auditRound.deleteMany();
    const [owner, staff] = [await member(), await staffMember()];
    const { id: connectionId } = await newConnection(owner);
    await createLink(owner, { connectionId, purpose: "setup" }, new Date());
    if (verb.writes) await neighboursOf(owner);
    const { roundId } = verb.needsRound ? await startRound(staff, new Date()) : { roundId: "none" };
    await verb.prepare?.({ connectionId });
    const changes = await changesBy(() => verb.call(staff, { connectionId, roundId }));
    expect(tablesOf(changes)).toEqual([...(verb.writes ?? [])].sort());
    const rounds = await db.auditRound.findMany({ where: { kind: "all" } });
    const made = await db.customer.findMany({ where: { reference: { contains: owner.customer.id } } });
    const ofStaff = [staff.actor.id, owner.customer.id, ...[...rounds, ...made].map(({ id }) => id)];
    expect(notOf({ changed: [roundId, connectionId], added: ofStaff }, changes)).toEqual([]);
  });
});
