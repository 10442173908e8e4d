import { createHash, randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { prepareSandbox } from "@/dev/local/prepare-sandbox";
import { auditScene, provenConnection, verifyAsPerson } from "@/dev/testing/audits";
import {
  deleteStack,
  giveExternalId,
  launchStack,
  member,
  newConnection,
  reload,
  roleArnIn,
  trustWith,
} from "@/dev/testing/fixtures";
import { race } from "@/dev/testing/race";
import { letSandboxTimePass, testSandbox } from "@/dev/testing/sandbox";
import { connectionHistory } from "@/lib/audits/queries";
import { config } from "@/lib/config";
import { createCrossAccountClient } from "@/lib/crossaccount";
import { eventually } from "@/lib/crossaccount/testing/eventually";
import { followCommand } from "@/lib/crossaccount/testing/follow-command";
import { followPage } from "@/lib/crossaccount/testing/follow-page";
import { clientOptions, crossAccount } from "@/lib/crossaccount-client/client";
import { externalIdDigest } from "@/lib/crossaccount-client/digests";
import { digester } from "@/lib/crossaccount-client/encryption";
import { readExternalId, readNextExternalId } from "@/lib/crossaccount-client/secrets";
import { createStorage } from "@/lib/crossaccount-client/storage";
import { db } from "@/lib/db";
import type { Connection } from "@/lib/generated/prisma/client";
import type { RotationReceipt } from "@/lib/receipts/schema";
import type { CustomerAccess } from "@/lib/tenancy/access";
import { expireRotations } from "@/lib/verifications/expire-rotations";
import { runVerification } from "@/lib/verifications/run-verification";
import { startVerification } from "@/lib/verifications/start-verification";
import { parseRoute } from "@/sandbox/console/client/route";
import { abandonRotation } from "./abandon-rotation";
import { disconnectConnection } from "./disconnect-connection";
import { followRotation } from "./follow-rotation";
import { pauseConnection, resumeConnection } from "./pause-connection";
import { listReceipts, readReceipt } from "./receipts";
import { rotationView } from "./rotation-view";
import { startRotation } from "./start-rotation";

const minutes = 60_000;
const day = 24 * 60 * minutes;

beforeAll(async () => {
  await prepareSandbox(process.env, config);
  await crossAccount.publishTemplate(config.defaultRegion);
});
beforeEach(async () => {
  await propagation(0);
  await faults([]);
  await db.rateLimiterFlexible.deleteMany();
});

async function propagation(ms: number): Promise<void> {
  const { url } = await testSandbox();
  await fetch(`${url}/_sandbox/propagation`, { method: "POST", body: JSON.stringify({ ms }) });
}

async function faults(rules: object[]): Promise<void> {
  const { url } = await testSandbox();
  const answer = await fetch(`${url}/_sandbox/faults`, { method: "POST", body: JSON.stringify(rules) });
  expect(answer.ok).toBe(true);
}

const now = () => new Date();
/** A session of its own. */
const use = ({ customerId, id: connectionId }: Connection) =>
  crossAccount
    .assumeCustomerRole(customerId, { connectionId, purpose: randomUUID() })()
    .then(
      () => "given",
      (error: { code: string }) => error.code,
    );

/** A connection that works and whose external ID is rotated. */
async function rotating() {
  const { access, connection, account } = await provenConnection();
  await startRotation(access, connection.id, now());
  const next = (await readNextExternalId(await reload(connection))) ?? "";
  const current = await readExternalId(connection);
  return {
    access,
    connection,
    account,
    current,
    next,
    update: (id: string) => giveExternalId(connection, account, id),
  };
}

const idsOf = async (connection: Connection) => {
  const row = await reload(connection);
  return { current: await readExternalId(row), next: await readNextExternalId(row) };
};
const activity = async ({ id: connectionId }: Connection) =>
  db.activityLogEntry.findMany({
    where: { connectionId, action: { startsWith: "rotation." } },
    select: { action: true, actorType: true, actorId: true },
    orderBy: { id: "asc" },
  });
const outcomes = ({ id: connectionId }: Connection) =>
  db.rotation.findMany({ where: { connectionId }, select: { outcome: true }, orderBy: { startedAt: "asc" } });
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
/** The latest receipt of a rotation, which holds no external ID, neither as it is kept nor as it is read. */
async function receiptOf(access: CustomerAccess, { id: connectionId }: Connection, ids: readonly string[]) {
  const { fileName, text } = await readReceipt(access, connectionId, { kind: "rotation" });
  const kept = await db.receipt.findMany({ where: { connectionId, kind: "rotation" } });
  for (const id of ids) {
    expect(text).not.toContain(id);
    for (const { ciphertext } of kept) expect(Buffer.from(ciphertext).toString("latin1")).not.toContain(id);
  }
  expect(fileName).toMatch(/^external-id-rotation-\d{12}-\d{4}-\d\d-\d\d\.json$/);
  return JSON.parse(text) as RotationReceipt;
}
const expire = (at: Date) =>
  expireRotations({
    policy: { expiresAfterMs: 7 * day },
    now: at,
    onError: (error) => {
      throw error;
    },
  });

describe("a rotation", () => {
  test("goes to the new external ID without a use that fails, and is kept with who and when", async () => {
    const { access, connection, account, current, next, update } = await rotating();
    expect(next).toMatch(/^[\w-]+-[0-9a-f]{32}$/);
    expect(await use(connection)).toBe("given");
    await update(next);
    expect(await use(connection)).toBe("given");
    await eventually(async () => expect((await reload(connection)).nextAccepted).toBe(true));
    expect(await rotationView(access, connection.id)).toMatchObject({
      running: { isAccepted: true, externalId: next },
      refusal: expect.stringContaining("runs already") as string,
    });

    const run = await verifyAsPerson(access, connection);
    expect(run?.checks.filter(({ status }) => status === "failed" || status === "warning")).toEqual([]);
    expect(await idsOf(connection)).toEqual({ current: next, next: null });
    expect(await use(connection)).toBe("given");
    const by = { actorType: "customer", actorId: access.actor.id };
    expect(await activity(connection)).toEqual([
      { action: "rotation.started", ...by },
      { action: "rotation.completed", ...by },
    ]);
    expect(await rotationView(access, connection.id)).toMatchObject({
      running: null,
      last: { outcome: "completed" },
      refusal: null,
    });

    expect(await receiptOf(access, connection, [current, next])).toMatchObject({
      result: "completed",
      aws: { account_id: account, role_arn: roleArnIn(account, connection) },
      external_ids: { in_use_sha256: sha256(next), retired_sha256: sha256(current) },
    });
    const [listed] = await listReceipts(access, connection.id);
    expect(listed).toMatchObject({ kind: "rotation" });
    const named = { receiptId: listed?.id ?? "" };
    const read = await readReceipt(access, connection.id, named);
    expect(read).toEqual(await readReceipt(access, connection.id, { kind: "rotation" }));
    const { access: stranger, connection: other } = await provenConnection();
    for (const [reader, id] of [
      [stranger, connection.id],
      [stranger, other.id],
    ] as const)
      await expect(readReceipt(reader, id, named)).rejects.toMatchObject({ code: "not-found" });

    const { rotations, runs } = await connectionHistory(access, connection.id);
    expect(rotations.map(({ what }) => what)).toEqual(["completed", "started"]);
    const earlier = await connectionHistory(access, connection.id, runs.at(0)?.startedAt);
    expect(earlier.rotations.map(({ what }) => what)).toEqual(["started"]);

    // Retired, it is worth nothing, and never tried again.
    await update(current);
    expect(await use(connection)).toBe("access-denied");
    expect(await idsOf(connection)).toEqual({ current: next, next: null });
  });

  test("is completed by an audit too, which is due as soon as a use found the new external ID accepted", async () => {
    const { connection, next, update } = await rotating();
    await update(next);
    await use(connection);
    await eventually(async () => {
      const due = await db.auditSchedule.findUniqueOrThrow({ where: { connectionId: connection.id } });
      expect(due.nextAuditAt.getTime()).toBeLessThanOrEqual(Date.now() + 1_000);
    });
    const scene = await auditScene({}, new Date(Date.now() + 5_000));
    await scene.plan();
    await scene.workOff();
    await scene.queue.stop();
    expect(await idsOf(connection)).toEqual({ current: next, next: null });
    expect(await activity(connection)).toMatchObject([{}, { action: "rotation.completed", actorType: "system" }]);
    expect(await db.drift.count({ where: { connectionId: connection.id, endedAt: null } })).toBe(0);
  });

  test("of another customer's connection is not found, and neither is one of no connection", async () => {
    const { connection, current, next } = await rotating();
    const stranger = await member();
    for (const verb of [startRotation, abandonRotation, followRotation]) {
      await expect(verb(stranger, connection.id, now())).rejects.toMatchObject({ code: "not-found" });
      await expect(verb(stranger, "no ID", now())).rejects.toMatchObject({ code: "not-found" });
    }
    await expect(rotationView(stranger, connection.id)).rejects.toMatchObject({ code: "not-found" });
    expect(await idsOf(connection)).toEqual({ current, next });
  });

  test("is refused in words where nothing could come of it", async () => {
    const { access, connection } = await rotating();
    await expect(startRotation(access, connection.id, now())).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("runs already") as string,
    });
    const unfinished = await newConnection(access);
    await expect(startRotation(access, unfinished.id, now())).rejects.toThrow(/Finish its setup first/);
    await abandonRotation(access, unfinished.id, now());
    expect(await activity(unfinished)).toEqual([]);
    const { access: owner, connection: paused } = await provenConnection();
    await pauseConnection(owner, paused.id, now());
    await expect(startRotation(owner, paused.id, now())).rejects.toThrow(/Resume it first/);
    await disconnectConnection(owner, paused.id, now());
    await expect(startRotation(owner, paused.id, now())).rejects.toThrow(/ended for good/);
  });

  test("begins once when two ask at the same moment", async () => {
    const { access, connection } = await provenConnection();
    const begin = () => startRotation(access, connection.id, now());
    const [one, other] = await race("Rotation", begin, begin);
    expect(one.status).toBe("fulfilled");
    expect(other).toMatchObject({ status: "rejected", reason: { code: "conflict" } });
    expect(await db.rotation.count({ where: { connectionId: connection.id } })).toBe(1);
  });

  test("ends in one way when it is abandoned while its verification is recorded", async () => {
    const { access, connection, next, update } = await rotating();
    await update(next);
    const { verificationId } = await startVerification(
      access,
      { connectionId: connection.id, expectSetup: "present" },
      now(),
    );
    const [verified, abandoned] = await race(
      "Rotation",
      () => runVerification(verificationId),
      () => abandonRotation(access, connection.id, now()),
    );
    expect(verified.status).toBe("fulfilled");
    expect(abandoned).toMatchObject({ status: "rejected", reason: { code: "conflict" } });
    expect(await idsOf(connection)).toEqual({ current: next, next: null });
    expect(await outcomes(connection)).toEqual([{ outcome: "completed" }]);
  });

  test("ends with the connection that is disconnected while AWS is asked whether it may be abandoned; both external IDs stay known", async () => {
    const { access, connection, current, next } = await rotating();
    const [ended, abandoned] = await race(
      "ActivityLogEntry",
      () => disconnectConnection(access, connection.id, now()),
      () => abandonRotation(access, connection.id, now()),
    );
    expect(ended.status).toBe("fulfilled");
    expect(abandoned).toMatchObject({ status: "rejected", reason: { code: "conflict" } });
    expect(await idsOf(connection)).toEqual({ current, next });
    expect(await outcomes(connection)).toEqual([{ outcome: "disconnected" }]);
    expect(await activity(connection)).toMatchObject([{ action: "rotation.started" }]);
    expect(await listReceipts(access, connection.id)).toEqual([]);
  });

  test("is not completed by an audit that saw it before the connection ended", async () => {
    const { access, connection, current, next, update } = await rotating();
    await update(next);
    await db.auditSchedule.updateMany({ where: { connectionId: connection.id }, data: { nextAuditAt: now() } });
    const scene = await auditScene({}, new Date(Date.now() + 5_000));
    const worker = scene.worker();
    const { verifyIntegration } = worker.client;
    worker.client = {
      ...worker.client,
      async verifyIntegration(input) {
        const report = await verifyIntegration(input);
        if (input.connectionId === connection.id) await disconnectConnection(access, connection.id, now());
        return report;
      },
    };
    await scene.workOff(worker);
    await scene.queue.stop();
    expect(await reload(connection)).toMatchObject({ status: "disconnected" });
    expect(await idsOf(connection)).toEqual({ current, next });
    expect(await outcomes(connection)).toEqual([{ outcome: "disconnected" }]);
    expect(await activity(connection)).toMatchObject([{ action: "rotation.started" }]);
  });

  test.each([
    ["paused", pauseConnection],
    ["disconnected", disconnectConnection],
  ] as const)("of the library does not begin on a connection that is %s meanwhile", async (_status, stop) => {
    const { access, connection } = await provenConnection();
    const scope = { customerId: connection.customerId, connectionId: connection.id };
    const [stopped, begun] = await race(
      "ActivityLogEntry",
      () => stop(access, connection.id, now()),
      () => crossAccount.startRotation(scope),
    );
    expect(stopped.status).toBe("fulfilled");
    expect(begun).toMatchObject({ status: "rejected", reason: { code: "connection-unusable" } });
    expect(await outcomes(connection)).toEqual([]);
    expect((await idsOf(connection)).next).toBeNull();
  });

  test("completes by a role that was deleted and made again with the new external ID", async () => {
    const { access, connection, account, next } = await rotating();
    await deleteStack(connection, account);
    await launchStack(connection, account, { externalId: next });
    expect((await verifyAsPerson(access, connection))?.outcome).toBe("proven");
    expect(await idsOf(connection)).toEqual({ current: next, next: null });
    expect(await use(connection)).toBe("given");
  });

  test.each([{ kind: "garbage" }, { kind: "error", code: "ExpiredToken", status: 403 }] as const)(
    "keeps both external IDs while AWS gives no clear answer: $kind",
    async (fault) => {
      const { access, connection, current, next, update } = await rotating();
      await update(next);
      await faults([{ ...fault, service: "sts", operation: "AssumeRole" }]);
      await expect(abandonRotation(access, connection.id, now())).rejects.toMatchObject({ code: "conflict" });
      await verifyAsPerson(access, connection);
      expect(await idsOf(connection)).toEqual({ current, next });
      expect(await outcomes(connection)).toEqual([{ outcome: null }]);
      await faults([]);
      await verifyAsPerson(access, connection);
      expect(await idsOf(connection)).toEqual({ current: next, next: null });
    },
    120_000,
  );

  test("does not count a refusal against the connection that it explains: the stack was updated while a verification ran", async () => {
    const { access, connection, account } = await provenConnection();
    const { verificationId } = await startVerification(
      access,
      { connectionId: connection.id, expectSetup: "present" },
      now(),
    );
    const slow = createCrossAccountClient(config, clientOptions);
    await runVerification(verificationId, {
      client: {
        // It has read the connection when the rotation begins and the stack is updated.
        async verifyIntegration(input) {
          const report = await slow.verifyIntegration(input);
          await startRotation(access, connection.id, now());
          await giveExternalId(connection, account, (await idsOf(connection)).next ?? "");
          return { ...report, outcome: "failed", checks: [] };
        },
      },
    });
    expect((await reload(connection)).status).toBe("setup");
    expect(await use(connection)).toBe("given");
  });

  test("is no one's by its digest: an external ID that is another connection's next one is issued to nobody", async () => {
    const { next, connection } = await rotating();
    const { connection: other } = await provenConnection();
    const digest = externalIdDigest(digester, next);
    for (const data of [{ externalIdDigest: digest }, { nextExternalIdDigest: digest }]) {
      await expect(db.connection.update({ where: { id: other.id }, data })).rejects.toThrow();
    }
    const { externalIdDigest: current } = await reload(other);
    for (const id of [other.id, connection.id]) {
      await expect(db.connection.update({ where: { id }, data: { nextExternalIdDigest: current } })).rejects.toThrow();
    }
    const registry = clientOptions.registry;
    const asking = { customerId: other.customerId, connectionId: other.id };
    expect(await registry.issuedToOthers([next.toUpperCase()], asking)).toEqual([next.toUpperCase()]);
    expect(await registry.issuedToOthers([next], { ...asking, connectionId: connection.id })).toEqual([]);
  });

  test("issues what no other connection has, also where both are issued at the same moment", async () => {
    const { connection: one } = await provenConnection();
    const { connection: other } = await provenConnection();
    const digest = randomUUID();
    const [first, second] = await race(
      "Connection",
      () => db.connection.update({ where: { id: one.id }, data: { nextExternalIdDigest: digest } }),
      () => db.connection.update({ where: { id: other.id }, data: { externalIdDigest: digest } }),
    );
    expect(first.status).toBe("fulfilled");
    expect(second.status).toBe("rejected");
  });
});

describe("each way to update the stack that the page prints", () => {
  test.each(["updateStackCommand", "changeSetCommand", "trustCommand", "updateUrl"] as const)(
    "leads to the end when it is followed to the letter: %s",
    async (way) => {
      const { access, connection, account, next } = await rotating();
      const { url } = await testSandbox();
      const { running } = await rotationView(access, connection.id);
      const printed = running?.[way] ?? "";
      const enter = { name: "ExternalId", value: running?.externalId ?? "" };
      if (way === "updateUrl") {
        await followPage({ kind: "page", label: "", value: printed, enter }, { url, accountId: account, parseRoute });
      } else await followCommand(printed, { endpoint: url, accountId: account });
      const run = await verifyAsPerson(access, connection);
      expect(run?.outcome).toBe("proven");
      expect(run?.checks.filter(({ status }) => status === "failed" || status === "warning")).toEqual([]);
      expect(await idsOf(connection)).toEqual({ current: next, next: null });
    },
  );
});

describe("a rotation that is followed", () => {
  test("waits for AWS, then verifies, then has ended", async () => {
    const { access, connection, next, update } = await rotating();
    expect(await followRotation(access, connection.id, now())).toMatchObject({
      followed: { state: "waiting" },
      toRun: null,
    });
    await update(next);
    const { followed, toRun } = await followRotation(access, connection.id, now());
    expect(followed.state).toBe("verifying");
    expect(await followRotation(access, connection.id, now())).toMatchObject({
      followed: { state: "verifying" },
      toRun: null,
    });
    await runVerification(toRun ?? "");
    expect(await followRotation(access, connection.id, now())).toMatchObject({ followed: { state: "ended" } });
    expect(await idsOf(connection)).toEqual({ current: next, next: null });
  });

  test("asks AWS nothing while the connection is paused, and goes on once it is resumed", async () => {
    const { access, connection, next, update } = await rotating();
    await update(next);
    await pauseConnection(access, connection.id, now());
    const asked = () => db.accessLogEntry.count({ where: { connectionId: connection.id } });
    const before = await asked();
    expect(await followRotation(access, connection.id, now())).toMatchObject({
      followed: { state: "waiting" },
      toRun: null,
    });
    expect(await asked()).toBe(before);
    await resumeConnection(access, connection.id, now());
    expect((await followRotation(access, connection.id, now())).followed.state).toBe("verifying");
  });

  test("says that AWS accepts both, retires neither, and does not verify over and over", async () => {
    const { access, connection, account, current, next } = await rotating();
    await trustWith(connection, account, { StringEquals: { "sts:ExternalId": [current, next] } });
    await verifyAsPerson(access, connection);
    expect(await rotationView(access, connection.id)).toMatchObject({ running: { seen: "both" } });
    expect(await idsOf(connection)).toEqual({ current, next });
    expect((await reload(connection)).status).toBe("setup");
    expect(await followRotation(access, connection.id, now())).toMatchObject({
      followed: { state: "waiting" },
      toRun: null,
    });
    await expect(abandonRotation(access, connection.id, now())).rejects.toThrow(/AWS accepts both/);
    const later = new Date(Date.now() + 2 * minutes);
    expect((await followRotation(access, connection.id, later)).followed.state).toBe("verifying");
  });

  test("goes on when the process that verified died", async () => {
    const { access, connection, next, update } = await rotating();
    await update(next);
    const { toRun } = await followRotation(access, connection.id, now());
    expect(toRun).not.toBeNull();
    // Nobody runs it. Its lease ends.
    await db.verification.updateMany({ where: { connectionId: connection.id }, data: { deadlineAt: new Date(0) } });
    const again = await followRotation(access, connection.id, now());
    await runVerification(again.toRun ?? "");
    expect(await idsOf(connection)).toEqual({ current: next, next: null });
  });
});

describe("a rotation that is abandoned", () => {
  test("leaves the old external ID, and the new one is worth nothing", async () => {
    const { access, connection, current, next, update } = await rotating();
    await abandonRotation(access, connection.id, now());
    expect(await idsOf(connection)).toEqual({ current, next: null });
    expect(await use(connection)).toBe("given");
    await update(next);
    expect(await use(connection)).toBe("access-denied");
    expect((await activity(connection)).map(({ action }) => action)).toEqual([
      "rotation.started",
      "rotation.abandoned",
    ]);
    expect(await outcomes(connection)).toEqual([{ outcome: "abandoned" }]);
    expect(await receiptOf(access, connection, [current, next])).toMatchObject({
      result: "abandoned",
      external_ids: { in_use_sha256: sha256(current), retired_sha256: sha256(next) },
    });
  });

  test.each([
    ["AWS accepts the new one", 0, /accepts the new external ID already/],
    ["the update is propagating", 60_000, /names the new external ID already/],
  ])("is refused where %s", async (_words, ms, message) => {
    const { access, connection, current, next, update } = await rotating();
    await propagation(ms);
    await update(next);
    await expect(abandonRotation(access, connection.id, now())).rejects.toThrow(message);
    expect(await idsOf(connection)).toEqual({ current, next });
    expect(await use(connection)).toBe("given");
  });
});

describe("a rotation whose time is over", () => {
  beforeEach(() =>
    db.rotation.updateMany({ where: { endedAt: null }, data: { endedAt: now(), outcome: "abandoned" } }),
  );
  const at = (days: number, more = 0) => new Date(Date.now() + days * day + more * minutes);

  test("is looked at twice before the new external ID is retired", async () => {
    const { connection, current, next, access } = await rotating();
    expect(await expire(at(6))).toBe(0);
    expect(await expire(at(8))).toBe(0);
    expect(await rotationView(access, connection.id)).toMatchObject({ running: { isExpiring: true } });
    expect(await expire(at(8, 10))).toBe(0);
    expect(await idsOf(connection)).toEqual({ current, next });
    expect(await expire(at(8, 16))).toBe(1);
    expect(await idsOf(connection)).toEqual({ current, next: null });
    expect(await use(connection)).toBe("given");
    expect(await activity(connection)).toMatchObject([{}, { action: "rotation.expired", actorType: "system" }]);
    expect(await outcomes(connection)).toEqual([{ outcome: "expired" }]);
    expect(await receiptOf(access, connection, [current, next])).toMatchObject({
      result: "expired",
      external_ids: { in_use_sha256: sha256(current), retired_sha256: sha256(next) },
    });
  });

  test("completes instead when the stack was updated just before, although AWS did not go by it yet", async () => {
    const { access, connection, next, update } = await rotating();
    await propagation(60_000);
    expect(await expire(at(8))).toBe(0);
    await update(next);
    expect(await expire(at(8, 16))).toBe(0);
    expect(await rotationView(access, connection.id)).toMatchObject({
      running: { seen: "arriving", isExpiring: false },
    });
    letSandboxTimePass(61_000);
    expect(await expire(at(8, 20))).toBe(0);
    expect(await use(connection)).toBe("given");
    await verifyAsPerson(access, connection);
    expect(await idsOf(connection)).toEqual({ current: next, next: null });
  });

  test("is retired once by two workers that look at the same moment", async () => {
    const { connection } = await rotating();
    await expire(at(8));
    const both = await Promise.all([expire(at(8, 16)), expire(at(8, 16))]);
    expect(both.toSorted()).toEqual([0, 1]);
    expect(await outcomes(connection)).toEqual([{ outcome: "expired" }]);
  });

  test("stays while the connection is paused, and ends with the connection", async () => {
    const { access, connection, next } = await rotating();
    await pauseConnection(access, connection.id, now());
    expect(await expire(at(8))).toBe(0);
    expect(await expire(at(9))).toBe(0);
    expect((await idsOf(connection)).next).toBe(next);
    await disconnectConnection(access, connection.id, now());
    expect(await outcomes(connection)).toEqual([{ outcome: "disconnected" }]);
    expect(await expire(at(10))).toBe(0);
    expect(await use(connection)).toBe("connection-unusable");
  });
});

describe("the library over the portal's storage", () => {
  test("rotates as the portal does, and one begun by either is the other's too", async () => {
    const { access, connection, account } = await provenConnection();
    const scope = { customerId: connection.customerId, connectionId: connection.id };
    const { externalId } = await crossAccount.startRotation(scope);
    expect(await idsOf(connection)).toMatchObject({ next: externalId });
    await expect(startRotation(access, connection.id, now())).rejects.toMatchObject({ code: "conflict" });
    await giveExternalId(connection, account, externalId);
    await expect(crossAccount.abandonRotation(scope)).rejects.toMatchObject({ code: "external-id-in-use" });
    await verifyAsPerson(access, connection);
    expect(await idsOf(connection)).toEqual({ current: externalId, next: null });
    await startRotation(access, connection.id, now());
    await crossAccount.abandonRotation(scope);
    expect(await outcomes(connection)).toEqual([{ outcome: "completed" }, { outcome: "abandoned" }]);
    const byCode = { actorType: "service", actorId: "library" };
    expect(await activity(connection)).toMatchObject([
      { action: "rotation.started", ...byCode },
      { action: "rotation.completed", actorType: "customer" },
      { action: "rotation.started", actorType: "customer" },
      { action: "rotation.abandoned", ...byCode },
    ]);
    expect((await listReceipts(access, connection.id)).map(({ kind }) => kind)).toEqual(["rotation", "rotation"]);
  });

  test("never brings back an external ID that was retired since it read the connection", async () => {
    const { access, connection, next, update } = await rotating();
    const storage = createStorage({ database: db, encryptor: clientOptions.encryptor, digester });
    const read = await storage.get(connection.customerId, connection.id);
    if (!read) throw new Error("not stored");
    await update(next);
    await verifyAsPerson(access, connection);
    await expect(storage.put(read)).rejects.toMatchObject({ code: "storage-failed" });
    expect(await idsOf(connection)).toEqual({ current: next, next: null });
    const scope = { customerId: connection.customerId, connectionId: connection.id };
    const before = { externalId: read.externalId, nextExternalId: read.nextExternalId ?? null };
    expect(await storage.exchangeExternalIds?.(scope, before, { ...before, nextAccepted: true })).toBe(false);
    const stranger = { ...scope, customerId: (await member()).customer.id };
    const { externalIdCiphertext: externalId } = await reload(connection);
    const kept = { externalId, nextExternalId: null };
    expect(await storage.exchangeExternalIds?.(stranger, kept, { ...kept, nextAccepted: false })).toBe(false);
  });
});
