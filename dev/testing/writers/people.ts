import { randomUUID } from "node:crypto";
import { recordSignIn } from "@/lib/auth/record-sign-in";
import { createSession, deleteSession, findPerson, findSession, revokeSessionsOf } from "@/lib/auth/sessions";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import { acceptInvitation } from "@/lib/people/accept-invitation";
import { invitePerson } from "@/lib/people/invite-person";
import type { PersonalAccess } from "@/lib/tenancy/access";
import { newToken, tokenDigest } from "@/lib/tokens";
import { invitedEmail } from "../customer-verbs";
import { signInAs } from "../fixtures";
import type { Writer } from "./writer";

async function session({ person }: PersonalAccess): Promise<{ id: string; token: string }> {
  const token = newToken();
  const expiresAt = new Date(Date.now() + 3_600_000);
  const { id } = await db.session.create({ data: { tokenDigest: tokenDigest(token), userId: person.id, expiresAt } });
  return { id, token };
}

export const peopleWriters: Record<string, Writer> = {
  "a sign-in that claims another customer": {
    in: ["auth/record-sign-in.ts", "tenancy/customer.ts"],
    writes: ["Customer", "Event", "Membership", "User"],
    async stage({ owner }) {
      const { issuer, subject } = await db.user.findUniqueOrThrow({ where: { id: owner.person.id } });
      const reference = randomUUID();
      const facts = { email: null, emailVerified: false, trustedEmail: null, name: "Else", groups: [] };
      const claims = { issuer, subject, ...facts, customers: [{ reference, role: "admin" as const }] };
      const adds: string[] = [reference];
      const act = async () => {
        await recordSignIn(db, claims, new Date());
        adds.push((await db.customer.findUniqueOrThrow({ where: { reference } })).id);
      };
      return { own: [owner.person.id], adds, act };
    },
  },
  "a new session": {
    in: ["auth/sessions.ts"],
    writes: ["Session"],
    async stage({ owner: { person } }) {
      const made = { token: newToken(), userId: person.id, now: new Date() };
      return { own: [person.id], act: () => createSession(db, made) };
    },
  },
  "a session in use": {
    in: ["auth/sessions.ts"],
    writes: ["Session"],
    async stage({ owner }) {
      const { id, token } = await session(owner);
      return { own: [id], act: () => findSession(db, token, new Date()) };
    },
  },
  "a request of someone signed in": {
    in: ["auth/sessions.ts"],
    writes: ["Session"],
    async stage({ owner }) {
      const { id, token } = await session(owner);
      return { own: [id], act: () => findPerson(db, token, { now: new Date(), settings: env }) };
    },
  },
  "a sign-out": {
    in: ["auth/sessions.ts"],
    writes: ["Session"],
    async stage({ owner }) {
      const { id, token } = await session(owner);
      return { own: [id], act: () => deleteSession(db, token) };
    },
  },
  "a sign-out everywhere": {
    in: ["auth/sessions.ts"],
    writes: ["Session"],
    async stage({ owner: { person } }) {
      return { own: [person.id], act: () => revokeSessionsOf(db, person.id) };
    },
  },
  "an invitation that is accepted": {
    in: ["people/accept-invitation.ts", "activity-log/record-activity.ts"],
    writes: ["ActivityLogEntry", "Event", "Invitation", "Membership"],
    async stage({ owner }) {
      // The neighbours invited this address too.
      const invitation = { email: invitedEmail, role: "admin" as const };
      const { invitationId, token } = await invitePerson(owner, invitation, new Date());
      const kim = await signInAs({ email: invitedEmail });
      return { own: [invitationId, kim.id], act: () => acceptInvitation(kim, token, new Date()) };
    },
  },
};
