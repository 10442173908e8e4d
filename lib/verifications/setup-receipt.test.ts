import { expect, test } from "vitest";
import { dropSetup, launchStack, member, newConnection, reload, roleArnIn } from "@/dev/testing/fixtures";
import { readReceipt } from "@/lib/connections/receipts";
import { submitRole } from "@/lib/connections/submit-role";
import { db } from "@/lib/db";
import type { Connection } from "@/lib/generated/prisma/client";
import type { CustomerAccess } from "@/lib/tenancy/access";
import { runVerification } from "./run-verification";
import { startVerification } from "./start-verification";

const account = "222233334444";

test("the receipt is written once, when setup permissions are first proven gone, and stays as it was", async () => {
  const access = await member();
  const connection = await newConnection(access);
  await launchStack(connection, account);
  await submitRole(access, { connectionId: connection.id, roleArn: roleArnIn(account, connection) });
  await verify(access, connection, "present");
  await expect(readReceipt(access, connection.id, { kind: "setup" })).rejects.toMatchObject({ code: "not-found" });

  await dropSetup(connection, account);
  await verify(access, connection, "gone");
  const receipt = await readReceipt(access, connection.id, { kind: "setup" });
  const { setupGoneAt } = await reload(connection);
  expect(receipt.fileName).toMatch(/^setup-permissions-gone-222233334444-\d{4}-\d\d-\d\d\.json$/);
  expect(JSON.parse(receipt.text)).toMatchObject({
    proven_at: setupGoneAt?.toISOString(),
    aws: { account_id: account, role_arn: roleArnIn(account, connection) },
  });

  await verify(access, connection, "gone");
  expect(await readReceipt(access, connection.id, { kind: "setup" })).toEqual(receipt);
  expect(await db.receipt.count({ where: { connectionId: connection.id } })).toBe(1);
  const [row] = await db.receipt.findMany({ where: { connectionId: connection.id } });
  expect(Buffer.from(row?.ciphertext ?? []).toString("latin1")).not.toContain(roleArnIn(account, connection));
});

async function verify(access: CustomerAccess, { id }: Connection, expectSetup: "present" | "gone"): Promise<void> {
  const { verificationId } = await startVerification(access, { connectionId: id, expectSetup }, new Date());
  await runVerification(verificationId);
}
