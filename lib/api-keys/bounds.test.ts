import { expect, test } from "vitest";
import * as nowhere from "@/app/api/v1/[...path]/route";
import * as credentials from "@/app/api/v1/connections/[id]/credentials/route";
import * as connections from "@/app/api/v1/connections/route";
import { newApiKey } from "@/dev/testing/api-keys";
import { member, newConnection, signInAs } from "@/dev/testing/fixtures";
import { db } from "@/lib/db";
import { staffAccess } from "@/lib/tenancy/access";
import { createApiKey } from "./create-api-key";
import { isNetwork, isWithin } from "./networks";

const actor = { type: "system", id: "test" } as const;
const now = new Date();

async function ask(key: string, forwarded?: string, handler = connections.GET) {
  const headers = { authorization: `Bearer ${key}`, ...(forwarded !== undefined && { "x-forwarded-for": forwarded }) };
  const request = new Request("http://localhost:3000/api/v1/connections", { headers });
  const response = await handler(request, { params: Promise.resolve({}) });
  return { status: response.status, body: await response.json() };
}

test.each([
  ["203.0.113.7", true],
  ["203.0.113.0/24", true],
  ["0.0.0.0/0", true],
  ["2001:db8::/32", true],
  ["::1", true],
  ["203.0.113.0/33", false],
  ["203.0.113.0/-1", false],
  ["203.0.113.0/", false],
  ["203.0.113.0/24/8", false],
  ["203.0.113", false],
  ["2001:db8::/129", false],
  ["fe80::1%eth0", false],
  ["example.com", false],
  ["", false],
])("%j is a network: %j", (text, expected) => {
  expect(isNetwork(text)).toBe(expected);
});

const networks = ["203.0.113.0/24", "198.51.100.7", "2001:db8::/32"];
test.each([
  ["203.0.113.255", true],
  ["203.0.114.0", false],
  ["198.51.100.7", true],
  ["198.51.100.8", false],
  ["::ffff:203.0.113.9", true],
  ["203.0.113.9:4711", true],
  ["2001:db8:1::9", true],
  ["[2001:db8:1::9]:4711", true],
  ["2001:db9::1", false],
  ["nonsense", false],
  ["", false],
  [null, false],
])("the address %j is within: %j", (address, expected) => {
  expect(isWithin(networks, address)).toBe(expected);
});

test("a key that names networks is used from them alone, by the address that the nearest proxy saw", async () => {
  const { id, key } = await newApiKey({ networks });
  for (const forwarded of ["203.0.113.9", "192.0.2.1, 203.0.113.9"])
    expect((await ask(key, forwarded)).status).toBe(200);
  await db.apiKey.update({ where: { id }, data: { lastUsedAt: null, lastUsedFrom: null } });
  for (const forwarded of ["192.0.2.1", "203.0.113.9, 192.0.2.1", "", undefined]) {
    const { status, body } = await ask(key, forwarded);
    expect({ status, code: body.code }).toEqual({ status: 403, code: "address-not-allowed" });
    expect((await ask(key, forwarded, nowhere.GET)).body.code).toBe("address-not-allowed");
  }
  expect(await db.apiKey.findUnique({ where: { id } })).toMatchObject({ lastUsedAt: null });
});

test("a key of every customer issues credentials once a person of security confirmed that, and is kept with who did", async () => {
  const wanted = { name: "Issuer", scopes: ["credentials:issue"], days: 90 };
  const make = (confirmedBy?: Parameters<typeof createApiKey>[0]["confirmedBy"], changed = {}) =>
    createApiKey({ database: db, actor, confirmedBy }, { ...wanted, ...changed }, now);
  const support = staffAccess(await signInAs({ email: "sam@vendor.test" }), "support");
  const security = staffAccess(await signInAs({ email: "sasha@vendor.test" }), "security");
  const before = await db.apiKey.count();
  await expect(make()).rejects.toMatchObject({ code: "not-allowed" });
  await expect(make(support ?? undefined)).rejects.toMatchObject({ code: "not-allowed" });
  await expect(make(security ?? undefined, { days: 91 })).rejects.toMatchObject({
    fields: { expires: expect.stringContaining("90") },
  });
  expect(await db.apiKey.count()).toBe(before);

  const { id } = await make(security ?? undefined);
  expect(await db.apiKey.findUnique({ where: { id } })).toMatchObject({ confirmedById: security?.person.id });
  const { customer } = await member();
  const ofOne = await make(undefined, { customer: customer.reference });
  expect(await db.apiKey.findUnique({ where: { id: ofOne.id } })).toMatchObject({ confirmedById: null });
});

test("the database refuses what nobody confirmed and what lives longer, whoever writes it", async () => {
  const { id } = await newApiKey();
  const { createdAt } = await db.apiKey.findUniqueOrThrow({ where: { id } });
  const late = new Date(createdAt.getTime() + 91 * 24 * 60 * 60 * 1_000);
  for (const data of [{ confirmedById: null }, { expiresAt: late }])
    await expect(db.apiKey.update({ where: { id }, data })).rejects.toThrow(/ApiKey_credentials_bounded/);
});

test("a row that says so all the same issues nothing", async () => {
  const owner = await member();
  const { id } = await newConnection(owner);
  const { id: keyId, key } = await newApiKey();
  await db.$executeRaw`ALTER TABLE "ApiKey" DROP CONSTRAINT "ApiKey_credentials_bounded"`;
  await db.apiKey.update({ where: { id: keyId }, data: { confirmedById: null } });
  const request = new Request("http://localhost:3000/api/v1/", {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({ purpose: "report" }),
  });
  const response = await credentials.POST(request, { params: Promise.resolve({ id }) });
  expect(await response.json()).toMatchObject({ status: 403, code: "not-allowed" });
});
