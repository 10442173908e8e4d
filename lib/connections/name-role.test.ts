import { describe, expect, test } from "vitest";
import { launchStack, member, newConnection, reload, roleArnIn } from "@/dev/testing/fixtures";
import { testSandbox } from "@/dev/testing/sandbox";
import { config } from "@/lib/config";
import { db } from "@/lib/db";
import { startVerification } from "@/lib/verifications/start-verification";
import type { FaultRule } from "@/sandbox/faults/rule";
import { findRole } from "./find-role";
import { proposeRole } from "./propose-role";
import { submitRole } from "./submit-role";

const account = "111122223333";

async function start() {
  const access = await member();
  return { access, connection: await newConnection(access) };
}

describe("a pasted role ARN", () => {
  test("is kept encrypted, with its account readable", async () => {
    const { access, connection } = await start();
    const roleArn = roleArnIn(account, connection);
    await submitRole(access, { connectionId: connection.id, roleArn: `  "${roleArn}" ` });
    const row = await reload(connection);
    expect(row.accountId).toBe(account);
    expect(Buffer.from(row.roleArnCiphertext ?? []).toString("latin1")).not.toContain(roleArn);
  });

  test.each([
    ["", "no role ARN"],
    ["111122223333", "account ID"],
    ["arn:aws:iam::111122223333:user/ana", "IAM user"],
    ["arn:aws:sts::111122223333:assumed-role/x/y", "session"],
    ["arn:aws-us-gov:iam::111122223333:role/x", "GovCloud"],
    [`arn:aws:iam::${config.serviceAccountId}:role/x`, "itself"],
  ])("%j is answered with what it is", async (roleArn, words) => {
    const { access, connection } = await start();
    await expect(submitRole(access, { connectionId: connection.id, roleArn })).rejects.toMatchObject({
      code: "invalid-input",
      fields: { roleArn: expect.stringContaining(words) as string },
    });
    expect((await reload(connection)).roleArnDigest).toBeNull();
  });

  test("that another connection of the customer uses is a conflict that names it", async () => {
    const { access, connection } = await start();
    const roleArn = roleArnIn(account, connection);
    await submitRole(access, { connectionId: connection.id, roleArn });
    const second = await newConnection(access, "Staging");
    await expect(submitRole(access, { connectionId: second.id, roleArn })).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("Production") as string,
    });
  });

  test("ends a verification of the role that another tab named meanwhile", async () => {
    const { access, connection } = await start();
    const named = (roleName: string) => `arn:aws:iam::${account}:role/${roleName}`;
    await submitRole(access, { connectionId: connection.id, roleArn: named("first") });
    const read = await reload(connection);
    await submitRole(access, { connectionId: connection.id, roleArn: named("second") });
    const input = { connectionId: connection.id, expectSetup: "present" } as const;
    const { verificationId } = await startVerification(access, input, new Date());
    const first = { partition: "aws", accountId: account, path: "/", roleName: "first" } as const;
    await proposeRole(access, read, first, "connection.role-submitted");
    const { state } = await db.verification.findUniqueOrThrow({ where: { id: verificationId } });
    expect(state).toBe("abandoned");
  });

  test("is not taken again and again without end, each time with a line in the log", async () => {
    const { access, connection } = await start();
    const name = (_value: unknown, count: number) =>
      submitRole(access, { connectionId: connection.id, roleArn: `arn:aws:iam::${account}:role/x${count}` });
    const results = await Promise.allSettled(Array.from({ length: 70 }, name));
    const refused = results.filter(({ status }) => status === "rejected");
    expect(refused).toHaveLength(10);
    expect(refused[0]).toMatchObject({
      reason: { code: "rate-limited", retryAfterSeconds: expect.any(Number) as number },
    });
    expect(await db.activityLogEntry.count({ where: { connectionId: connection.id } })).toBe(61);
  });

  test("may be corrected until a role was proven, and not afterwards", async () => {
    const { access, connection } = await start();
    const name = (accountId: string) =>
      submitRole(access, { connectionId: connection.id, roleArn: roleArnIn(accountId, connection) });
    await name("999900001111");
    await name(account);
    expect((await reload(connection)).accountId).toBe(account);
    await db.connection.update({ where: { id: connection.id }, data: { provenAt: new Date() } });
    await expect(name("999900001111")).rejects.toMatchObject({ code: "conflict" });
    expect((await reload(connection)).accountId).toBe(account);
  });
});

describe("looking for the role", () => {
  test("finds it once the stack is there, and notes each try in the access log", async () => {
    const { access, connection } = await start();
    const input = { connectionId: connection.id, accountId: account };
    expect(await findRole(access, input)).toMatchObject({
      found: false,
      explanation: expect.stringContaining("does not let us use the role yet") as string,
    });
    await launchStack(connection, account);
    expect(await findRole(access, input)).toEqual({ found: true });
    expect(await reload(connection)).toMatchObject({ accountId: account, status: "pending" });
    const [first] = await db.accessLogEntry.findMany({
      where: { connectionId: connection.id },
      orderBy: { at: "asc" },
    });
    expect(first).toMatchObject({ probe: true, outcome: "refused", actorType: "customer", actorId: access.person.id });
  });

  test("finds no role that was made with another external ID", async () => {
    const { access, connection } = await start();
    await launchStack(connection, account, {
      externalId: `${config.externalIdPrefix}-${"0123456789abcdef".repeat(2)}`,
    });
    expect(await findRole(access, { connectionId: connection.id, accountId: account })).toMatchObject({ found: false });
    expect((await reload(connection)).accountId).toBeNull();
  });

  test.each<[string, FaultRule, RegExp]>([
    ["AWS throttles", { kind: "throttle", operation: "AssumeRole" }, /limiting the portal's requests/],
    ["AWS is out of order", { kind: "outage", operation: "AssumeRole" }, /no clear answer/],
    [
      "the Region is not active",
      { kind: "error", code: "RegionDisabledException", status: 403, operation: "AssumeRole" },
      /not active in this Region.*Enable the Region/,
    ],
  ])("says why it does not find it when %s", async (_what, fault, explanation) => {
    const { access, connection } = await start();
    await launchStack(connection, account);
    const sandbox = await testSandbox();
    sandbox.faults.set([fault]);
    const answer = await findRole(access, { connectionId: connection.id, accountId: account });
    sandbox.faults.set([]);
    expect(answer).toMatchObject({ found: false, explanation: expect.stringMatching(explanation) as string });
    expect((await reload(connection)).accountId).toBeNull();
  });

  test("stops asking AWS when one customer asks too often, and others go on", async () => {
    const { access, connection } = await start();
    const ask = () => findRole(access, { connectionId: connection.id, accountId: "222233334444" });
    const answers = await Promise.all(Array.from({ length: 45 }, ask));
    expect(answers.every((answer) => !answer.found)).toBe(true);
    expect(await db.accessLogEntry.count({ where: { connectionId: connection.id } })).toBe(40);
    const other = await start();
    await findRole(other.access, { connectionId: other.connection.id, accountId: "222233334444" });
    expect(await db.accessLogEntry.count({ where: { connectionId: other.connection.id } })).toBe(1);
  });

  test("in the vendor's own account is refused", async () => {
    const { access, connection } = await start();
    await expect(
      findRole(access, { connectionId: connection.id, accountId: config.serviceAccountId }),
    ).rejects.toMatchObject({ code: "invalid-input" });
  });
});
