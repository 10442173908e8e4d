import { randomUUID } from "node:crypto";
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { beforeAll, describe, expect, test } from "vitest";
import { asDatabaseOwner } from "@/dev/testing/access-log";
import { provenConnection } from "@/dev/testing/audits";
import { giveExternalId, makeTemplateBucket, member } from "@/dev/testing/fixtures";
import { accessLogUsage, listAccessLog } from "@/lib/access-log/queries";
import { accessLogDependencies } from "@/lib/access-log/services";
import { verifyAccessLog } from "@/lib/access-log/verify-access-log";
import { config } from "@/lib/config";
import { pauseConnection, resumeConnection } from "@/lib/connections/pause-connection";
import { startRotation } from "@/lib/connections/start-rotation";
import { crossAccount } from "@/lib/crossaccount-client/client";
import { readExternalId, readNextExternalId } from "@/lib/crossaccount-client/secrets";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import type { Connection } from "@/lib/generated/prisma/client";
import type { PersonalAccess } from "@/lib/tenancy/access";
import { announceAssumption } from "./announce-assumption";
import { issueCredentials } from "./issue-credentials";
import { getAssumption, readAnnounced } from "./queries";
import { readIdentity } from "./read-identity";
import { reportAssumption } from "./report-assumption";

beforeAll(async () => {
  await makeTemplateBucket();
  await crossAccount.publishTemplate(config.defaultRegion);
});

interface Scene {
  access: PersonalAccess;
  connection: Connection;
  account: string;
  named: { connectionId: string };
}

async function scene(): Promise<Scene> {
  const access = await member();
  const { connection, account } = await provenConnection(access);
  return { access, connection, account, named: { connectionId: connection.id } };
}

const aws = (credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string }) =>
  new STSClient({ endpoint: env.AWS_ENDPOINT_URL ?? "", region: "us-east-1", credentials });
/** The caller's own identity, of the vendor's account. */
const vendor = aws({ accessKeyId: `AKIASANDBOX${config.serviceAccountId}`, secretAccessKey: "sandbox" });

const usesOf = async ({ access, named }: Scene) =>
  (await listAccessLog(access, named.connectionId, { probes: "none" })).rows;

/** What is not as it was signed. */
const findingsOf = async ({ named }: Scene) =>
  (await verifyAccessLog(accessLogDependencies)).findings.filter(
    ({ connectionId }) => connectionId === named.connectionId,
  );

async function announce({ access, named }: Scene, purpose = "nightly report") {
  const { id: assumptionId } = await announceAssumption(access, { ...named, purpose }, randomUUID());
  return { ...named, assumptionId };
}

describe("an assumption by the caller's own identity", () => {
  test("is in the log before the caller is told what AWS takes, under the name that CloudTrail shows", async () => {
    const its = await scene();
    const assumption = await announce(its);
    expect(await usesOf(its)).toMatchObject([
      {
        id: assumption.assumptionId,
        outcome: "allowed",
        source: "announced",
        purpose: "nightly report",
        requestId: null,
      },
    ]);
    const told = await readAnnounced(its.access, assumption);
    const [entry] = await usesOf(its);
    const { Credentials, AssumedRoleUser } = await vendor.send(
      new AssumeRoleCommand({
        ...{ RoleArn: told.roleArn, ExternalId: told.externalId, DurationSeconds: told.durationSeconds },
        RoleSessionName: told.assumption.sessionName,
      }),
    );
    expect(Credentials?.SessionToken).toBeDefined();
    expect(AssumedRoleUser?.Arn).toContain(entry?.sessionName);
    expect(told.otherExternalId).toBeNull();
    expect(await findingsOf(its)).toEqual([]);
  });

  test.each(["pending", "insecure", "broken", "paused", "disconnected"] as const)(
    "is refused while the connection is %s, which the log has, and nothing is told",
    async (status) => {
      const its = await scene();
      const before = await announce(its);
      await db.connection.update({ where: { id: its.connection.id }, data: { status } });
      await expect(announce(its)).rejects.toMatchObject({ code: "connection-unusable" });
      expect((await usesOf(its))[0]).toMatchObject({
        outcome: "refused",
        errorCode: "connection-unusable",
        source: null,
      });
      // Nor is it told again what was told before.
      await expect(readAnnounced(its.access, before)).rejects.toMatchObject({ code: "connection-unusable" });
    },
  );

  test("is not told again once its time is over", async () => {
    const its = await scene();
    const assumption = await announce(its);
    await asDatabaseOwner(
      `UPDATE "AccessLogEntry" SET "expiresAt" = now() - interval '1 second' WHERE "connectionId" = '${its.connection.id}'`,
    );
    await expect(readAnnounced(its.access, assumption)).rejects.toMatchObject({ code: "conflict" });
  });

  test("is entered once for one request, and told both external IDs while one is rotated, the accepted one first", async () => {
    const its = await scene();
    const requestId = randomUUID();
    for (let sent = 0; sent < 2; sent += 1)
      await announceAssumption(its.access, { ...its.named, purpose: "report" }, requestId);
    expect(await usesOf(its)).toHaveLength(1);

    await startRotation(its.access, its.connection.id, new Date());
    const rotated = await db.connection.findUniqueOrThrow({ where: { id: its.connection.id } });
    const [current, next] = [await readExternalId(rotated), await readNextExternalId(rotated)];
    const named = { ...its.named, assumptionId: requestId };
    expect(await readAnnounced(its.access, named)).toMatchObject({ externalId: current, otherExternalId: next });
    await giveExternalId(its.connection, its.account, next ?? "");
    await crossAccount.assumeCustomerRole(its.access.customer.id, { ...its.named, purpose: "another" })();
    await expect
      .poll(() => readAnnounced(its.access, named))
      .toMatchObject({ externalId: next, otherExternalId: current });
  });

  test("without an entry nothing is told", async () => {
    const its = await scene();
    await asDatabaseOwner(
      `UPDATE "AccessLogHead" SET sequence = sequence + 1 WHERE "connectionId" = '${its.connection.id}'`,
    );
    await expect(announce(its)).rejects.toMatchObject({ code: "access-log-failed" });
    expect(await usesOf(its)).toEqual([]);
  });
});

describe("what a caller reports", () => {
  const report = { outcome: "refused", errorCode: "AccessDenied", requestId: "5f2d" } as const;

  test("stands in the log as its word, beside the announcement, and counts as no second use", async () => {
    const its = await scene();
    const assumption = await announce(its);
    await reportAssumption(its.access, { ...assumption, ...report }, new Date());
    await reportAssumption(its.access, { ...assumption, ...report }, new Date());
    const uses = await usesOf(its);
    expect(uses).toMatchObject([
      { source: "reported", outcome: "refused", errorCode: "AccessDenied", requestId: "5f2d", actor: its.access.actor },
      { source: "announced", outcome: "allowed" },
    ]);
    expect(uses[0]?.sessionName).toBe(uses[1]?.sessionName);
    expect((await getAssumption(its.access, assumption)).report).toMatchObject({ ...report, by: its.access.actor });
    const { days, purposes } = await accessLogUsage(its.access, its.connection.id);
    expect(days.at(-1)).toMatchObject({ allowed: 1, refused: 0 });
    expect(purposes).toEqual([{ purpose: "nightly report", allowed: 1, refused: 0, error: 0 }]);
    expect(await findingsOf(its)).toEqual([]);
  });

  test("stays: another report of the same is refused, also at the same moment", async () => {
    const its = await scene();
    const assumption = await announce(its);
    const said = (outcome: "allowed" | "error") =>
      reportAssumption(its.access, { ...assumption, outcome }, new Date()).then(
        () => "kept",
        ({ code }) => code,
      );
    expect((await Promise.all([said("allowed"), said("error")])).sort()).toEqual(["conflict", "kept"]);
    expect(await usesOf(its)).toHaveLength(2);
  });

  test.each([
    ["credentials that never end", { outcome: "allowed", expiresAt: new Date("2999-01-01") }, "expiresAt"],
    ["credentials that ended before", { outcome: "allowed", expiresAt: new Date(0) }, "expiresAt"],
    ["credentials of a refusal", { outcome: "refused", expiresAt: new Date(Date.now() + 60_000) }, "expiresAt"],
    ["an error of a success", { outcome: "allowed", errorCode: "AccessDenied" }, "errorCode"],
  ] as const)("is refused when it tells of %s", async (_what, said, field) => {
    const its = await scene();
    const assumption = await announce(its);
    const refused = { code: "invalid-input", fields: { [field]: expect.any(String) } };
    await expect(reportAssumption(its.access, { ...assumption, ...said }, new Date())).rejects.toMatchObject(refused);
    expect(await usesOf(its)).toHaveLength(1);
  });

  test("is about an announcement, not about any other entry", async () => {
    const its = await scene();
    await issueCredentials(its.access, { ...its.named, purpose: "report" });
    const [entry] = await usesOf(its);
    const named = { ...its.named, assumptionId: entry?.id ?? "" };
    await expect(reportAssumption(its.access, { ...named, ...report }, new Date())).rejects.toMatchObject({
      code: "not-found",
    });
  });
});

describe("credentials that are given away", () => {
  test("have an entry for each hand-out, also of a session that is kept", async () => {
    const its = await scene();
    const ask = (purpose = "report") => issueCredentials(its.access, { ...its.named, purpose });
    const [first, second] = [await ask(), await ask()];
    expect(second).toEqual(first);
    const uses = await usesOf(its);
    expect(uses).toMatchObject([{ source: "kept-session" }, { source: null }]);
    for (const use of uses)
      expect(use).toMatchObject({ outcome: "allowed", purpose: "report", sessionName: first.sessionName });
    expect(uses[0]?.requestId).toBe(uses[1]?.requestId);
    expect((await ask("another")).credentials.accessKeyId).not.toBe(first.credentials.accessKeyId);

    const at = await Promise.all(Array.from({ length: 5 }, () => ask("at once")));
    expect(new Set(at.map(({ sessionName }) => sessionName)).size).toBe(1);
    expect((await usesOf(its)).filter(({ purpose }) => purpose === "at once")).toHaveLength(5);
    const { Arn } = await aws(first.credentials).send(new GetCallerIdentityCommand({}));
    expect(Arn).toContain(first.sessionName);
  });

  test("have an entry of their own also where their session was opened for something else", async () => {
    const its = await scene();
    await readIdentity(its.access, its.connection.id);
    await issueCredentials(its.access, { ...its.named, purpose: "read data" });
    expect(await usesOf(its)).toHaveLength(2);
  });

  test("are refused as soon as the connection is paused, also while the log is written, and given again after", async () => {
    const its = await scene();
    const ask = () => issueCredentials(its.access, { ...its.named, purpose: "report" });
    await ask();
    await pauseConnection(its.access, its.connection.id, new Date());
    await expect(ask()).rejects.toMatchObject({ code: "connection-unusable" });
    await resumeConnection(its.access, its.connection.id, new Date());
    await ask();
  });

  test("are none where the entry cannot be written, although a session is kept", async () => {
    const its = await scene();
    const ask = () => issueCredentials(its.access, { ...its.named, purpose: "report" });
    await ask();
    await asDatabaseOwner(
      `UPDATE "AccessLogHead" SET sequence = sequence + 1 WHERE "connectionId" = '${its.connection.id}'`,
    );
    const refused: unknown = await ask().catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: "access-log-failed" });
    expect(JSON.stringify(refused)).not.toMatch(/ASIA|secretAccessKey/);
  });

  test("can do no more than a session policy leaves, and one that is none is named", async () => {
    const its = await scene();
    const policy = (text: string) => issueCredentials(its.access, { ...its.named, purpose: "p", sessionPolicy: text });
    const deny = { Version: "2012-10-17", Statement: [{ Effect: "Deny", Action: "*", Resource: "*" }] };
    expect((await policy(JSON.stringify(deny))).credentials.sessionToken).not.toBe("");
    await expect(policy('{"Statement":"all"}')).rejects.toMatchObject({
      code: "invalid-input",
      fields: { sessionPolicy: expect.any(String) },
    });
  });

  test("need the connection's name where the customer has several, and are nobody else's", async () => {
    const its = await scene();
    const ask = (access: PersonalAccess, named = {}) => issueCredentials(access, { ...named, purpose: "report" });
    expect((await ask(its.access)).connectionId).toBe(its.connection.id);
    await provenConnection(its.access);
    await expect(ask(its.access)).rejects.toMatchObject({ code: "connection-ambiguous" });
    await expect(ask(await member(), its.named)).rejects.toMatchObject({ code: "not-found" });
  });
});
