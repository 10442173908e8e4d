import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { logEntry } from "@/dev/testing/access-log";
import { type AuditScene, auditScene } from "@/dev/testing/audits";
import { member, newConnection, reload, roleArnIn, signInAs, staffMember } from "@/dev/testing/fixtures";
import { ownerOf } from "@/dev/testing/neighbours";
import { verifiedConnection } from "@/dev/testing/writers/writer";
import { listAccessLog } from "@/lib/access-log/queries";
import { accessLog } from "@/lib/access-log/services";
import { connectionHistory, listDrift } from "@/lib/audits/queries";
import { listRoundFindings } from "@/lib/audits/round-findings";
import { getRound, startRound } from "@/lib/audits/rounds";
import { recordSignIn } from "@/lib/auth/record-sign-in";
import { createSession, findPerson } from "@/lib/auth/sessions";
import { config } from "@/lib/config";
import { createConnection } from "@/lib/connections/create-connection";
import { findRole } from "@/lib/connections/find-role";
import { markLaunched } from "@/lib/connections/mark-launched";
import { getConnection } from "@/lib/connections/queries";
import { submitRole } from "@/lib/connections/submit-role";
import { type Check, templateVersion, type VerificationReport } from "@/lib/crossaccount";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import type { Connection } from "@/lib/generated/prisma/client";
import { acceptInvitation } from "@/lib/people/accept-invitation";
import { invitePerson } from "@/lib/people/invite-person";
import { listInvitations, listMembers } from "@/lib/people/queries";
import { revokeInvitation } from "@/lib/people/revoke-invitation";
import type { PersonalAccess } from "@/lib/tenancy/access";
import { newToken } from "@/lib/tokens";
import { cancelVerification } from "@/lib/verifications/cancel-verification";
import { latestVerification, latestVerificationForStaff } from "@/lib/verifications/queries";
import { runVerification } from "@/lib/verifications/run-verification";
import { startVerification } from "@/lib/verifications/start-verification";

/** What is written is read back whole, as those who need it later read it: a field that is not kept is missed here. */
let scene: AuditScene;
beforeAll(async () => {
  scene = await auditScene();
});
afterAll(() => scene.queue.stop());
// So that an audit has one connection alone.
beforeEach(() => db.$executeRaw`TRUNCATE "Connection", "AuditRound", "ActivityLogEntry" CASCADE`);

const evidence = [
  { label: "Role", value: "{roleArn}", format: "code" as const },
  { label: "Answer", value: "AccessDenied", format: "text" as const },
];
const ways = [
  { kind: "command" as const, label: "Run this", value: "aws iam get-role" },
  { kind: "page" as const, label: "Open this", value: "https://example.com/", enter: { name: "Value", value: "x" } },
];
const checks: Check[] = [
  { id: "role-arn", status: "passed", title: "The ARN is a role's", evidence: evidence.slice(1) },
  { id: "assume-role", status: "passed", title: "It can be assumed", evidence: [] },
  {
    ...{ id: "ongoing-permissions", status: "failed", title: "Something is missing", evidence, ways },
    ...{ cause: "{roleArn} lost a policy.", causeId: "permissions-missing", confidence: "likely", remedy: "Add it." },
  },
  { id: "session-duration", status: "warning", title: "Sessions are short", evidence: [], confidence: "possible" },
  { id: "template-version", status: "skipped", title: "Not looked at", evidence: [] },
] as Check[];

/** Everything that a report can say. */
function fullReport(begun: Date, changes: Partial<VerificationReport> = {}): VerificationReport {
  return {
    ...{ outcome: "proven", checks, setupPermissions: "present", subject: randomUUID() },
    ...{ roleId: "AROAREADBACKREADBACK", accountId: "111122223333", stackName: "renamed-stack" },
    features: config.features.map(({ id }) => id),
    setupExpiresAt: "2030-01-01T00:00:00.000Z",
    picture: { roleId: "AROAREADBACKREADBACK", templateVersion: "a-version", maxSessionDuration: 3_600 },
    trustSeen: { as: "read", at: begun.toISOString() },
    startedAt: begun.toISOString(),
    finishedAt: new Date(begun.getTime() + 2_000).toISOString(),
    ...changes,
  };
}

/** The checks as people read them. */
function shown(roleArn: string) {
  const put = <T>(value: T): T => JSON.parse(JSON.stringify(value).replaceAll("{roleArn}", roleArn));
  return checks.map(({ causeId: _, ...check }) => expect.objectContaining({ ways: [], ...put(check) }));
}

async function auditFinds(report: VerificationReport): Promise<number> {
  return scene.workOff({ ...scene.worker(), client: { verifyIntegration: async () => report } });
}

async function roleOf(connection: Connection, access: PersonalAccess): Promise<string> {
  return (await getConnection(access, connection.id)).roleArn ?? "";
}

/** What the row of a connection keeps of such a report. */
const kept = (report: VerificationReport) => ({
  lastVerifiedAt: new Date(report.finishedAt),
  lastOutcome: "proven",
  checkFailed: true,
  features: report.features,
  roleUniqueId: report.roleId,
  stackName: report.stackName,
  templateVersion: report.picture?.templateVersion,
  setupPermissions: "present",
  setupGoneAt: null,
  trustReadAt: new Date(report.startedAt),
});

describe("a verification is read back with all its checks", () => {
  test("where a person asked for it", async () => {
    const access = await member();
    const connection = await newConnection(access);
    const roleArn = roleArnIn("111122223333", connection);
    await submitRole(access, { connectionId: connection.id, roleArn });
    const begun = new Date();
    const report = fullReport(begun);
    const input = { connectionId: connection.id, expectSetup: "gone" } as const;
    const { verificationId } = await startVerification(access, input, begun);
    let asked: object = {};
    const verifyIntegration = async (request: object) => {
      asked = request;
      return report;
    };
    await runVerification(verificationId, { client: { verifyIntegration } });

    expect(asked).toMatchObject({ ...ownerOf(connection), roleArn, expectSetup: "gone", actor: access.actor });
    const row = await db.verification.findUniqueOrThrow({ where: { id: verificationId } });
    expect(row).toEqual({
      ...{ id: verificationId, ...ownerOf(connection), state: "finished", outcome: "proven", expectSetup: "gone" },
      ...{ actorType: access.actor.type, actorId: access.actor.id, roundId: null, waitingFor: null },
      ...{ startedAt: begun, deadlineAt: expect.any(Date), finishedAt: new Date(report.finishedAt) },
      setupExpiresAt: new Date("2030-01-01T00:00:00.000Z"),
    });
    expect(await reload(connection)).toMatchObject({
      ...{ ...kept(report), status: "degraded", statusChangedAt: new Date(report.finishedAt) },
      ...{ accountId: "111122223333", provenAt: new Date(report.finishedAt) },
    });
    const { changes, runs, nextAuditAt } = await connectionHistory(access, connection.id);
    expect(changes).toEqual([
      { from: "pending", to: "degraded", cause: expect.any(String), at: new Date(report.finishedAt) },
    ]);
    expect(runs).toMatchObject([{ id: verificationId, byAudit: false, outcome: "proven", startedAt: begun }]);
    expect(nextAuditAt?.getTime()).toBeGreaterThan(begun.getTime());
  });

  test("where an audit made it, for the customer, for staff and for the next worker", async () => {
    const access = await member();
    const connection = await verifiedConnection(access);
    const roleArn = await roleOf(connection, access);
    const staff = await staffMember();
    const { roundId } = await startRound(staff, scene.now());
    const report = fullReport(scene.now());
    expect(await auditFinds(report)).toBe(1);

    const finishedAt = new Date(report.finishedAt);
    const run = await latestVerification(access, connection.id);
    expect(run).toMatchObject({ state: "finished", outcome: "proven", startedAt: scene.now(), finishedAt });
    expect(run?.checks).toEqual(shown(roleArn));
    expect(await latestVerificationForStaff(staff, connection.id, scene.now())).toEqual(run);
    const row = await db.verification.findUniqueOrThrow({ where: { id: run?.id ?? "" }, include: { checks: true } });
    expect(row).toMatchObject({
      ...{ roundId, actorType: "system", actorId: "audit", setupExpiresAt: new Date("2030-01-01T00:00:00.000Z") },
      checks: checks.map(() => ({ customerId: connection.customerId, finishedAt })),
    });
    expect(await db.auditItem.findFirst({ where: { roundId, connectionId: connection.id } })).toMatchObject({
      ...{ state: "done", outcome: "proven", finishedAt, jobId: null, claim: null, leaseUntil: null },
    });
    expect(await db.auditSchedule.findFirst({ where: ownerOf(connection) })).toMatchObject({
      ...{ refusals: 0, refusedSince: null, failures: 1, failingSince: finishedAt },
      nextAuditAt: (await connectionHistory(access, connection.id)).nextAuditAt,
    });
    const { checkFailed: _notBelievedYet, ...rest } = kept(report);
    expect(await reload(connection)).toMatchObject({ ...rest, status: "setup" });
    await scene.plan();
    expect(await getRound(staff, roundId, scene.now())).toMatchObject({ kind: "all", total: 1, counts: { proven: 1 } });
    expect(await db.auditRound.findUnique({ where: { id: roundId } })).toMatchObject({
      ...{ startedByType: "staff", startedById: staff.person.id, finishedAt: scene.now() },
    });
  });
});

test("refusals in a row are kept from audit to audit, with the first of them", async () => {
  const connection = await verifiedConnection(await member());
  await db.auditSchedule.create({ data: { ...ownerOf(connection), nextAuditAt: scene.now() } });
  const first = scene.now();
  const streak = () => db.auditSchedule.findFirstOrThrow({ where: ownerOf(connection) });
  for (const refusals of [1, 2]) {
    const refused = fullReport(scene.now(), { outcome: "failed", checks: [], picture: undefined });
    expect(await auditFinds(refused)).toBe(1);
    const kept = await streak();
    expect(kept).toMatchObject({ refusals, refusedSince: new Date(first.getTime() + 2_000), failures: 0 });
    scene.advance(kept.nextAuditAt.getTime() - scene.now().getTime());
  }
});

test("a change of the role is read back with before, after, when, and the audit that saw it", async () => {
  const access = await member();
  const connection = await verifiedConnection(access);
  const staff = await staffMember();
  const look = async (maxSessionDuration: number) => {
    const { roundId } = await startRound(staff, scene.now());
    const report = fullReport(scene.now(), { picture: { maxSessionDuration }, checks: [] });
    expect(await auditFinds(report)).toBe(1);
    await scene.plan();
    scene.advance(3_600_000);
    return { roundId, at: new Date(report.finishedAt) };
  };
  const before = await look(3_600);
  const seen = await look(7_200);
  const drift = { kind: "session-duration", notSeenAt: before.at, firstSeenAt: seen.at, endedAt: null };
  const run = await db.verification.findFirstOrThrow({ where: { roundId: seen.roundId } });
  const [found] = await listDrift(access, connection.id);
  expect(found).toMatchObject({ ...drift, before: expect.stringMatching(/3.?600|1 h/i), verificationId: run.id });
  expect(found?.after).not.toBe(found?.before);
  expect(await listRoundFindings(staff, seen.roundId)).toMatchObject([
    { connectionId: connection.id, finding: "changed" },
  ]);
  const over = await look(3_600);
  expect(await listDrift(access, connection.id)).toMatchObject([{ ...drift, endedAt: over.at }]);
  expect(await db.rolePicture.findFirst({ where: ownerOf(connection) })).toMatchObject({
    takenAt: before.at,
    lastSeenAt: over.at,
  });
});

test("a connection is read back as it was asked for, and what is done with it afterwards", async () => {
  const access = await member();
  const features = config.features.map(({ id }) => id);
  const input = { name: "Read back", region: "eu-central-1", requestId: randomUUID(), features };
  const { connectionId } = await createConnection(access, input);
  const opened = new Date("2026-11-26T12:00:00.000Z");
  await markLaunched(access, connectionId, opened);
  const connection = await reload({ id: connectionId });
  const roleArn = roleArnIn("111122223333", connection);
  await submitRole(access, { connectionId, roleArn });
  expect(await getConnection(access, connectionId)).toMatchObject({
    ...{ name: input.name, region: input.region, partition: "aws", features, status: "pending", roleArn },
    ...{ accountId: "111122223333", launchedAt: opened, provenAt: null, nextStep: "verify" },
    externalId: expect.stringContaining(config.externalIdPrefix),
    ...{ roleName: connection.roleName, stackName: connection.stackName },
  });
  expect(connection).toMatchObject({
    ...{ requestId: input.requestId, createdByType: "customer", createdById: access.person.id },
    templateVersion: templateVersion(config),
  });
});

test("a person is read back as the provider last said, and a session with its times", async () => {
  const subject = randomUUID();
  const said = {
    ...{
      issuer: "https://id.test",
      subject,
      email: "kim@read.test",
      emailVerified: false,
      trustedEmail: "kim@read.test",
    },
    ...{ name: "Kim", groups: ["ops", "on call"], customers: [{ reference: randomUUID(), role: "viewer" as const }] },
  };
  const first = new Date("2026-11-26T12:00:00.000Z");
  const { user } = await recordSignIn(db, said, first);
  const { customers, ...facts } = said;
  const read = () => db.user.findUniqueOrThrow({ where: { id: user.id } });
  expect(await read()).toMatchObject({ ...facts, lastSignInAt: first });
  const later = new Date("2026-11-27T12:00:00.000Z");
  const changed = { email: "kim@else.test", emailVerified: true, trustedEmail: null, name: "Kim L.", groups: [] };
  await recordSignIn(
    db,
    { ...said, ...changed, customers: [{ reference: customers[0]?.reference ?? "", role: "admin" }] },
    later,
  );
  expect(await read()).toMatchObject({ ...changed, lastSignInAt: later });

  const token = newToken();
  const session = await createSession(db, { token, userId: user.id, now: later });
  expect(session).toMatchObject({ createdAt: later, expiresAt: new Date("2026-11-28T00:00:00.000Z"), userId: user.id });
  const person = await findPerson(db, token, { now: later, settings: env });
  expect(person).toMatchObject({
    ...{ id: user.id, name: "Kim L.", email: "kim@else.test", emailVerified: true },
    customers: [{ reference: customers[0]?.reference, role: "admin" }],
  });
});

test("an invitation and the member it makes are read back with role, state and times", async () => {
  const access = await member();
  const now = new Date("2026-11-26T12:00:00.000Z");
  const { token, expiresAt } = await invitePerson(access, { email: "lee@read.test", role: "admin" }, now);
  expect(expiresAt).toEqual(new Date("2026-12-03T12:00:00.000Z"));
  const invitation = { email: "lee@read.test", role: "admin", createdAt: now, expiresAt };
  expect(await listInvitations(access, now)).toMatchObject([{ ...invitation, state: "open" }]);
  const lee = await signInAs({ email: "lee@read.test" });
  const accepted = new Date("2026-11-27T12:00:00.000Z");
  await acceptInvitation(lee, token, accepted);
  expect(await listInvitations(access, now)).toMatchObject([{ ...invitation, state: "accepted" }]);
  expect(await db.invitation.findFirst({ where: { email: "lee@read.test" } })).toMatchObject({
    ...{ acceptedAt: accepted, revokedAt: null, createdById: access.person.id, customerId: access.customer.id },
  });
  expect(await listMembers(access)).toMatchObject([
    { userId: access.person.id, role: "admin", byProvider: true },
    { userId: lee.id, role: "admin", byProvider: false, email: "lee@read.test" },
  ]);
});

test.each([
  { outcome: "allowed", errorCode: undefined, probe: false },
  { outcome: "refused", errorCode: "AccessDenied", probe: true },
] as const)("a use that was $outcome is read back with all that was recorded of it", async (result) => {
  const access = await member();
  const connection = await newConnection(access);
  const entry = logEntry({ ...ownerOf(connection), ...result, at: new Date(), actor: access.actor });
  await accessLog.record(entry);
  const { actor, customerId: _, ...fields } = entry;
  const { rows } = await listAccessLog(access, connection.id);
  expect(rows).toEqual([
    {
      ...{ ...fields, id: expect.any(String), sequence: 1, errorCode: result.errorCode ?? null, source: null },
      actor: { ...actor, name: access.person.name },
    },
  ]);
});

test("what people did is in the activity log with what it was done to", async () => {
  const access = await member();
  const { customer } = access;
  const { id: connectionId } = await newConnection(access, "Told");
  const now = new Date();
  await markLaunched(access, connectionId, now);
  await submitRole(access, { connectionId, roleArn: roleArnIn("444455556666", await reload({ id: connectionId })) });
  const { verificationId } = await startVerification(access, { connectionId, expectSetup: "present" }, now);
  await cancelVerification(access, connectionId, now);
  const { invitationId } = await invitePerson(access, { email: "robin@read.test", role: "viewer" }, now);
  await revokeInvitation(access, invitationId, now);
  const { token, invitationId: second } = await invitePerson(access, { email: "lou@read.test", role: "admin" }, now);
  const lou = await signInAs({ email: "lou@read.test" });
  await acceptInvitation(lou, token, now);
  const staff = await staffMember();
  const { roundId } = await startRound(staff, now);

  const of = { customerId: customer.id, connectionId };
  const ofCustomer = { customerId: customer.id, connectionId: null };
  const rows = await db.activityLogEntry.findMany({ orderBy: { id: "asc" } });
  expect(
    rows.map(({ action, customerId, connectionId: named, detail }) => [
      action,
      { customerId, connectionId: named },
      detail,
    ]),
  ).toEqual([
    ["connection.created", of, { name: "Told", region: "us-east-1" }],
    ["connection.launched", of, {}],
    ["connection.role-submitted", of, { accountId: "444455556666" }],
    ["verification.started", of, { verificationId }],
    ["verification.cancelled", of, {}],
    ["invitation.created", ofCustomer, { invitationId, role: "viewer" }],
    ["invitation.revoked", ofCustomer, { invitationId }],
    ["invitation.created", ofCustomer, { invitationId: second, role: "admin" }],
    ["invitation.accepted", ofCustomer, { invitationId: second, role: "admin" }],
    ["audit-round.started", { customerId: null, connectionId: null }, { roundId, connections: 0 }],
  ]);
  await expect(findRole(access, { connectionId, accountId: "444455556666" })).resolves.toMatchObject({ found: false });
});
