import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { logEntry } from "@/dev/testing/access-log";
import { type AuditScene, auditScene } from "@/dev/testing/audits";
import { member, newConnection, reload, roleArnIn, signInAs, staffMember } from "@/dev/testing/fixtures";
import { farOff, longAgo, ownerOf, runOf } from "@/dev/testing/neighbours";
import { race } from "@/dev/testing/race";
import { cleanReport } from "@/dev/testing/writers/connections";
import { verifiedConnection } from "@/dev/testing/writers/writer";
import { createAccessLog } from "@/lib/access-log/prisma-access-log";
import { accessLogDependencies } from "@/lib/access-log/services";
import { verifyAccessLog } from "@/lib/access-log/verify-access-log";
import { takeAudits } from "@/lib/audits/leases";
import { cancelRound, startRound } from "@/lib/audits/rounds";
import { runAudit } from "@/lib/audits/run-audit";
import { endConnection } from "@/lib/connection-status/end";
import { hold } from "@/lib/connection-status/holds";
import { createConnection } from "@/lib/connections/create-connection";
import { submitRole } from "@/lib/connections/submit-role";
import type { VerificationReport } from "@/lib/crossaccount";
import { clientOptions } from "@/lib/crossaccount-client/client";
import { type Database, db } from "@/lib/db";
import type { Connection } from "@/lib/generated/prisma/client";
import { acceptInvitation } from "@/lib/people/accept-invitation";
import { invitePerson } from "@/lib/people/invite-person";
import { listInvitations, listMembers } from "@/lib/people/queries";
import { revokeInvitation } from "@/lib/people/revoke-invitation";
import type { PersonalAccess } from "@/lib/tenancy/access";
import { applyReport } from "@/lib/verifications/apply-report";
import { cancelVerification } from "@/lib/verifications/cancel-verification";
import { startVerification } from "@/lib/verifications/start-verification";

/** Each race that is said to be closed, in both of its orders: the second comes while the first has not committed. */
const [fulfilled, rejected] = [{ status: "fulfilled" }, { status: "rejected" }];
const conflict = { status: "rejected", reason: { code: "conflict" } };
const now = () => new Date();
const actor = { type: "system", id: "test" } as const;

let access: PersonalAccess;
beforeEach(async () => {
  await db.$executeRaw`TRUNCATE "Connection", "AuditRound" CASCADE`;
  access = await member();
});

/** A connection whose role was named, and a verification of it whose report is in. */
async function reported(owner = access, roleArn?: string) {
  const connection = await newConnection(owner);
  await submitRole(owner, { connectionId: connection.id, roleArn: roleArn ?? roleArnIn("111122223333", connection) });
  return { ...(await reportOn(await reload(connection))), connection };
}

async function reportOn(connection: Connection, report: VerificationReport = cleanReport(now())) {
  const startedAt = new Date(report.startedAt);
  const id = await runOf(connection, { state: "running", startedAt, deadlineAt: farOff });
  const { roleArnDigest, externalIdDigest, nextExternalIdDigest, roleDigest } = connection;
  const subject = { roleArnDigest, externalIdDigest, nextExternalIdDigest, roleDigest: roleDigest ?? "" };
  return { id, apply: () => applyReport({ id, ...ownerOf(connection) }, subject, report) };
}

const within = (work: (transaction: Database) => Promise<unknown>) => async () => {
  await db.$transaction(work);
};

describe("a report that proves a role, and another role that is named for the connection", () => {
  const another = "arn:aws:iam::444455556666:role/another";
  const name =
    ({ id }: Connection) =>
    () =>
      submitRole(access, { connectionId: id, roleArn: another });

  const rolesOf = ({ roleArnDigest, roleDigest, accountId }: Connection) => ({ roleArnDigest, roleDigest, accountId });

  test("proven first: the role stays, and naming another one is refused", async () => {
    const { connection, apply } = await reported();
    const before = await reload(connection);
    expect(await race("ConnectionStatusChange", apply, name(connection))).toMatchObject([fulfilled, conflict]);
    expect(await reload(connection)).toMatchObject({ ...rolesOf(before), status: "active" });
  });

  test("named first: the report says nothing of the new role", async () => {
    const { connection, apply, id } = await reported();
    expect(await race("ActivityLogEntry", name(connection), apply)).toMatchObject([fulfilled, fulfilled]);
    expect(await reload(connection)).toMatchObject({ status: "pending", provenAt: null, accountId: "444455556666" });
    expect(await db.verification.findUnique({ where: { id } })).toMatchObject({ state: "abandoned", outcome: null });
  });
});

describe("a report, and somebody who stops the connection", () => {
  const stops = {
    paused: (transaction: Database, connection: Connection) =>
      hold(transaction, ownerOf(connection), { by: "customer", actor, at: now() }),
    disconnected: (transaction: Database, connection: Connection) =>
      endConnection(transaction, ownerOf(connection), { actor, at: now() }),
  };
  test.each(Object.entries(stops))("it is %s after both, whichever comes first", async (status, stop) => {
    for (const isFirst of [true, false]) {
      const connection = await verifiedConnection(access);
      const { apply } = await reportOn(connection);
      const stopping = within((transaction) => stop(transaction, connection));
      const order = isFirst ? ([stopping, apply] as const) : ([apply, stopping] as const);
      expect(await race("ConnectionStatusChange", ...order)).toMatchObject([fulfilled, fulfilled]);
      // What was found counts all the same, once a hold is lifted.
      expect(await reload(connection)).toMatchObject({ status, lastOutcome: "proven", setupPermissions: "gone" });
    }
  });

  test("what the library's storage writes does not undo a pause that came before it", async () => {
    const connection = await verifiedConnection(access);
    const { storage } = clientOptions;
    const stored = await storage.get(connection.customerId, connection.id);
    if (!stored) throw new Error("the connection is not stored");
    const put = () => storage.put({ ...stored, status: "active", setupPermissions: "gone" });
    const pausing = within((transaction) => stops.paused(transaction, connection));
    expect(await race("ConnectionStatusChange", pausing, put)).toMatchObject([
      fulfilled,
      { status: "rejected", reason: { code: "storage-failed" } },
    ]);
    expect(await reload(connection)).toMatchObject({ status: "paused" });
  });
});

describe("a verification that is cancelled while its report comes in", () => {
  const cancel =
    ({ id }: Connection) =>
    () =>
      cancelVerification(access, id, now());

  test("cancelled first: the report changes nothing", async () => {
    const { connection, apply, id } = await reported();
    expect(await race("ActivityLogEntry", cancel(connection), apply)).toMatchObject([fulfilled, fulfilled]);
    expect(await reload(connection)).toMatchObject({ status: "pending", lastOutcome: null });
    expect(await db.verification.findUnique({ where: { id } })).toMatchObject({ state: "abandoned" });
  });

  test("reported first: it counts, and nothing is told as cancelled", async () => {
    const { connection, apply, id } = await reported();
    expect(await race("ConnectionStatusChange", apply, cancel(connection))).toMatchObject([fulfilled, fulfilled]);
    expect(await reload(connection)).toMatchObject({ status: "active" });
    expect(await db.verification.findUnique({ where: { id } })).toMatchObject({ state: "finished" });
    const told = { connectionId: connection.id, action: "verification.cancelled" };
    expect(await db.activityLogEntry.count({ where: told })).toBe(0);
  });

  test("the report of one that was cancelled ends no other, which was begun since", async () => {
    const { connection, apply } = await reported();
    await cancel(connection)();
    const input = { connectionId: connection.id, expectSetup: "present" } as const;
    const { verificationId } = await startVerification(access, input, now());
    await apply();
    expect(await db.verification.findUnique({ where: { id: verificationId } })).toMatchObject({ state: "running" });
    expect(await reload(connection)).toMatchObject({ status: "pending" });
  });
});

describe("two who verify the same connection", () => {
  const start =
    ({ id }: Connection) =>
    () =>
      startVerification(access, { connectionId: id, expectSetup: "present" }, now());

  test("follow one run, the first one's", async () => {
    const connection = await verifiedConnection(access);
    const [one, two] = await race("ActivityLogEntry", start(connection), start(connection));
    expect([one, two]).toMatchObject([{ value: { started: true } }, { value: { started: false } }]);
    const runs = await db.verification.findMany({ where: ownerOf(connection) });
    expect(runs.map(({ id }) => id)).toEqual(
      [one, two].flatMap((result) => (result.status === "fulfilled" ? [result.value.verificationId] : [])).slice(1),
    );
  });

  test("have the second one's where the first came to nothing", async () => {
    const connection = await verifiedConnection(access);
    const failing = within(async (transaction) => {
      await transaction.verification.create({
        data: { ...ownerOf(connection), actorType: "system", actorId: "test", deadlineAt: farOff },
      });
      throw new Error("rolled back");
    });
    const [one, two] = await race("Verification", failing, start(connection));
    expect([one, two]).toMatchObject([rejected, { value: { started: true } }]);
  });
});

test("a role that two customers' connections are found to have belongs to the first", async () => {
  const [mine, theirs] = [
    await reported(),
    await reported(await member(), roleArnIn("111122223333", { roleName: "x" })),
  ];
  const { roleDigest } = await reload(mine.connection);
  await db.connection.update({ where: { id: theirs.connection.id }, data: { roleDigest } });
  const other = await reportOn(await alone(theirs));
  expect(await race("ConnectionStatusChange", mine.apply, other.apply)).toMatchObject([
    fulfilled,
    // By the database's unique index.
    rejected,
  ]);
  expect(await reload(mine.connection)).toMatchObject({ status: "active" });
  expect(await reload(theirs.connection)).toMatchObject({ status: "pending", provenAt: null });
});

/** Without its run, so that another may begin. */
async function alone({ id, connection }: { id: string; connection: Connection }): Promise<Connection> {
  await db.verification.delete({ where: { id } });
  return reload(connection);
}

describe("an invitation", () => {
  const invited = async () => {
    const email = `${randomUUID()}@invited.test`;
    const { token, invitationId } = await invitePerson(access, { email, role: "viewer" }, now());
    const people = [await signInAs({ email }), await signInAs({ email })];
    const [one, two] = people.map((person) => () => acceptInvitation(person, token, now()));
    if (!one || !two) throw new Error("two people are needed");
    return { email, one, two, revoke: () => revokeInvitation(access, invitationId, now()) };
  };
  const notFound = { status: "rejected", reason: { code: "not-found" } };

  test("that two people accept is the first one's", async () => {
    const { one, two } = await invited();
    expect(await race("Membership", one, two)).toMatchObject([fulfilled, notFound]);
    expect(await listMembers(access)).toHaveLength(2);
  });

  test("that is accepted first cannot be revoked any more", async () => {
    const { one, revoke } = await invited();
    expect(await race("Membership", one, revoke)).toMatchObject([fulfilled, notFound]);
    expect(await listInvitations(access)).toMatchObject([{ state: "accepted" }]);
  });

  test("that is revoked first makes nobody a member", async () => {
    const { one, revoke } = await invited();
    expect(await race("ActivityLogEntry", revoke, one)).toMatchObject([fulfilled, notFound]);
    expect(await listMembers(access)).toHaveLength(1);
  });

  test("of the same address that two people make is one that is open", async () => {
    const invite = () => invitePerson(access, { email: "twice@invited.test", role: "viewer" }, now());
    expect(await race("Invitation", invite, invite)).toMatchObject([fulfilled, fulfilled]);
    expect((await listInvitations(access)).map(({ state }) => state).sort()).toEqual(["open", "revoked"]);
  });
});

test("the same form sent twice makes one connection, and two forms no more than are allowed", async () => {
  const make = (requestId: string) => () => createConnection(access, { name: "Made", region: "us-east-1", requestId });
  const same = make(randomUUID());
  const [one, two] = await race("Connection", same, same);
  expect(two).toEqual(one);
  for (let made = 1; made < 19; made += 1) await make(randomUUID())();
  expect(await race("Connection", make(randomUUID()), make(randomUUID()))).toMatchObject([fulfilled, conflict]);
  expect(await db.connection.count()).toBe(20);
});

test("two processes that use a connection for the first time leave a log that is whole", async () => {
  const owner = ownerOf(await newConnection(access));
  const process = () => createAccessLog({ ...accessLogDependencies });
  const use = () => process().record(logEntry(owner));
  expect(await race("AccessLogHead", use, use)).toMatchObject([fulfilled, fulfilled]);
  expect(await race("AccessLogEntry", use, use)).toMatchObject([fulfilled, fulfilled]);
  const entries = await db.accessLogEntry.findMany({ where: owner, orderBy: { sequence: "asc" } });
  expect(entries.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
  expect((await verifyAccessLog(accessLogDependencies)).findings).toEqual([]);
});

describe("an audit", () => {
  let scene: AuditScene;
  beforeAll(async () => {
    scene = await auditScene();
  });
  beforeEach(() => db.$executeRaw`DELETE FROM pgboss.job`);
  afterAll(() => scene.queue.stop());

  const finds = (report: VerificationReport) => ({ client: { verifyIntegration: async () => report } });
  const refusal = (at: Date): VerificationReport => {
    return { ...cleanReport(at), outcome: "failed", setupPermissions: "unknown", picture: undefined };
  };

  /** Audits refused this connection before, and one is about to say so again. */
  async function refusedBefore() {
    const connection = await verifiedConnection(access);
    const streak = { refusals: 1, refusedSince: longAgo };
    await db.auditSchedule.create({ data: { ...ownerOf(connection), ...streak, nextAuditAt: scene.now() } });
    await scene.plan();
    const worker = { ...scene.worker(), ...finds(refusal(scene.now())) };
    const [job] = await takeAudits(worker, 1, scene.now());
    if (!job) throw new Error("there was nothing to take");
    // A person began later, and sees the role.
    const person = await reportOn(connection, cleanReport(new Date(scene.now().getTime() + 1_000)));
    const audit = () => runAudit(worker, job, new AbortController().signal);
    return { connection, audit, person: person.apply };
  }
  const scheduleOf = (connection: Connection) => db.auditSchedule.findFirst({ where: ownerOf(connection) });

  test("that a person's verification overtakes does not bring back the refusals which that one ended", async () => {
    const { connection, audit, person } = await refusedBefore();
    expect(await race("ConnectionStatusChange", person, audit)).toMatchObject([fulfilled, fulfilled]);
    expect(await scheduleOf(connection)).toMatchObject({ refusals: 0, refusedSince: null });
    expect(await reload(connection)).toMatchObject({ status: "active", lastOutcome: "proven" });
  });

  test("that comes before a person's verification counts, until that one ends the refusals", async () => {
    const { connection, audit, person } = await refusedBefore();
    expect(await race("AuditSchedule", audit, person)).toMatchObject([fulfilled, fulfilled]);
    expect(await scheduleOf(connection)).toMatchObject({ refusals: 0, refusedSince: null });
    expect(await reload(connection)).toMatchObject({ status: "active", lastOutcome: "proven" });
  });

  test("whose report is discarded leaves the refusals in a row as they were", async () => {
    const { connection, audit } = await refusedBefore();
    await db.connection.update({ where: { id: connection.id }, data: { lastVerifiedAt: farOff } });
    await audit();
    expect(await scheduleOf(connection)).toMatchObject({ refusals: 1, refusedSince: longAgo });
  });

  test("is recorded by the worker that holds it, or goes to another, and never both", async () => {
    for (const recordedFirst of [true, false]) {
      const { connection, audit } = await refusedBefore();
      scene.advance(120_000);
      const order = recordedFirst ? ([audit, scene.plan] as const) : ([scene.plan, audit] as const);
      expect(await race("AuditItem", ...order)).toMatchObject([fulfilled, fulfilled]);
      const items = await db.auditItem.findMany({ where: ownerOf(connection) });
      const runs = await db.verification.count({ where: { ...ownerOf(connection), roundId: { not: null } } });
      expect([items.map(({ state }) => state), runs]).toEqual(recordedFirst ? [["done"], 1] : [["queued"], 0]);
    }
  });

  test("that is taken before its round is cancelled goes on, and is not taken after it", async () => {
    const staff = await staffMember();
    for (const takenFirst of [true, false]) {
      await db.$executeRaw`TRUNCATE "Connection", "AuditRound" CASCADE`;
      await db.$executeRaw`DELETE FROM pgboss.job`;
      for (let made = 0; made < 2; made += 1) await verifiedConnection(access);
      const { roundId } = await startRound(staff, scene.now());
      await scene.plan();
      const take = () => takeAudits(scene.worker(), 1, scene.now());
      const cancel = () => cancelRound(staff, roundId, scene.now());
      const [one, two] = takenFirst ? [take, cancel] : [cancel, take];
      expect(await race<unknown, unknown>("AuditItem", one, two)).toMatchObject([fulfilled, fulfilled]);
      const items = await db.auditItem.findMany({ where: { roundId }, orderBy: { state: "asc" } });
      expect(items.map(({ state }) => state)).toEqual(
        takenFirst ? ["running", "cancelled"] : ["cancelled", "cancelled"],
      );
    }
  });

  test("of all connections runs once, whoever else asks for it", async () => {
    const staff = await staffMember();
    const ask = () => startRound(staff, scene.now());
    expect(await race("AuditRound", ask, ask)).toMatchObject([fulfilled, conflict]);
    expect(await db.auditRound.count()).toBe(1);
  });
});
