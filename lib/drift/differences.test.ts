import { randomUUID } from "node:crypto";
import { IAMClient, PutRolePolicyCommand, UpdateRoleCommand } from "@aws-sdk/client-iam";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AuditScene, auditScene, provenConnection, verifyAsPerson } from "@/dev/testing/audits";
import { deleteStack, dropSetup, launchStack, trustWith } from "@/dev/testing/fixtures";
import { testSandbox } from "@/dev/testing/sandbox";
import { listDrift } from "@/lib/audits/queries";
import { config } from "@/lib/config";
import { templateVersion } from "@/lib/crossaccount";
import { db } from "@/lib/db";
import type { Connection } from "@/lib/generated/prisma/client";
import { comparable, differences } from "./differences";
import { openChange } from "./record-drift";

const HOUR = 60 * 60_000;
let scene: AuditScene;
beforeAll(async () => {
  scene = await auditScene({ recheckAfterMs: HOUR });
});
afterAll(() => scene.queue.stop());

async function audit(connection: Connection): Promise<void> {
  scene.advance(2 * HOUR);
  await db.auditSchedule.update({ where: { connectionId: connection.id }, data: { nextAuditAt: scene.now() } });
  await scene.workOff();
}

async function iamOf(accountId: string): Promise<IAMClient> {
  const { url } = await testSandbox();
  const credentials = { accessKeyId: `AKIASANDBOX${accountId}`, secretAccessKey: "sandbox" };
  return new IAMClient({ endpoint: url, region: "us-east-1", credentials });
}

describe("a role that changed since it was verified", () => {
  test("shows its trust policy before and after, since when, and which audit saw it first", async () => {
    const { access, connection, account } = await provenConnection();
    await audit(connection);
    const unchanged = scene.now();
    expect(await listDrift(access, connection.id)).toEqual([]);

    await trustWith(connection, account);
    await audit(connection);
    const seen = scene.now();
    await audit(connection);
    const drifts = await listDrift(access, connection.id);
    expect(drifts).toMatchObject([{ kind: "trust-policy", notSeenAt: unchanged, firstSeenAt: seen, endedAt: null }]);
    expect(drifts[0]?.before).toContain("{externalId}");
    expect(drifts[0]?.after).not.toContain("ExternalId");
    const first = await db.verification.findUniqueOrThrow({ where: { id: drifts[0]?.verificationId ?? "" } });
    expect(first.roundId).not.toBeNull();
  });

  test("shows policies, session length and a role made again", async () => {
    const { access, connection, account } = await provenConnection();
    const iam = await iamOf(account);
    const statement = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
    const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
    await deleteStack(connection, account);
    await launchStack(connection, account);
    const RoleName = connection.roleName;
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "added-by-hand", PolicyDocument }));
    await iam.send(new UpdateRoleCommand({ RoleName, MaxSessionDuration: 7_200 }));
    await audit(connection);
    const drifts = await listDrift(access, connection.id);
    const of = (kind: string) => drifts.find((drift) => drift.kind === kind);
    expect(of("attached-policies")).toMatchObject({ after: expect.stringContaining("added-by-hand") as string });
    expect(of("session-duration")).toMatchObject({ before: "3,600 seconds", after: "7,200 seconds" });
    expect(of("role-recreated")).toBeDefined();
  });

  test("shows nothing any more once it is as before", async () => {
    const { access, connection, account } = await provenConnection();
    const iam = await iamOf(account);
    const update = (MaxSessionDuration: number) =>
      iam.send(new UpdateRoleCommand({ RoleName: connection.roleName, MaxSessionDuration }));
    await update(7_200);
    await audit(connection);
    await update(3_600);
    await audit(connection);
    expect(await listDrift(access, connection.id)).toMatchObject([{ kind: "session-duration", endedAt: scene.now() }]);
  });

  test("shows nothing for what a person did and verified", async () => {
    const { access, connection, account } = await provenConnection();
    await dropSetup(connection, account);
    await verifyAsPerson(access, connection, { expectSetup: "gone" });
    await audit(connection);
    expect(await listDrift(access, connection.id)).toEqual([]);
  });

  test("keeps what was found encrypted, for its own connection only", async () => {
    const { connection, account } = await provenConnection();
    await trustWith(connection, account);
    await audit(connection);
    const { detailCiphertext } = await db.drift.findFirstOrThrow({ where: { connectionId: connection.id } });
    expect(Buffer.from(detailCiphertext).toString("latin1")).not.toContain("Principal");
    const owner = { customerId: connection.customerId, connectionId: connection.id };
    expect((await openChange(detailCiphertext, owner)).after).toContain("Principal");
    const stranger = { ...owner, connectionId: randomUUID() };
    await expect(openChange(detailCiphertext, stranger)).rejects.toMatchObject({ code: "decryption-failed" });
  });
});

test("a role whose template is behind differs from the current one until it is updated", () => {
  const current = templateVersion(config);
  const behind = { templateVersion: "older" };
  expect(differences({}, behind, current)).toEqual([{ kind: "template-version", before: "older", after: current }]);
  expect(differences(behind, { templateVersion: current }, current)).toEqual([]);
  expect(comparable({}, { templateVersion: current })).toEqual(["template-version"]);
});

test("what could not be read is neither a difference nor the end of one", () => {
  expect(differences({ trustPolicy: "[]", boundary: null }, { roleId: "AROA" }, "")).toEqual([]);
  expect(comparable({ trustPolicy: "[]" }, { roleId: "AROA" })).toEqual([]);
});
