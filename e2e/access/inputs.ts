import { randomUUID } from "node:crypto";
import type * as apiKeys from "@/lib/api-keys/actions";
import type * as audits from "@/lib/audits/actions";
import type * as auth from "@/lib/auth/actions";
import type * as connections from "@/lib/connections/actions";
import type * as links from "@/lib/links/actions";
import type * as people from "@/lib/people/actions";
import { newToken, tokenDigest } from "@/lib/tokens";
import type * as verifications from "@/lib/verifications/actions";
import { freshAccount } from "../fixtures/portal";
import type { BuiltAction } from "./built";
import type { Caller } from "./callers";
import { type Customer, createCustomer, createRound, endRounds, insertKey, insertLink, type World } from "./world";

type ActionInput = Record<string, unknown> | undefined;

/** A valid input for each action of a file; one that is missing is a type error. */
type Inputs<Actions extends Record<keyof Actions, (input: never) => unknown>> = {
  [Name in keyof Actions]: (
    world: World,
    caller: Caller,
  ) => Parameters<Actions[Name]>[0] | Promise<Parameters<Actions[Name]>[0]>;
};

const connectionInputs: Inputs<typeof connections> = {
  createConnection: ({ customer }) => ({
    customer: customer.reference,
    name: "Made by a test",
    region: "us-east-1",
    requestId: randomUUID(),
  }),
  reviseConnection: (world) => ({ ...unfinishedConnection(world), name: "Revised by a test", region: "us-east-1" }),
  markLaunched: unfinishedConnection,
  submitRoleArn: (world) => ({
    ...unfinishedConnection(world),
    roleArn: `arn:aws:iam::${freshAccount()}:role/Named-by-a-test`,
  }),
  findRole: (world) => ({ ...unfinishedConnection(world), accountId: freshAccount() }),
  renameConnection: (world) => ({ ...unfinishedConnection(world), name: `Renamed ${randomUUID()}` }),
  deleteConnection: async (world) => ({
    customer: world.customer.reference,
    connectionId: await copyUnfinished(world),
  }),
  pauseConnection: copyOfVerified,
  resumeConnection: copyOfPaused,
  pauseConnectionForStaff: async (world) => ({ connectionId: (await copyOfVerified(world)).connectionId }),
  resumeConnectionForStaff: async (world) => ({ connectionId: (await copyOfPaused(world)).connectionId }),
  disconnectConnection: copyOfVerified,
  startRotation: copyOfVerified,
  followRotation: copyOfVerified,
  abandonRotation: copyOfVerified,
  checkEndedAccess: ({ customer, ended }) => ({ customer: customer.reference, connectionId: ended }),
};

const verificationInputs: Inputs<typeof verifications> = {
  startVerification: ({ customer, proven }) => ({
    customer: customer.reference,
    connectionId: proven.id,
    expectSetup: "gone",
  }),
  cancelVerification: unfinishedConnection,
  confirmUnreadable: async ({ customer, proven, database }) => {
    await database.query(
      `UPDATE "Connection" SET "trustReadAt" = '2026-01-01Z', "trustDeniedSince" = '2026-01-02Z',
       "trustDeniedAt" = '2026-01-03Z', "trustDenialConfirmedAt" = NULL WHERE "id" = $1`,
      [proven.id],
    );
    return { customer: customer.reference, connectionId: proven.id };
  },
};

const personInputs: Inputs<typeof people> = {
  invitePerson: ({ customer }) => ({
    customer: customer.reference,
    email: `${randomUUID()}@invited.test`,
    role: "viewer",
  }),
  revokeInvitation: async (world) => ({
    customer: world.customer.reference,
    invitationId: (await invite(world, world.customer, `${randomUUID()}@invited.test`)).id,
  }),
  resendInvitation: async (world) => ({
    customer: world.customer.reference,
    invitationId: (await invite(world, world.customer, `${randomUUID()}@invited.test`)).id,
  }),
  readInvitation: async (world) => ({
    token: (await invite(world, world.customer, `${randomUUID()}@invited.test`)).token,
  }),
  changeRole: async (world) => ({
    customer: world.customer.reference,
    userId: await joinByInvitation(world),
    role: "admin",
  }),
  removeMember: async (world) => ({ customer: world.customer.reference, userId: await joinByInvitation(world) }),
  // A team of its own, so that who leaves stays in the first one.
  leaveTeam: async (world, { name }) => {
    if (name !== "admin" && name !== "viewer") return { customer: world.customer.reference };
    const team = await createCustomer(world.database);
    await join(world, team, world.people[name].id);
    return { customer: team.reference };
  },
  // To a customer of its own, so that who accepts is no member of the first one afterwards.
  acceptInvitation: async (world, { email }) => ({
    token: (await invite(world, await createCustomer(world.database), email)).token,
  }),
};

const linkInputs: Inputs<typeof links> = {
  createLink: (world) => ({ ...unfinishedConnection(world), purpose: "setup" }),
  createLinkForStaff: ({ unfinished }) => ({ connectionId: unfinished, purpose: "setup" }),
  revokeLink: async (world) => ({
    customer: world.customer.reference,
    linkId: await insertLink(world, { connectionId: world.proven.id, token: newToken(), purpose: "repair" }),
  }),
  revokeLinkForStaff: async (world) => ({
    linkId: await insertLink(world, { connectionId: world.proven.id, token: newToken(), purpose: "repair" }),
  }),
  confirmAccount: (world) => proposedAccount(world, world.named),
  // A rejected role is gone, and `named` keeps its own for the other tests.
  rejectAccount: async (world) => proposedAccount(world, await copyUnfinished(world)),
  showLinkPage: tokenOf,
  readLinkProgress: tokenOf,
  launchByLink: tokenOf,
  findRoleByLink: (world, caller) => ({ ...tokenOf(world, caller), accountId: freshAccount() }),
  verifyByLink: async (world, caller) => {
    const token = newToken();
    await insertLink(world, { connectionId: world.proven.id, token, purpose: "repair" });
    return caller.name === "link holder" ? { token } : tokenOf(world, caller);
  },
};

const apiKeyInputs: Inputs<typeof apiKeys> = {
  createApiKey: ({ customer }) => ({
    ...{ name: "Made by a test", scopes: ["links:write"], days: 1 },
    customer: customer.reference,
  }),
  rotateApiKey: async (world) => ({ apiKeyId: await aKey(world), days: 1, overlapHours: 1 }),
  revokeApiKey: async (world) => ({ apiKeyId: await aKey(world) }),
};

const auditInputs: Inputs<typeof audits> = {
  startRound: async (world) => {
    await endRounds(world);
    return {};
  },
  cancelRound: async (world) => ({ roundId: await createRound(world) }),
};

const authInputs: Inputs<typeof auth> = {
  signOut: () => undefined,
  revokeMySessions: () => ({}),
};

const inputs: Record<string, Record<string, (world: World, caller: Caller) => ActionInput | Promise<ActionInput>>> = {
  "lib/api-keys/actions.ts": apiKeyInputs,
  "lib/audits/actions.ts": auditInputs,
  "lib/auth/actions.ts": authInputs,
  "lib/connections/actions.ts": connectionInputs,
  "lib/links/actions.ts": linkInputs,
  "lib/people/actions.ts": personInputs,
  "lib/verifications/actions.ts": verificationInputs,
};

/** What the action takes from whom it is for; about the first customer where it names one. */
export async function inputOf({ file, name }: BuiltAction, world: World, caller: Caller): Promise<ActionInput> {
  const input = inputs[file]?.[name];
  if (!input) throw new Error(`Give e2e/access/inputs.ts a valid input of ${name} in ${file}`);
  return input(world, caller);
}

async function aKey({ database, customer }: World): Promise<string> {
  return (await insertKey(database, { customerId: customer.id, scopes: ["links:write"] })).id;
}

function unfinishedConnection({ customer, unfinished }: World): { customer: string; connectionId: string } {
  return { customer: customer.reference, connectionId: unfinished };
}

/** Whoever has no link guesses, with a token of the right form. */
function tokenOf({ linkToken }: World, { name }: Caller): { token: string } {
  return { token: name === "link holder" ? linkToken : newToken() };
}

/** A connection whose account a link brought, which waits for an admin. */
async function proposedAccount({ customer, database }: World, connectionId: string) {
  const accountId = freshAccount();
  await database.query(
    `UPDATE "Connection" SET "accountId" = $2, "accountProposedAt" = now(), "accountConfirmedAt" = NULL WHERE "id" = $1`,
    [connectionId, accountId],
  );
  return { customer: customer.reference, connectionId, accountId };
}

/** Another connection like the unfinished one, so that this stays for the other tests. */
async function copyUnfinished({ database, unfinished }: World): Promise<string> {
  // Those of callers that were refused would soon be more than a customer may leave unfinished.
  await database.query(`DELETE FROM "Connection" WHERE "name" = 'To delete' AND "status" = 'pending'`);
  const { rows } = await database.query<{ id: string }>(
    `INSERT INTO "Connection" ("id", "customerId", "name", "partition", "region", "stackName", "roleName", "externalIdCiphertext",
       "externalIdDigest", "templateVersion", "createdById", "requestId", "updatedAt")
     SELECT gen_random_uuid(), "customerId", 'To delete', "partition", "region", "stackName", "roleName", "externalIdCiphertext",
       gen_random_uuid(), "templateVersion", "createdById", gen_random_uuid(), now()
     FROM "Connection" WHERE "id" = $1 RETURNING "id"`,
    [unfinished],
  );
  return rows[0]?.id ?? "";
}

/** One that is in use, so that the proven one stays as it is. */
async function copyOfVerified(world: World): Promise<{ customer: string; connectionId: string }> {
  const connectionId = await copyUnfinished(world);
  await world.database.query(
    `UPDATE "Connection" SET "status" = 'setup', "provenAt" = now(), "lastOutcome" = 'proven' WHERE "id" = $1`,
    [connectionId],
  );
  return { customer: world.customer.reference, connectionId };
}

/** Held by the customer and by staff. */
async function copyOfPaused(world: World): Promise<{ customer: string; connectionId: string }> {
  const copy = await copyOfVerified(world);
  await world.database.query(
    `UPDATE "Connection" SET "status" = 'paused', "heldByCustomerAt" = now(), "heldByStaffAt" = now() WHERE "id" = $1`,
    [copy.connectionId],
  );
  return copy;
}

/** Someone new in the first team; gives who. */
async function joinByInvitation(world: World): Promise<string> {
  const id = randomUUID();
  await world.database.query(
    `INSERT INTO "User" ("id", "email", "name", "issuer", "subject", "emailVerified") VALUES ($1, $2, 'Colleague', 'https://id.test', $3, true)`,
    [id, `${id}@access.test`, randomUUID()],
  );
  await join(world, world.customer, id);
  return id;
}

async function join({ database }: World, { id }: Customer, userId: string): Promise<void> {
  await database.query(
    `INSERT INTO "Membership" ("userId", "customerId", "role", "source") VALUES ($1, $2, 'viewer', 'invitation')`,
    [userId, id],
  );
}

async function invite(
  { database, people }: World,
  customer: Customer,
  email: string,
): Promise<{ id: string; token: string }> {
  const invitation = { id: randomUUID(), token: newToken() };
  await database.query(
    `INSERT INTO "Invitation" ("id", "customerId", "email", "role", "tokenDigest", "createdById", "expiresAt")
     VALUES ($1, $2, $3, 'viewer', $4, $5, now() + interval '7 days')`,
    [invitation.id, customer.id, email, tokenDigest(invitation.token), people.admin.id],
  );
  return invitation;
}
