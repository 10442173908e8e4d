import { beforeAll, expect, test } from "vitest";
import { asDatabaseOwner } from "@/dev/testing/access-log";
import { launchStack, member, newConnection, roleArnIn } from "@/dev/testing/fixtures";
import { submitRole } from "@/lib/connections/submit-role";
import { crossAccount } from "@/lib/crossaccount-client/client";
import { db } from "@/lib/db";
import type { Connection } from "@/lib/generated/prisma/client";
import type { CustomerAccess } from "@/lib/tenancy/access";
import { runVerification } from "@/lib/verifications/run-verification";
import { startVerification } from "@/lib/verifications/start-verification";
import { listAccessLog } from "./queries";

const account = "111122223333";
let access: CustomerAccess;
let connection: Connection;

beforeAll(async () => {
  access = await member();
  connection = await newConnection(access);
  await launchStack(connection, account);
  await submitRole(access, { connectionId: connection.id, roleArn: roleArnIn(account, connection) });
  const input = { connectionId: connection.id, expectSetup: "present" } as const;
  const { verificationId } = await startVerification(access, input, new Date());
  await runVerification(verificationId);
});

const assume = (purpose: string) =>
  crossAccount.assumeCustomerRole(access.customer.id, {
    connectionId: connection.id,
    purpose,
    actor: { type: "api-key", id: "key-1" },
  })();

test("whoever gets credentials finds the entry there already, with what CloudTrail shows", async () => {
  const { expiration } = await assume("nightly report");
  const { rows } = await listAccessLog(access, connection.id, { probes: "none" });
  expect(rows).toEqual([
    expect.objectContaining({
      purpose: "nightly report",
      outcome: "allowed",
      actor: { type: "api-key", id: "key-1", name: null },
      expiresAt: expiration,
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      sessionName: expect.stringContaining("nightly-report"),
    }),
  ]);
});

test("the verification's own calls are marked as probes, the refused ones too", async () => {
  const { rows } = await listAccessLog(access, connection.id, { probes: "only" });
  const refused = rows.filter(({ outcome }) => outcome === "refused");
  expect(refused.length).toBeGreaterThanOrEqual(3);
  expect(new Set(rows.map(({ purpose }) => purpose))).toEqual(new Set(["verification"]));
});

test("when the entry cannot be written there are no credentials, although AWS gave some", async () => {
  const before = await db.accessLogEntry.count();
  await asDatabaseOwner(`UPDATE "AccessLogHead" SET sequence = sequence + 1`);
  const refused: unknown = await assume("something else").catch((error: unknown) => error);
  expect(refused).toMatchObject({ code: "access-log-failed" });
  expect(JSON.stringify(refused)).not.toMatch(/ASIA|secretAccessKey/);
  expect(await db.accessLogEntry.count()).toBe(before);
});
