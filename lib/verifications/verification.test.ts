import { afterEach, describe, expect, test, vi } from "vitest";
import {
  assumeElsewhere,
  deleteStack,
  dropSetup,
  launchStack,
  member,
  newConnection,
  reload,
  roleArnIn,
  trustWith,
} from "@/dev/testing/fixtures";
import { testSandbox } from "@/dev/testing/sandbox";
import { config } from "@/lib/config";
import { dropSetupInstructions } from "@/lib/connections/drop-setup-instructions";
import { getConnection } from "@/lib/connections/queries";
import { submitRole } from "@/lib/connections/submit-role";
import { createCrossAccountClient } from "@/lib/crossaccount";
import { clientOptions, crossAccount } from "@/lib/crossaccount-client/client";
import { readExternalId } from "@/lib/crossaccount-client/secrets";
import { db } from "@/lib/db";
import type { Connection } from "@/lib/generated/prisma/client";
import type { CustomerAccess } from "@/lib/tenancy/access";
import { applyReport } from "./apply-report";
import { cancelVerification } from "./cancel-verification";
import { latestVerification } from "./queries";
import { runVerification } from "./run-verification";
import { startVerification } from "./start-verification";

let accounts = 100_000_000_000;

afterEach(() => {
  vi.useRealTimers();
});

async function launched(edited: { externalId?: string; stackName?: string } = {}) {
  const access = await member();
  const connection = await newConnection(access);
  const account = String(++accounts);
  await launchStack(connection, account, edited);
  await submitRole(access, { connectionId: connection.id, roleArn: roleArnIn(account, connection) });
  return { access, connection, account };
}

async function verify(
  access: CustomerAccess,
  connection: Connection,
  expectSetup: "present" | "gone" = "present",
  client = crossAccount,
) {
  const input = { connectionId: connection.id, expectSetup };
  const { verificationId } = await startVerification(access, input, new Date());
  await runVerification(verificationId, { client });
  const view = await latestVerification(access, connection.id);
  if (!view) throw new Error("there is no verification");
  return { ...view, statusOf: (id: string) => view.checks.find((check) => check.id === id)?.status };
}

/** Of its status, the latest first. */
function changesOf({ id }: Connection) {
  return db.connectionStatusChange.findMany({ where: { connectionId: id }, orderBy: { at: "desc" } });
}

describe("a verification", () => {
  test("of the template's role leads to setup, and to active once setup permissions are gone", async () => {
    const { access, connection, account } = await launched();
    const first = await verify(access, connection);
    expect(first).toMatchObject({ state: "finished", outcome: "proven", connectionStatus: "setup" });
    expect(first.checks.map(({ status }) => status)).not.toContain("failed");
    expect(await getConnection(access, connection.id)).toMatchObject({
      accountId: account,
      setupPermissions: "present",
      nextStep: "drop-setup",
    });
    expect(await changesOf(connection)).toMatchObject([{ from: "pending", to: "setup" }]);

    await dropSetup(connection, account);
    const last = await verify(access, connection, "gone");
    expect(last).toMatchObject({ outcome: "proven", connectionStatus: "active" });
    const done = await getConnection(access, connection.id);
    expect(done).toMatchObject({ setupPermissions: "gone", nextStep: null });
    expect(await changesOf(connection)).toMatchObject([{ to: "active" }, {}]);
    expect(done.setupGoneAt).not.toBeNull();
  });

  test("is dated by the clock of the client that ran it", async () => {
    const { access, connection } = await launched();
    const lastWeek = new Date(Date.now() - 7 * 24 * 60 * 60_000);
    const input = { connectionId: connection.id, expectSetup: "present" } as const;
    const { verificationId } = await startVerification(access, input, lastWeek);
    const client = createCrossAccountClient(config, { ...clientOptions, clock: () => lastWeek });
    await runVerification(verificationId, { client });
    expect(await getConnection(access, connection.id)).toMatchObject({
      status: "setup",
      provenAt: lastWeek,
    });
    expect(await changesOf(connection)).toMatchObject([{ to: "setup", at: lastWeek }]);
    const probe = await db.accessLogEntry.findFirst({ where: { connectionId: connection.id } });
    expect(probe?.at).toEqual(lastWeek);
  });

  test("of a role that somebody else used says so, with when AWS saw it and when we last assumed it", async () => {
    const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);
    const [ours, theirs, today] = [hoursAgo(9), hoursAgo(5), new Date()];
    const client = createCrossAccountClient(config, { ...clientOptions, clock: () => new Date() });
    vi.useFakeTimers({ toFake: ["Date"], now: ours });
    const { access, connection, account } = await launched();
    const first = await verify(access, connection, "present", client);
    expect(first.statusOf("identity")).toBe("passed");
    vi.setSystemTime(theirs);
    await assumeElsewhere(connection, account);
    vi.setSystemTime(today);

    const { checks, connectionStatus } = await verify(access, connection);
    const identity = checks.find(({ id }) => id === "identity");
    expect(identity).toMatchObject({ status: "warning", cause: expect.stringContaining("someone else") as string });
    const known = Object.fromEntries(identity?.evidence.map(({ label, value }) => [label, value]) ?? []);
    expect(known["Last used, as AWS sees it"]).toContain(theirs.toISOString().slice(0, 16));
    expect(known["Last used by the portal"]).toContain(ours.toISOString().slice(0, 16));
    expect(connectionStatus).toBe("setup");
  });

  test("that finds setup permissions where none should be says so and takes nothing away", async () => {
    const { access, connection } = await launched();
    await verify(access, connection);
    const again = await verify(access, connection, "gone");
    expect(again.statusOf("setup-permissions")).toBe("failed");
    expect(again.connectionStatus).toBe("setup");
  });

  test.each<[string, (externalId: string) => object | undefined]>([
    ["has no condition", () => undefined],
    ["has StringEqualsIfExists", (externalId) => ({ StringEqualsIfExists: { "sts:ExternalId": externalId } })],
    ["has StringLike *", () => ({ StringLike: { "sts:ExternalId": "*" } })],
    ["checks another key", () => ({ StringEquals: { "aws:PrincipalAccount": config.serviceAccountId } })],
  ])("of a role whose trust policy %s makes the connection insecure", async (_what, condition) => {
    const { access, connection, account } = await launched();
    const { externalId } = await getConnection(access, connection.id);
    await trustWith(connection, account, condition(externalId));
    expect(await verify(access, connection)).toMatchObject({ outcome: "insecure", connectionStatus: "insecure" });
    await expect(
      crossAccount.assumeCustomerRole(access.customer.id, { connectionId: connection.id, purpose: "test" })(),
    ).rejects.toMatchObject({ code: "connection-unusable" });

    await trustWith(connection, account, { StringEquals: { "sts:ExternalId": externalId } });
    expect(await verify(access, connection)).toMatchObject({ outcome: "proven", connectionStatus: "setup" });
  });

  test("of a role that was made with an edited external ID says so, and proves it once it is repaired", async () => {
    const edited = `${config.externalIdPrefix}-${"0123456789abcdef".repeat(2)}`;
    const { access, connection, account } = await launched({ externalId: edited });
    const failed = await verify(access, connection);
    expect(failed).toMatchObject({ outcome: "failed", connectionStatus: "pending" });
    expect(failed.checks.find(({ id }) => id === "assume-role")).toMatchObject({
      status: "failed",
      cause: expect.stringMatching(/ExternalId/) as string,
      remedy: expect.any(String) as string,
    });
    const { externalId } = await getConnection(access, connection.id);
    await trustWith(connection, account, { StringEquals: { "sts:ExternalId": externalId } });
    expect(await verify(access, connection)).toMatchObject({ outcome: "proven", connectionStatus: "setup" });
  });

  test("of a role that was deleted breaks the connection; one made again is named once, then it is mended", async () => {
    const { access, connection, account } = await launched();
    await verify(access, connection);
    await deleteStack(connection, account);
    expect(await verify(access, connection)).toMatchObject({ outcome: "failed", connectionStatus: "broken" });
    await launchStack(connection, account);
    const found = await verify(access, connection);
    expect(found).toMatchObject({ outcome: "proven", connectionStatus: "degraded" });
    expect(found.checks.find(({ id }) => id === "identity")?.cause).toContain("recreated");
    expect(await verify(access, connection)).toMatchObject({ outcome: "proven", connectionStatus: "setup" });
  });

  test("shows and keeps neither role ARN nor external ID in clear", async () => {
    const { access, connection, account } = await launched();
    await verify(access, connection);
    const { externalId } = await getConnection(access, connection.id);
    const where = { customerId: access.customer.id };
    const rows = await Promise.all([
      db.connection.findMany({ where }),
      db.checkResult.findMany({ where }),
      db.verification.findMany({ where }),
      db.accessLogEntry.findMany({ where }),
      db.activityLogEntry.findMany({ where }),
      db.connectionStatusChange.findMany({ where }),
    ]);
    const dump = JSON.stringify(rows, (_key, value) =>
      value instanceof Uint8Array ? Buffer.from(value).toString("latin1") : value,
    );
    expect(dump).not.toContain(externalId);
    expect(dump).not.toContain(roleArnIn(account, connection));
  });

  test("runs once at a time, however often it is asked for", async () => {
    const { access, connection } = await launched();
    const input = { connectionId: connection.id, expectSetup: "present" } as const;
    const asked = await Promise.all(Array.from({ length: 6 }, () => startVerification(access, input, new Date())));
    expect(new Set(asked.map(({ verificationId }) => verificationId)).size).toBe(1);
    expect(asked.filter(({ started }) => started)).toHaveLength(1);
    expect(await db.verification.count({ where: { connectionId: connection.id } })).toBe(1);
  });

  test("whose process went away gives way to the next one", async () => {
    const { access, connection } = await launched();
    const input = { connectionId: connection.id, expectSetup: "present" } as const;
    const lost = await startVerification(access, input, new Date(Date.now() - 60 * 60 * 1000));
    expect((await latestVerification(access, connection.id))?.state).toBe("abandoned");
    expect((await verify(access, connection)).outcome).toBe("proven");
    const row = await db.verification.findUniqueOrThrow({ where: { id: lost.verificationId } });
    expect(row.state).toBe("abandoned");
  });

  test("that was abandoned shows no check as still under way", async () => {
    const { access, connection } = await launched();
    const { verificationId } = await startVerification(
      access,
      { connectionId: connection.id, expectSetup: "present" },
      new Date(),
    );
    const check = {
      verificationId,
      customerId: connection.customerId,
      checkId: "assume-role",
      position: 0,
      status: "waiting",
    };
    await db.checkResult.create({ data: check });
    expect((await latestVerification(access, connection.id))?.checks).toHaveLength(1);
    await cancelVerification(access, connection.id, new Date());
    expect((await latestVerification(access, connection.id))?.checks).toEqual([]);
  });

  test("that was cancelled changes nothing, even when its report comes after all", async () => {
    const { access, connection } = await launched();
    const input = { connectionId: connection.id, expectSetup: "present" } as const;
    const { verificationId } = await startVerification(access, input, new Date());
    const report = await crossAccount.verifyIntegration({
      customerId: access.customer.id,
      connectionId: connection.id,
    });
    await cancelVerification(access, connection.id, new Date());
    const row = await reload(connection);
    await applyReport(
      { id: verificationId, customerId: access.customer.id, connectionId: connection.id },
      pick(row),
      report,
    );
    expect(await reload(connection)).toMatchObject({ status: "pending", provenAt: null });
    expect((await latestVerification(access, connection.id))?.state).toBe("abandoned");
  });

  test("whose findings cannot be written is abandoned at once, and asks AWS no more", async () => {
    const { access, connection } = await launched();
    const input = { connectionId: connection.id, expectSetup: "present" } as const;
    const { verificationId } = await startVerification(access, input, new Date());
    const sandbox = await testSandbox();
    sandbox.faults.set([{ kind: "latency", ms: 1_000, service: "sts" }]);
    await db.$executeRaw`ALTER TABLE "CheckResult" ADD CONSTRAINT full_disk CHECK (false) NOT VALID`;
    await runVerification(verificationId);
    await db.$executeRaw`ALTER TABLE "CheckResult" DROP CONSTRAINT full_disk`;
    sandbox.faults.set([]);
    expect(await latestVerification(access, connection.id)).toMatchObject({ state: "abandoned", outcome: null });
    expect(await db.accessLogEntry.count({ where: { connectionId: connection.id } })).toBeLessThan(2);
  });

  test("of a role that was replaced meanwhile does not count for the new one", async () => {
    const { access, connection } = await launched();
    const input = { connectionId: connection.id, expectSetup: "present" } as const;
    const { verificationId } = await startVerification(access, input, new Date());
    const report = await crossAccount.verifyIntegration({
      customerId: access.customer.id,
      connectionId: connection.id,
    });
    const before = await reload(connection);
    await submitRole(access, { connectionId: connection.id, roleArn: roleArnIn("999900001111", connection) });
    expect(await latestVerification(access, connection.id)).toMatchObject({ state: "abandoned", outcome: null });
    // One that was noted at the same moment may run on all the same.
    await db.verification.update({ where: { id: verificationId }, data: { state: "running" } });
    await applyReport(
      { id: verificationId, customerId: access.customer.id, connectionId: connection.id },
      pick(before),
      report,
    );
    expect(await reload(connection)).toMatchObject({ status: "pending", provenAt: null, accountId: "999900001111" });
  });

  test("without an answer from AWS changes nothing", async () => {
    const { access, connection } = await launched();
    await verify(access, connection);
    const input = { connectionId: connection.id, expectSetup: "present" } as const;
    const { verificationId } = await startVerification(access, input, new Date());
    const before = await reload(connection);
    const report = await crossAccount.verifyIntegration({
      customerId: access.customer.id,
      connectionId: connection.id,
    });
    const unclear = { ...report, outcome: "inconclusive" } as const;
    await applyReport(
      { id: verificationId, customerId: access.customer.id, connectionId: connection.id },
      pick(before),
      unclear,
    );
    expect(await reload(connection)).toEqual(before);
    expect(await latestVerification(access, connection.id)).toMatchObject({
      state: "finished",
      outcome: "inconclusive",
    });
  });

  test("needs a role", async () => {
    const access = await member();
    const connection = await newConnection(access);
    const input = { connectionId: connection.id, expectSetup: "present" } as const;
    await expect(startVerification(access, input, new Date())).rejects.toMatchObject({ code: "conflict" });
  });
});

function pick({ roleArnDigest, externalIdDigest, nextExternalIdDigest, roleDigest }: Connection) {
  return { roleArnDigest, externalIdDigest, nextExternalIdDigest, roleDigest: roleDigest ?? "none" };
}

describe("what a customer is told to do", () => {
  test("names the stack by its true name, though it was renamed in AWS's form", async () => {
    const { access, connection } = await launched({ stackName: "our-own-name" });
    await verify(access, connection);
    expect((await reload(connection)).stackName).toBe("our-own-name");
    const drop = await dropSetupInstructions(access, connection.id);
    expect(drop.updateUrl).toContain("stackId=our-own-name");
    expect(drop.updateStackCommand).toContain("--stack-name our-own-name");
    const view = await verify(access, connection, "gone");
    const [way] = view.checks.find(({ id }) => id === "setup-permissions")?.ways ?? [];
    expect(way?.value).toContain("--stack-name our-own-name");
  });

  test("holds no external ID, and each cause is told once, the gravest first", async () => {
    const { access, connection, account } = await launched();
    await verify(access, connection);
    await trustWith(connection, account);
    const { checks } = await verify(access, connection);
    const externalId = await readExternalId(await reload(connection));
    expect(JSON.stringify(checks)).not.toContain(externalId);
    const findings = checks.filter(({ gravity }) => gravity !== undefined);
    expect(findings.map(({ id, gravity, toldBy }) => [id, gravity, toldBy])).toEqual([
      ["reject-missing-external-id", 0, undefined],
      ["reject-wrong-external-id", 0, "reject-missing-external-id"],
      ["trust-policy", 0, "reject-missing-external-id"],
    ]);
    expect(findings[0]?.ways.map(({ kind }) => kind)).toEqual(["command", "page", "command"]);
  });
});
