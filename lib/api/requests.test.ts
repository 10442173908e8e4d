import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import * as nowhere from "@/app/api/v1/[...path]/route";
import * as history from "@/app/api/v1/connections/[id]/history/route";
import * as role from "@/app/api/v1/connections/[id]/role/route";
import * as one from "@/app/api/v1/connections/[id]/route";
import * as connections from "@/app/api/v1/connections/route";
import { prepareSandbox } from "@/dev/local/prepare-sandbox";
import { newApiKey } from "@/dev/testing/api-keys";
import { member, newConnection, roleArnIn } from "@/dev/testing/fixtures";
import { config } from "@/lib/config";
import { crossAccount } from "@/lib/crossaccount-client/client";
import { db } from "@/lib/db";
import { log } from "@/lib/log";
import type { Handler } from "./endpoint";
import { once } from "./idempotency";

let key: string;
beforeAll(async () => {
  await prepareSandbox(process.env, config);
  await crossAccount.publishTemplate(config.defaultRegion);
  ({ key } = await newApiKey());
});

const json = { "content-type": "application/json" };

async function send(
  handler: Handler,
  {
    method = "GET",
    query = "",
    params = {},
    ...request
  }: {
    method?: string;
    query?: string;
    params?: Record<string, string>;
    body?: string;
    headers?: Record<string, string>;
  },
) {
  const response = await handler(
    new Request(`http://localhost:3000/api/v1/connections${query}`, {
      method,
      ...request,
      headers: { authorization: `Bearer ${key}`, ...request.headers },
    }),
    // As Next does it.
    { params: Promise.resolve(Object.keys(params).length > 0 ? params : undefined) },
  );
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === "" ? null : JSON.parse(text) };
}

const post = (body: string, headers: Record<string, string> = json) =>
  send(connections.POST, { method: "POST", body, headers });

describe("a body", () => {
  test.each([
    ["that is no JSON", "{", json, 400, "invalid-input"],
    ["that is no object", "[]", json, 400, "invalid-input"],
    ["that is null", "null", json, 400, "invalid-input"],
    [
      "of another type",
      "name=x",
      { "content-type": "application/x-www-form-urlencoded" },
      415,
      "content-type-unsupported",
    ],
    ["without a type", "{}", {}, 415, "content-type-unsupported"],
    ["that is too large", JSON.stringify({ name: "x".repeat(65_536) }), json, 413, "body-too-large"],
    ["with an object too many", '{"customer":{"not":"a text"}}', json, 400, "invalid-input"],
    ["with NUL", '{"customer":"a\\u0000","name":"A","region":"us-east-1"}', json, 400, "invalid-input"],
    ["with half a character", '{"customer":"\\ud800","name":"A","region":"us-east-1"}', json, 400, "invalid-input"],
    ["of a Region that is none", '{"customer":"a","name":"A","region":"mars-1"}', json, 404, "not-found"],
    ["without a customer", '{"name":"A","region":"us-east-1"}', json, 400, "invalid-input"],
  ])("%s is refused with what to do", async (_what, body, headers, status, code) => {
    const before = await db.connection.count();
    const answer = await post(body, headers as Record<string, string>);
    expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code });
    expect(answer.body.detail).not.toBe("");
    expect(answer.body.request_id).toBe(answer.headers.get("x-request-id"));
    expect(await db.connection.count()).toBe(before);
  });
});

test.each([
  ["?limit=0", "limit"],
  ["?limit=101", "limit"],
  ["?limit=ten", "limit"],
  ["?status=fine", "status"],
  ["?q=%00", "q"],
  ["?limit=1&limit=2", "limit"],
  ["?cursor=2026-01-01", "cursor"],
])("the query %s is refused by the name of its field", async (query, field) => {
  const { status, body } = await send(connections.GET, { query });
  expect(status).toBe(400);
  expect(Object.keys(body.fields)).toEqual([field]);
});

test("pages of a list follow each other without a gap, and are of one customer", async () => {
  const owner = await member();
  const names = ["One", "Two", "Three"];
  for (const name of names) await newConnection(owner, name);
  await newConnection(await member(), "Another's");
  const seen: string[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const query = `?customer=${owner.customer.reference}&limit=2${cursor && `&cursor=${encodeURIComponent(cursor)}`}`;
    const { body } = await send(connections.GET, { query });
    seen.push(...body.data.map(({ name }: { name: string }) => name));
    cursor = body.next_cursor;
  }
  expect(seen).toEqual(names.toReversed());
  const { body } = await send(connections.GET, { query: `?customer=${owner.customer.reference}&q=thre` });
  expect(body.data).toMatchObject([{ name: "Three", customer: owner.customer.reference }]);
});

test("a method that is not there is told apart from an address that is not there", async () => {
  const method = await send(one.POST, { method: "POST", params: { id: randomUUID() } });
  expect({ status: method.status, code: method.body.code }).toEqual({ status: 405, code: "method-not-allowed" });
  expect(method.headers.get("allow")).toBe("GET, PATCH, DELETE");
  expect((await send(nowhere.GET, {})).body).toMatchObject({ status: 404, code: "not-found" });
  expect((await send(nowhere.GET, { headers: { authorization: "" } })).status).toBe(401);
});

test("a time before all times is refused", async () => {
  const { status, body } = await send(history.GET, {
    query: "?before=0000-01-01T00:00:00Z",
    params: { id: randomUUID() },
  });
  expect({ status, fields: Object.keys(body.fields) }).toEqual({ status: 400, fields: ["before"] });
});

test.each(["nothing", "'; DROP TABLE", "\0", "../connections"])("an ID such as %j is not found", async (id) => {
  expect((await send(one.GET, { params: { id } })).status).toBe(404);
});

test("an idempotency key that is none is refused, and one of a request that failed may be used again", async () => {
  const owner = await member();
  const sent = (name: string) => JSON.stringify({ customer: owner.customer.reference, name, region: "us-east-1" });
  const withKey = { ...json, "idempotency-key": "" };
  expect((await post(sent("A"), withKey)).body.fields).toHaveProperty("Idempotency-Key");

  for (let made = 0; made < 20; made += 1) await newConnection(owner);
  const headers = { ...json, "idempotency-key": "again" };
  expect((await post(sent("A"), headers)).status).toBe(409);
  await db.connection.deleteMany({ where: { customerId: owner.customer.id } });
  expect((await post(sent("A"), headers)).status).toBe(201);
  expect(await db.connection.count({ where: { customerId: owner.customer.id } })).toBe(1);
});

test("of two requests at once with one idempotency key, one is done, and the other is told to come again", async () => {
  const { id: apiKeyId } = await newApiKey();
  const sent = { apiKeyId, idempotencyKey: "same", text: "POST /" };
  let finish = (_done: { id: string }) => {};
  const first = once(sent, new Date(), () => new Promise<{ id: string }>((resolve) => (finish = resolve)));
  await vi.waitFor(async () => expect(await db.idempotentRequest.count({ where: { apiKeyId } })).toBe(1));
  const second = vi.fn(async () => ({ id: "second" }));
  await expect(once(sent, new Date(), second)).rejects.toMatchObject({ code: "idempotency-key-in-use" });
  finish({ id: "first" });
  expect(await first).toEqual({ id: "first" });
  expect(await once(sent, new Date(), second)).toEqual({ id: "first" });
  expect(second).not.toHaveBeenCalled();
});

test("a request whose process went away is done with the same ID when it is sent again, and another one with another", async () => {
  const { id: apiKeyId } = await newApiKey();
  const sent = { apiKeyId, idempotencyKey: "crashed", text: "POST /" };
  const given: string[] = [];
  const act = async (requestId: string) => ({ id: given.push(requestId).toString() });
  await once(sent, new Date(), act);
  await db.idempotentRequest.updateMany({ where: { apiKeyId }, data: { resourceId: null, startedAt: new Date(0) } });
  await once(sent, new Date(), act);
  await once({ ...sent, idempotencyKey: "other" }, new Date(), act);
  expect(given).toEqual([given[0], given[0], given[2]]);
  expect(new Set(given).size).toBe(2);
  for (const requestId of given) expect(z.uuid().safeParse(requestId).success).toBe(true);
});

describe("what is secret", () => {
  const written: string[] = [];
  const spy = vi.spyOn(log, "error").mockImplementation((...line) => void written.push(JSON.stringify(line)));
  afterAll(() => spy.mockRestore());

  test("is in no problem, no log and no row: neither the key, nor the external ID, nor the role", async () => {
    const owner = await member();
    const connection = await newConnection(owner);
    const roleArn = roleArnIn("740000000001", connection);
    const shown = await send(one.GET, { params: { id: connection.id } });
    const put = (body: string) =>
      send(role.PUT, {
        method: "PUT",
        params: { id: connection.id },
        body,
        headers: { ...json, "idempotency-key": "x" },
      });
    expect((await put(JSON.stringify({ role_arn: roleArn }))).body.role_arn).toBe(roleArn);
    const problems = [
      await put(JSON.stringify({ role_arn: `${roleArn}/` })),
      await put(`${roleArn} ${shown.body.external_id}`),
    ];
    const rows = await db.$queryRaw<{ text: string }[]>`
      SELECT to_jsonb(k)::text AS text FROM "ApiKey" k UNION ALL SELECT to_jsonb(r)::text FROM "IdempotentRequest" r
      UNION ALL SELECT to_jsonb(c)::text FROM "Connection" c UNION ALL SELECT to_jsonb(a)::text FROM "ActivityLogEntry" a`;
    const everything = JSON.stringify([problems.map(({ body }) => body), rows, written]);
    expect(problems.map(({ status }) => status)).toEqual([409, 400]);
    for (const secret of [key, shown.body.external_id, roleArn]) expect(everything).not.toContain(secret);
  });
});
