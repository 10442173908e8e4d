import { randomUUID } from "node:crypto";
import { globSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { prepareSandbox } from "@/dev/local/prepare-sandbox";
import { writeLog } from "@/dev/testing/access-log";
import { customerVerbs } from "@/dev/testing/customer-verbs";
import { member, newConnection, roleArnIn } from "@/dev/testing/fixtures";
import { createApiKey } from "@/lib/api-keys/create-api-key";
import { revokeApiKey } from "@/lib/api-keys/revoke-api-key";
import { apiScopes } from "@/lib/api-keys/scopes";
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

const paths = globSync("**/route.ts", { cwd: "app/api/v1" }).map(dirname);
const routes = new Map<string, RouteMethods>(
  await Promise.all(
    paths.map(
      async (path): Promise<[string, RouteMethods]> => [
        path,
        await import(/* @vite-ignore */ resolve("app/api/v1", path, "route.ts")),
      ],
    ),
  ),
);

const actor = { type: "system", id: "test" } as const;
const allScopes = Object.keys(apiScopes);
const now = () => new Date();

async function newKey(wanted: { scopes?: readonly string[]; customer?: string | undefined } = {}) {
  return createApiKey({ database: db, actor }, { name: "Test", scopes: allScopes, days: 1, ...wanted }, now());
}

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
  ...(["pause", "resume", "disconnect"] as const).map(
    (what): Row => ({
      ...{ route: `connections/[id]/${what}`, method: "POST", status: 200, sent: byId, bad: wrongQuery },
      prepare: async (target) => {
        await customerVerbs[`${what}Connection`].prepare({ ...target, invitationId: "" });
        return "";
      },
    }),
  ),
  { ...{ route: "permissions", method: "GET", status: 200, ofNobody: true, bad: wrongQuery } },
  { ...{ route: "template", method: "GET", status: 200, ofNobody: true, bad: wrongQuery } },
];

const named = rows.map((row) => [`${row.method} ${row.route}`, row] as const);
const writing = named.filter(([, { method }]) => method !== "GET");
const described = (row: Row) => routes.get(row.route)?.[row.method].described;

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
    db.activityLogEntry.count(),
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
    for (const ofCustomer of [true, false]) {
      const { target, sent } = await ready(row);
      const { key } = await newKey({ customer: ofCustomer ? target.owner.customer.reference : undefined });
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
    const [revoked, expired] = [await newKey(), await newKey()];
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
    const { key } = await newKey({ scopes: allScopes.filter((one) => one !== scope) });
    const before = await countEverything();
    const { status, body } = await call(row, key, sent);
    expect({ status, code: body.code }).toEqual({ status: 403, code: "scope-missing" });
    expect(body.detail).toContain(scope);
    expect(await countEverything()).toEqual(before);
  });

  test("names the field of what is not valid", async () => {
    const { sent } = await ready(row);
    const { key } = await newKey();
    const [spoil, field] = row.bad ?? [(same: Sent) => same, ""];
    const before = await countEverything();
    const { status, body } = await call(row, key, spoil(sent));
    expect(body).toMatchObject({ status: 400, code: "invalid-input", fields: { [field]: expect.any(String) } });
    expect(status).toBe(400);
    expect(await countEverything()).toEqual(before);
  });

  test("refuses who asks too often, and says when to come again", async () => {
    const { sent } = await ready(row);
    const { id, key } = await newKey();
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
    const { key } = await newKey({ customer: (await member()).customer.reference });
    const before = await countEverything();
    const { status, body } = await call(row, key, sent);
    if (row.lists) expect(body).toEqual({ data: [], next_cursor: null });
    else expect({ status, code: body.code }).toEqual({ status: 404, code: "not-found" });
    expect(JSON.stringify(body)).not.toContain(target.connection.stackName);
    expect(await countEverything()).toEqual(before);
  });
});

describe.each(writing)("%s, sent with an idempotency key,", (_name, row) => {
  test("is done once, and answered again by what was made", async () => {
    const { sent } = await ready(row);
    const { key } = await newKey();
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
    const { key } = await newKey();
    const headers = { "idempotency-key": "one" };
    await call(row, key, sent, headers);
    const other = rows[1] as Row;
    const { status, body } = await call(other, key, (await ready(other)).sent, headers);
    expect({ status, code: body.code }).toEqual({ status: 409, code: "idempotency-key-reused" });
  });
});
