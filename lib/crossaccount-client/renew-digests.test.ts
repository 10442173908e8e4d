import { beforeEach, expect, test } from "vitest";
import { member, newConnection, reload, roleArnIn } from "@/dev/testing/fixtures";
import { config } from "@/lib/config";
import { submitRole } from "@/lib/connections/submit-role";
import { createDigester } from "@/lib/crossaccount";
import { db } from "@/lib/db";
import type { CustomerAccess } from "@/lib/tenancy/access";
import { auditPolicy } from "@/lib/verifications/audit-policy";
import { createMaintenance } from "@/lib/worker/maintenance";
import { clientOptions, crossAccount } from "./client";
import { externalIdDigest, roleArnDigest, roleDigest } from "./digests";
import { digester } from "./encryption";
import { fillRoleDigests } from "./fill-role-digests";
import { renewDigests } from "./renew-digests";
import { readExternalId, readNextExternalId, readRoleArn } from "./secrets";

const { registry } = clientOptions;
/** By the AUTH_SECRET of before. */
const former = createDigester({ keys: [Buffer.from("f".repeat(32))] });
const roleArn = roleArnIn("111122223333", { roleName: "nimbus-role" });

beforeEach(() => db.connection.deleteMany());

/** A verified connection as it was stored while another AUTH_SECRET was set. */
async function storedBefore(access: CustomerAccess, arn = roleArn) {
  const { id, customerId } = await newConnection(access);
  await submitRole(access, { connectionId: id, roleArn: arn });
  const externalId = await readExternalId(await reload({ id }));
  await db.connection.update({
    where: { id },
    data: {
      ...{ status: "active", provenAt: new Date() },
      externalIdDigest: externalIdDigest(former, externalId),
      roleArnDigest: roleArnDigest(former, customerId, arn),
      roleDigest: roleDigest(former, arn),
    },
  });
  return { id, customerId, externalId };
}

async function renew() {
  const unreadable: string[] = [];
  const onUnreadable = (_error: unknown, id: string) => unreadable.push(id);
  const dependencies = { database: db, digester, readExternalId, readNextExternalId, readRoleArn, onUnreadable };
  const renewed = await renewDigests(dependencies);
  await fillRoleDigests(dependencies, new Date());
  return { renewed, unreadable: [...new Set(unreadable)] };
}

/** What a connection of somebody else is told. */
async function asked(externalId: string, arn = roleArn) {
  const { id: connectionId, customerId } = await newConnection(await member());
  const asking = { customerId, connectionId };
  return [await registry.isRoleTaken(arn, asking), await registry.issuedToOthers([externalId], asking)];
}

test("whose role one is, and whose external ID, is known again after AUTH_SECRET was changed", async () => {
  const access = await member();
  const { id, externalId } = await storedBefore(access);
  const fresh = await newConnection(access);
  await newConnection(access, "newer");
  expect(await renew()).toEqual({ renewed: 1, unreadable: [] });
  expect(await asked(externalId)).toEqual([true, [externalId]]);
  await expect(submitRole(access, { connectionId: fresh.id, roleArn })).rejects.toMatchObject({ code: "conflict" });

  const before = await reload({ id });
  expect(await renew()).toEqual({ renewed: 0, unreadable: [] });
  expect(await reload({ id })).toEqual(before);
});

test("it is found among many that are newer, and all are made anew", async () => {
  const access = await member();
  const arns = Array.from({ length: 12 }, (_, index) => roleArnIn("111122223333", { roleName: `nimbus-${index}` }));
  const stored = [];
  for (const arn of arns) stored.push(await storedBefore(access, arn));
  for (let made = 0; made < 12; made += 1) await newConnection(await member());
  expect(await renew()).toMatchObject({ renewed: 12 });
  for (const [index, { externalId }] of stored.entries())
    expect(await asked(externalId, arns[index])).toEqual([true, [externalId]]);
});

test("a role that its customer named again since stays with that connection", async () => {
  const access = await member();
  const { externalId } = await storedBefore(access);
  const again = await newConnection(access);
  await submitRole(access, { connectionId: again.id, roleArn });
  expect(await renew()).toMatchObject({ renewed: 1 });
  expect(await reload(again)).toMatchObject({ roleArnDigest: roleArnDigest(digester, again.customerId, roleArn) });
  expect(await asked(externalId)).toEqual([true, [externalId]]);
});

test("a connection that cannot be decrypted is named and stops nobody else", async () => {
  const broken = await storedBefore(await member(), roleArnIn("111122223333", { roleName: "nimbus-broken" }));
  const { externalId } = await storedBefore(await member());
  await db.connection.update({
    where: { id: broken.id },
    data: { externalIdCiphertext: Uint8Array.from([1, 2, 3]), roleArnCiphertext: null },
  });
  expect(await renew()).toEqual({ renewed: 1, unreadable: [broken.id] });
  expect(await asked(externalId)).toEqual([true, [externalId]]);
});

test("a worker does it before it audits, and every hour", async () => {
  const { externalId } = await storedBefore(await member());
  expect(await asked(externalId)).toEqual([false, []]);
  await createMaintenance(auditPolicy(config.audits), new AbortController().signal, crossAccount).remind();
  expect(await asked(externalId)).toEqual([true, [externalId]]);
});
