import { randomUUID } from "node:crypto";
import { globSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { prepareSandbox } from "@/dev/local/prepare-sandbox";
import { writeLog } from "@/dev/testing/access-log";
import { allScopes, newApiKey } from "@/dev/testing/api-keys";
import { customerVerbs } from "@/dev/testing/customer-verbs";
import { launchStack, member, newConnection, roleArnIn } from "@/dev/testing/fixtures";
import { revokeApiKey } from "@/lib/api-keys/revoke-api-key";
import { announceAssumption } from "@/lib/assumptions/announce-assumption";
import { config } from "@/lib/config";
import { submitRole } from "@/lib/connections/submit-role";
import { crossAccount } from "@/lib/crossaccount-client/client";
import { db } from "@/lib/db";
import type { Connection } from "@/lib/generated/prisma/client";
import { createLink } from "@/lib/links/create-link";
import type { PersonalAccess } from "@/lib/tenancy/access";
import { startVerification } from "@/lib/verifications/start-verification";
import { requestPolicy, takeRequest } from "./request-limit";
import { type Method, methods, type RouteMethods } from "./route";

// What Next does after an answer has no request to follow here.
vi.mock("next/server", () => ({ after: (work: () => Promise<void>) => void work() }));

const paths = globSync("{v1,integration,customer}/**/route.ts", { cwd: "app/api" }).map(dirname);
const routes = new Map<string, RouteMethods>(
  await Promise.all(
    paths.map(
      async (path): Promise<[string, RouteMethods]> => [
        path.replace(/^v1\//, ""),
        await import(/* @vite-ignore */ resolve("app/api", path, "route.ts")),
      ],
    ),
  ),
);

const actor = { type: "system", id: "test" } as const;
const now = () => new Date();

interface Target {
  owner: PersonalAccess;
  connection: Connection;
  account: string;
  /** Of what the row prepared. */
  made: string;
}

let accounts = 730_000_000_000;
async function newTarget(): Promise<Target> {
  const owner = await member();
  return { owner, connection: await newConnection(owner), account: String(++accounts), made: "" };
}

interface Sent {
  params?: Record<string, string>;
  query?: string;
  body?: unknown;
}

interface Row {
  route: string;
  method: Method;
  status: number;
  /** Makes what the request is about, and says its ID. */
  prepare?: (target: Target) => Promise<string>;
  sent?: (target: Target) => Sent;
  /** The same with a fault, and the field that it is in. */
  bad?: [(sent: Sent) => Sent, field: string];
  /** A key of one customer is refused. */
  ofPortal?: true;
  /** Nothing in it belongs to a customer. */
  ofNobody?: true;
  /** Answers others with an empty list. */
  lists?: true;
}

const byId = ({ connection: { id } }: Target): Sent => ({ params: { id } });
const withBody = (body: (target: Target) => unknown) => (target: Target) => ({ ...byId(target), body: body(target) });
const wrongField: Row["bad"] = [(sent) => ({ ...sent, body: { ...Object(sent.body), surprise: 1 } }), "surprise"];
const wrongQuery: Row["bad"] = [(sent) => ({ ...sent, query: "?surprise=1" }), "surprise"];
const nameRole = ({ owner, connection, account }: Target) =>
  submitRole(owner, { connectionId: connection.id, roleArn: roleArnIn(account, connection) });
const makeLink = async ({ owner, connection }: Target) =>
  (await createLink(owner, { connectionId: connection.id, purpose: "setup" }, now())).linkId;

/** What must be so before a verb of the same name is called. */
const prepared = (verb: "issueCredentials" | "abandonRotation" | "readReceipt") => async (target: Target) => {
  await customerVerbs[verb].prepare({ ...target, invitationId: "" });
  return "";
};
const usable = prepared("issueCredentials");
const byCustomer = ({ owner }: Target): Sent => ({ params: { customer: owner.customer.reference } });

const rows: Row[] = [
  {
    ...{ route: "connections", method: "GET", status: 200, lists: true },
    bad: [(sent) => ({ ...sent, query: "?cursor=none" }), "cursor"],
  },
  {
    ...{ route: "connections", method: "POST", status: 201 },
    sent: ({ owner, account }) => ({
      body: { customer: owner.customer.reference, name: "Made", region: "eu-west-1", account_id: account },
    }),
    bad: [(sent) => ({ ...sent, body: { ...Object(sent.body), account_id: "12" } }), "account_id"],
  },
  { ...{ route: "connections/[id]", method: "GET", status: 200 }, sent: byId, bad: wrongQuery },
  {
    ...{ route: "connections/[id]", method: "PATCH", status: 200, sent: withBody(() => ({ name: "Renamed" })) },
    bad: [(sent) => ({ ...sent, body: { name: "\u200b" } }), "name"],
  },
  { ...{ route: "connections/[id]", method: "DELETE", status: 204 }, sent: byId, bad: wrongQuery },
  {
    ...{ route: "connections/[id]/role", method: "PUT", status: 200 },
    sent: withBody(({ account, connection }) => ({ role_arn: roleArnIn(account, connection) })),
    bad: [(sent) => ({ ...sent, body: { role_arn: "my role" } }), "role_arn"],
  },
  {
    ...{ route: "connections/[id]/verifications", method: "POST", status: 202, sent: withBody(() => ({})) },
    prepare: async (target) => {
      await nameRole(target);
      return "";
    },
    bad: [(sent) => ({ ...sent, body: { expect_setup: "maybe" } }), "expect_setup"],
  },
  {
    ...{ route: "verifications/[id]", method: "GET", status: 200, sent: ({ made: id }) => ({ params: { id } }) },
    prepare: async (target) => {
      await nameRole(target);
      const wanted = { connectionId: target.connection.id, expectSetup: "present" as const };
      return (await startVerification(target.owner, wanted, now())).verificationId;
    },
    bad: wrongQuery,
  },
  {
    ...{ route: "connections/[id]/access-log", method: "GET", status: 200, sent: byId },
    prepare: async ({ connection: { id: connectionId, customerId } }) => {
      await writeLog({ connectionId, customerId }, 2);
      return "";
    },
    bad: [(sent) => ({ ...sent, query: "?cursor=x&cursor=y" }), "cursor"],
  },
  {
    ...{ route: "connections/[id]/history", method: "GET", status: 200, sent: byId },
    bad: [(sent) => ({ ...sent, query: "?before=yesterday" }), "before"],
  },
  {
    ...{ route: "connections/[id]/links", method: "GET", status: 200 },
    prepare: makeLink,
    sent: byId,
    bad: wrongQuery,
  },
  {
    ...{ route: "connections/[id]/links", method: "POST", status: 201, sent: withBody(() => ({ purpose: "setup" })) },
    bad: wrongField,
  },
  {
    ...{ route: "connections/[id]/links/[link]", method: "DELETE", status: 204, prepare: makeLink, bad: wrongQuery },
    sent: ({ connection: { id }, made: link }) => ({ params: { id, link } }),
  },
  {
    ...{ route: "customers/[customer]/members", method: "GET", status: 200, bad: wrongQuery },
    sent: ({ owner }) => ({ params: { customer: owner.customer.reference } }),
  },
  {
    ...{ route: "connections/[id]/assumptions", method: "POST", status: 201 },
    prepare: usable,
    sent: withBody(() => ({ purpose: "nightly report" })),
    bad: [(sent) => ({ ...sent, body: { purpose: " " } }), "purpose"],
  },
  {
    ...{ route: "connections/[id]/assumptions/[assumption]", method: "PATCH", status: 200 },
    prepare: async (target) => {
      await usable(target);
      const wanted = { connectionId: target.connection.id, purpose: "nightly report" };
      return (await announceAssumption(target.owner, wanted, randomUUID())).id;
    },
    sent: ({ connection: { id }, made: assumption }) => ({
      params: { id, assumption },
      body: { outcome: "refused", error_code: "AccessDenied" },
    }),
    bad: [(sent) => ({ ...sent, body: { outcome: "maybe" } }), "outcome"],
  },
  {
    ...{ route: "connections/[id]/credentials", method: "POST", status: 200, prepare: usable },
    sent: withBody(() => ({ purpose: "nightly report", duration_seconds: 900 })),
    bad: [(sent) => ({ ...sent, body: { purpose: "p", session_policy: "all" } }), "session_policy"],
  },
  {
    ...{ route: "connections/[id]/rotation", method: "POST", status: 201, bad: wrongQuery, sent: byId },
    prepare: usable,
  },
  {
    ...{ route: "connections/[id]/rotation", method: "DELETE", status: 204, bad: wrongQuery, sent: byId },
    prepare: prepared("abandonRotation"),
  },
  {
    ...{ route: "connections/[id]/receipts/[receipt]", method: "GET", status: 200 },
    prepare: prepared("readReceipt"),
    sent: ({ connection: { id } }) => ({ params: { id, receipt: "setup" } }),
    bad: [(sent) => ({ params: { ...sent.params, receipt: "any" } }), "receipt"],
  },
  {
    ...{ route: "trust-policy", method: "GET", status: 200 },
    sent: ({ connection: { id } }) => ({ query: `?connection=${id}` }),
    bad: [() => ({}), "connection"],
  },
  { ...{ route: "customers", method: "GET", status: 200, ofNobody: true, bad: wrongQuery } },
  {
    ...{ route: "customers", method: "POST", status: 201, ofPortal: true },
    sent: ({ account }) => ({ body: { customer: `new-${account}-${randomUUID()}`, name: "New Ltd" } }),
    bad: [(sent) => ({ body: { ...Object(sent.body), name: "\u200b" } }), "name"],
  },
  { ...{ route: "customers/[customer]", method: "GET", status: 200, bad: wrongQuery, sent: byCustomer } },
  {
    ...{ route: "customers/[customer]", method: "PATCH", status: 200 },
    sent: (target) => ({ ...byCustomer(target), body: { name: "Renamed Ltd" } }),
    bad: [(sent) => ({ ...sent, body: { name: "" } }), "name"],
  },
  {
    ...{ route: "customers/[customer]/members", method: "POST", status: 201 },
    sent: (target) => ({ ...byCustomer(target), body: { email: "lee@invited.test", role: "viewer" } }),
    bad: [(sent) => ({ ...sent, body: { email: "lee", role: "viewer" } }), "email"],
  },
  {
    ...{ route: "customers/[customer]/members", method: "DELETE", status: 204 },
    prepare: async ({ owner }) => (await member("viewer", owner.customer.reference)).person.id,
    sent: (target) => ({ ...byCustomer(target), query: `?user_id=${target.made}` }),
    bad: [(sent) => ({ ...sent, query: "?user_id=1" }), "user_id"],
  },
  {
    ...{ route: "integration/start", method: "POST", status: 200 },
    sent: ({ owner }) => ({
      body: { customer_id: owner.customer.reference, customer_name: "Acme", region: "us-east-1" },
    }),
    bad: [(sent) => ({ body: { ...Object(sent.body), customer_id: "" } }), "customer_id"],
  },
  {
    ...{ route: "integration/complete", method: "POST", status: 200 },
    prepare: async ({ connection, account }) => {
      await launchStack(connection, account);
      return "";
    },
    sent: ({ owner, connection, account }) => ({
      body: { customer_id: owner.customer.reference, role_arn: roleArnIn(account, connection) },
    }),
    bad: [(sent) => ({ body: { ...Object(sent.body), external_id: "another" } }), "external_id"],
  },
  {
    ...{ route: "customer/[customer]/data", method: "GET", status: 200, prepare: usable, sent: byCustomer },
    bad: wrongQuery,
  },
  {
    ...{ route: "customer/[customer]/credentials", method: "POST", status: 200, prepare: usable },
    sent: (target) => ({ ...byCustomer(target), body: { purpose: "nightly report" } }),
    bad: [(sent) => ({ ...sent, body: { purpose: "p", duration_seconds: 3_601 } }), "duration_seconds"],
  },
  ...(["pause", "resume", "disconnect"] as const).map(
    (what): Row => ({
      ...{ route: `connections/[id]/${what}`, method: "POST", status: 200, sent: byId, bad: wrongQuery },
      prepare: async (target) => {
        await customerVerbs[`${what}Connection`].prepare({ ...target, invitationId: "" });
        return "";
      },
    }),
  ),
  {
    ...{ route: "events", method: "GET", status: 200, lists: true },
    sent: ({ connection: { id } }) => ({ query: `?connection=${id}` }),
    bad: [(sent) => ({ ...sent, query: "?after=-1" }), "after"],
  },
  {
    ...{ route: "events/[id]", method: "GET", status: 200, bad: wrongQuery },
    prepare: async ({ connection: { id: connectionId } }) =>
      (await db.event.findFirstOrThrow({ where: { connectionId } })).id,
    sent: ({ made: id }) => ({ params: { id } }),
  },
  { ...{ route: "permissions", method: "GET", status: 200, ofNobody: true, bad: wrongQuery } },
  { ...{ route: "template", method: "GET", status: 200, ofNobody: true, bad: wrongQuery } },
];

const named = rows.map((row) => [`${row.method} ${row.route}`, row] as const);
const described = (row: Row) => routes.get(row.route)?.[row.method].described;
const writing = named.filter(([, row]) => described(row)?.writes);
const issuing = named.filter(([, row]) => row.method !== "GET" && !described(row)?.writes);

async function call(row: Row, key: string | null, sent: Sent, headers: Record<string, string> = {}) {
  const handler = routes.get(row.route)?.[row.method];
  if (!handler) throw new Error(`there is no ${row.route}`);
  const { params = {}, query = "", body } = sent;
  const path = row.route.replaceAll(/\[(\w+)\]/g, (_, name: string) => encodeURIComponent(params[name] ?? ""));
  const request = new Request(`http://localhost:3000/api/v1/${path}${query}`, {
    method: row.method,
    headers: {
      ...(key !== null && { authorization: `Bearer ${key}` }),
      ...(body !== undefined && { "content-type": "application/json" }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const response = await handler(request, { params: Promise.resolve(params) });
  const text = await response.text();
  expect(response.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  expect(response.headers.get("cache-control")).toBe("no-store");
  if (response.status >= 400) expect(response.headers.get("content-type")).toBe("application/problem+json");
  return { status: response.status, headers: response.headers, body: text === "" ? null : JSON.parse(text) };
}

async function ready(row: Row) {
  const target = await newTarget();
  const made = (await row.prepare?.(target)) ?? "";
  return { target, sent: row.sent?.({ ...target, made }) ?? {} };
}

const countEverything = () =>
  Promise.all([
    ...[db.connection.count(), db.verification.count(), db.link.count({ where: { revokedAt: null } })],
    ...[db.customer.count(), db.invitation.count(), db.membership.count(), db.rotation.count()],
    ...[db.activityLogEntry.count(), db.accessLogEntry.count({ where: { probe: false } })],
  ]);

beforeAll(async () => {
  await prepareSandbox(process.env, config);
  await crossAccount.publishTemplate(config.defaultRegion);
});
beforeEach(() => db.$executeRaw`TRUNCATE "RateLimiterFlexible"`);

test("every method of every route is tried here", () => {
  const there = [...routes].flatMap(([path, route]) =>
    methods.filter((method) => route[method].described).map((method) => `${method} ${path}`),
  );
  expect(there.sort()).toEqual(named.map(([name]) => name).sort());
});

describe.each(named)("%s", (_name, row) => {
  test("answers a key of the customer, and one of the whole portal, as the document says", async () => {
    for (const ofCustomer of row.ofPortal ? [false] : [true, false]) {
      const { target, sent } = await ready(row);
      const { key } = await newApiKey({ customer: ofCustomer ? target.owner.customer.reference : undefined });
      const { status, body, headers } = await call(row, key, sent);
      expect({ status, body }).toMatchObject({ status: row.status });
      const { answer, located } = described(row) ?? {};
      if (answer) expect(answer.parse(body)).toEqual(body);
      expect(headers.get("location") !== null).toBe(located);
      expect(headers.get("ratelimit")).toMatch(/^"requests";r=\d+;t=\d+$/);
    }
  });

  test("refuses without a key, with one that is none, revoked, or expired, and changes nothing", async () => {
    const { sent } = await ready(row);
    const [revoked, expired] = [await newApiKey(), await newApiKey()];
    await revokeApiKey({ database: db, actor }, revoked.id, now());
    await db.apiKey.update({ where: { id: expired.id }, data: { expiresAt: new Date(0) } });
    const before = await countEverything();
    const unknown = `ck_${"x".repeat(43)}`;
    for (const key of [null, "", "ck_short", unknown, revoked.key, expired.key]) {
      const { status, body, headers } = await call(row, key, sent);
      expect({ status, code: body.code }).toEqual({ status: 401, code: "key-invalid" });
      expect(headers.get("www-authenticate")).toBe("Bearer");
    }
    expect(await countEverything()).toEqual(before);
  });

  test("refuses a key with all scopes but its own, and names that", async () => {
    const { sent } = await ready(row);
    const scope = described(row)?.scope ?? "";
    const { key } = await newApiKey({ scopes: allScopes.filter((one) => one !== scope) });
    const before = await countEverything();
    const { status, body } = await call(row, key, sent);
    expect({ status, code: body.code }).toEqual({ status: 403, code: "scope-missing" });
    expect(body.detail).toContain(scope);
    expect(await countEverything()).toEqual(before);
  });

  test("names the field of what is not valid", async () => {
    const { sent } = await ready(row);
    const { key } = await newApiKey();
    const [spoil, field] = row.bad ?? [(same: Sent) => same, ""];
    const before = await countEverything();
    const { status, body } = await call(row, key, spoil(sent));
    expect(body).toMatchObject({ status: 400, code: "invalid-input", fields: { [field]: expect.any(String) } });
    expect(status).toBe(400);
    expect(await countEverything()).toEqual(before);
  });

  test("refuses who asks too often, and says when to come again", async () => {
    const { sent } = await ready(row);
    const { id, key } = await newApiKey();
    for (let taken = 0; taken < requestPolicy.points; taken += 1) takeRequest(id);
    const { status, body, headers } = await call(row, key, sent);
    expect({ status, code: body.code }).toEqual({ status: 429, code: "rate-limited" });
    expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
    expect(headers.get("ratelimit")).toMatch(/^"requests";r=0;/);
  });
});

describe.each(named.filter(([, { ofNobody }]) => !ofNobody))("%s", (_name, row) => {
  test("finds nothing with another customer's key, and changes nothing", async () => {
    const { target, sent } = await ready(row);
    const { key } = await newApiKey({ customer: (await member()).customer.reference });
    const before = await countEverything();
    const { status, body } = await call(row, key, sent);
    if (row.lists) expect(body).toEqual({ data: [], next_cursor: null });
    else if (row.ofPortal) expect({ status, code: body.code }).toEqual({ status: 403, code: "not-allowed" });
    else expect({ status, code: body.code }).toEqual({ status: 404, code: "not-found" });
    expect(JSON.stringify(body)).not.toContain(target.connection.stackName);
    expect(await countEverything()).toEqual(before);
  });
});

describe.each(issuing)("%s, which gives away what is kept nowhere,", (_name, row) => {
  test("takes no idempotency key", async () => {
    const { sent } = await ready(row);
    const { key } = await newApiKey();
    const before = await countEverything();
    const { status, body } = await call(row, key, sent, { "idempotency-key": "one" });
    expect({ status, fields: Object.keys(body.fields) }).toEqual({ status: 400, fields: ["Idempotency-Key"] });
    expect(await countEverything()).toEqual(before);
  });
});

describe.each(writing)("%s, sent with an idempotency key,", (_name, row) => {
  test("is done once, and answered again by what was made", async () => {
    const { sent } = await ready(row);
    const { key } = await newApiKey();
    const headers = { "idempotency-key": randomUUID() };
    const first = await call(row, key, sent, headers);
    const after = await countEverything();
    const again = await call(row, key, sent, headers);
    expect({ first: first.status, again: again.status }).toEqual({ first: row.status, again: row.status });
    expect(again.headers.get("location")).toBe(first.headers.get("location"));
    expect(again.body?.id).toBe(first.body?.id);
    expect(await countEverything()).toEqual(after);
  });

  test("is refused with the key of another request", async () => {
    const { sent } = await ready(row);
    const { key } = await newApiKey();
    const headers = { "idempotency-key": "one" };
    await call(row, key, sent, headers);
    const other = rows[1] as Row;
    const { status, body } = await call(other, key, (await ready(other)).sent, headers);
    expect({ status, code: body.code }).toEqual({ status: 409, code: "idempotency-key-reused" });
  });
});
