import { randomUUID } from "node:crypto";
import { newApiKey } from "@/lib/api-keys/key";
import { apiScopes } from "@/lib/api-keys/scopes";
import { UtcClient } from "@/lib/postgres";
import { newToken, tokenDigest } from "@/lib/tokens";
import { required } from "../fixtures/portal";
import { builtAction } from "./built";
import { type Caller, type CallerName, callerNames } from "./callers";
import { connect, type ProvenConnection } from "./connect";
import { postAction } from "./post-action";

export interface Customer {
  id: string;
  reference: string;
  name: string;
}

/** Two customers and everybody who may try something with the first one's, put into the portal's database. */
export interface World {
  database: UtcClient;
  customer: Customer;
  /** Nothing to do with the first. */
  otherCustomer: Customer;
  people: Record<CallerName, { id: string; email: string; name: string }>;
  /** A connection of the first customer, verified and without setup permissions. */
  proven: ProvenConnection;
  /** Another of its, of which nothing is known yet. */
  unfinished: string;
  /** A third, of which the role is known. */
  named: string;
  /** A fourth, which ended so long ago that AWS is only asked about it when someone wants to know. */
  ended: string;
  /** Of a link to hand `unfinished` over. */
  linkToken: string;
  /** API keys, of those callers who have one. */
  keys: Partial<Record<CallerName, { id: string; key: string }>>;
}

/** E-mails that the operator of the run named as staff. */
const staffEmails: Partial<Record<CallerName, string>> = {
  support: "sam.okafor@nimbus.example",
  security: "sasha.petrov@nimbus.example",
  "revoked session": "sasha.petrov@nimbus.example",
  "expired session": "sasha.petrov@nimbus.example",
};

const memberOf: Partial<Record<CallerName, { of: "customer" | "otherCustomer"; role: "admin" | "viewer" }>> = {
  admin: { of: "customer", role: "admin" },
  viewer: { of: "customer", role: "viewer" },
  "admin of another customer": { of: "otherCustomer", role: "admin" },
  "revoked session": { of: "customer", role: "admin" },
  "expired session": { of: "customer", role: "admin" },
};

export async function createWorld(): Promise<World> {
  const database = new UtcClient({ connectionString: required("E2E_DATABASE_URL") });
  await database.connect();
  const customer = await createCustomer(database);
  const otherCustomer = await createCustomer(database);
  const people = {} as World["people"];
  for (const name of callerNames) {
    people[name] = await createPerson(database, name);
    const membership = memberOf[name];
    if (!membership) continue;
    await database.query(
      `INSERT INTO "Membership" ("userId", "customerId", "role", "source") VALUES ($1, $2, $3, 'claim')`,
      [people[name].id, { customer, otherCustomer }[membership.of].id, membership.role],
    );
  }
  const allScopes = Object.keys(apiScopes);
  const keys: World["keys"] = {
    "key with too little scope": await insertKey(database, { customerId: customer.id, scopes: [] }),
    "another customer's key": await insertKey(database, { customerId: otherCustomer.id, scopes: allScopes }),
    "revoked key": await insertKey(database, { customerId: customer.id, scopes: allScopes, isRevoked: true }),
  };
  const world = { database, customer, otherCustomer, people, keys, linkToken: newToken() };
  const admin = await signIn(world, "admin");
  const connections = await connect(admin, customer.reference);
  await insertLink(world, { connectionId: connections.unfinished, token: world.linkToken, purpose: "setup" });
  await database.query(
    `UPDATE "Connection" SET "status" = 'disconnected', "provenAt" = now(), "disconnectedAt" = now() - interval '30 days'
     WHERE "id" = $1`,
    [connections.ended],
  );
  return { ...world, ...connections };
}

/** A link as an admin of the first customer makes it. */
export async function insertLink(
  { database, customer, people }: Pick<World, "database" | "customer" | "people">,
  link: { connectionId: string; token: string; purpose: "setup" | "repair" },
): Promise<string> {
  const id = randomUUID();
  await database.query(
    `INSERT INTO "Link" ("id", "connectionId", "customerId", "purpose", "tokenDigest", "createdByType", "createdById", "expiresAt")
     VALUES ($1, $2, $3, $4, $5, 'customer', $6, now() + interval '7 days')`,
    [id, link.connectionId, customer.id, link.purpose, tokenDigest(link.token), people.admin.id],
  );
  return id;
}

interface InsertedKey {
  customerId: string;
  scopes: readonly string[];
  isRevoked?: boolean;
}

/** A key that counts as used just now, so that its next uses leave no trace in its row. */
export async function insertKey(
  database: UtcClient,
  { customerId, scopes, isRevoked = false }: InsertedKey,
): Promise<{ id: string; key: string }> {
  const id = randomUUID();
  const { key, prefix, digest } = newApiKey();
  await database.query(
    `INSERT INTO "ApiKey" ("id", "name", "prefix", "digest", "scopes", "customerId", "createdByType", "createdById", "expiresAt",
       "lastUsedAt", "revokedAt")
     VALUES ($1, 'Private', $2, $3, $4, $5, 'system', 'test', now() + interval '1 day', now() + interval '1 day',
       CASE WHEN $6 THEN now() END)`,
    [id, prefix, digest, scopes, customerId, isRevoked],
  );
  return { id, key };
}

/** What of the first customer nobody but its members and staff may read. */
export function privateTexts({ customer, proven, people }: World): string[] {
  return [customer.name, proven.externalId, proven.account, people.viewer.email];
}

/** With a session of its own each time, as after a sign-in, so that one which an action ends is no other's. */
export async function signIn(
  { database, people, linkToken, keys }: Pick<World, "database" | "people" | "linkToken" | "keys">,
  name: CallerName,
): Promise<Caller> {
  const { id, email } = people[name];
  if (name === "stranger") return { name, email };
  const known = keys[name];
  if (known) return { name, email, authorization: `Bearer ${known.key}` };
  if (name === "link holder") return { name, email, cookie: `crossaccount-session=${linkToken}` };
  const token = newToken();
  await database.query(
    `INSERT INTO "Session" ("id", "tokenDigest", "userId", "expiresAt") VALUES ($1, $2, $3, now() + $4::interval)`,
    [randomUUID(), tokenDigest(token), id, name === "expired session" ? "-1 second" : "12 hours"],
  );
  const caller = { name, email, cookie: `crossaccount-session=${token}` };
  if (name === "revoked session") {
    const revoke = builtAction("lib/auth/actions.ts", "revokeMySessions");
    await postAction(revoke, { path: "/sign-out", caller, input: {} });
  }
  return caller;
}

/** A round of audits that stays until tomorrow, in place of any that runs. */
export async function createRound({ database, customer, unfinished, people }: World): Promise<string> {
  await endRounds({ database });
  const id = randomUUID();
  await database.query(`INSERT INTO "AuditRound" ("id", "kind", "startedById") VALUES ($1, 'all', $2)`, [
    id,
    people.support.id,
  ]);
  await database.query(
    `INSERT INTO "AuditItem" ("roundId", "connectionId", "customerId", "readyAt") VALUES ($1, $2, $3, now() + interval '1 day')`,
    [id, unfinished, customer.id],
  );
  return id;
}

export async function endRounds({ database }: Pick<World, "database">): Promise<void> {
  await database.query(
    `WITH ended AS (
       UPDATE "AuditRound" SET "state" = 'cancelled', "finishedAt" = now()
       WHERE "kind" = 'all' AND "state" = 'running' RETURNING "id"
     )
     UPDATE "AuditItem" SET "state" = 'cancelled', "finishedAt" = now()
     WHERE "roundId" IN (SELECT "id" FROM ended) AND "state" IN ('waiting', 'queued')`,
  );
}

export async function createCustomer(database: UtcClient): Promise<Customer> {
  const id = randomUUID();
  const customer = { id, reference: `access-${id.slice(0, 8)}`, name: `Private ${id.slice(9, 23)}` };
  await database.query(
    `INSERT INTO "Customer" ("id", "reference", "name") VALUES ($1, $2, $3)`,
    Object.values(customer),
  );
  return customer;
}

async function createPerson(database: UtcClient, name: CallerName): Promise<World["people"][CallerName]> {
  const id = randomUUID();
  const email = staffEmails[name] ?? `${id}@access.test`;
  const person = { id, email, name: `Person ${id.slice(0, 8)}` };
  await database.query(
    `INSERT INTO "User" ("id", "email", "name", "issuer", "subject", "emailVerified") VALUES ($1, $2, $3, 'https://id.test', $4, true)`,
    [id, email, person.name, randomUUID()],
  );
  return person;
}
