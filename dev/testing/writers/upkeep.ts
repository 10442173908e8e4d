import { randomBytes, randomUUID } from "node:crypto";
import { createKeyRing, type KeyRing } from "@/lib/access-log/key-ring";
import { mendTimes } from "@/lib/access-log/mend-times";
import { pruneAccessLog } from "@/lib/access-log/prune-access-log";
import { accessLogDependencies } from "@/lib/access-log/services";
import { signHeadsAnew } from "@/lib/access-log/sign-anew";
import { reserve } from "@/lib/audits/call-budget";
import { purgeVerifications } from "@/lib/audits/purge";
import { updateReminders } from "@/lib/audits/reminders";
import { config } from "@/lib/config";
import { createDigester } from "@/lib/crossaccount";
import { externalIdDigest } from "@/lib/crossaccount-client/digests";
import { digester } from "@/lib/crossaccount-client/encryption";
import { fillRoleDigests } from "@/lib/crossaccount-client/fill-role-digests";
import { renewDigests } from "@/lib/crossaccount-client/renew-digests";
import { readExternalId, readNextExternalId, readRoleArn } from "@/lib/crossaccount-client/secrets";
import { db } from "@/lib/db";
import { purgeEvents } from "@/lib/events/purge";
import { purgeSetAside, setAside } from "@/lib/jobs/set-aside";
import { purgeLinks } from "@/lib/links/purge";
import { purgeLimits } from "@/lib/rate-limits";
import { auditPolicy } from "@/lib/verifications/audit-policy";
import { asDatabaseOwner, writeLog } from "../access-log";
import { member, roleArnIn } from "../fixtures";
import { changed, linkOf, longAgo, ownerOf, runOf } from "../neighbours";
import { verifiedConnection, type Writer } from "./writer";

const now = new Date();
const policy = auditPolicy(config.audits);
const log = ["AccessLogEntry", "AccessLogHead"];
const reading = {
  database: db,
  digester,
  readExternalId,
  readNextExternalId,
  readRoleArn,
  onUnreadable: () => undefined,
};

/** A row of the bounds, whose window ended before or goes on. */
const window = (key: string, expire: Date) => db.rateLimiterFlexible.create({ data: { key, points: 1, expire } });

export const upkeepWriters: Record<string, Writer> = {
  "a use of a connection": {
    in: ["access-log/prisma-access-log.ts"],
    writes: log,
    async stage({ owner }) {
      const connection = await verifiedConnection(owner);
      await writeLog(ownerOf(connection), 1);
      return { own: [connection.id], act: () => writeLog(ownerOf(connection), 1) };
    },
  },
  "the first use of a connection": {
    in: ["access-log/lock-head.ts"],
    writes: [...log, "AccessLogRegister"],
    async stage({ owner }) {
      const connection = await verifiedConnection(owner);
      return { own: [connection.id], act: () => writeLog(ownerOf(connection), 1) };
    },
  },
  "uses that are too old": {
    in: ["access-log/prune-access-log.ts"],
    writes: log,
    async stage({ owner }) {
      const connection = await verifiedConnection(owner);
      await writeLog(ownerOf(connection), 2, { from: longAgo });
      const clock = () => new Date(longAgo.getTime() + 10 * 86_400_000);
      const dependencies = { ...accessLogDependencies, clock };
      return { own: [connection.id], act: () => pruneAccessLog(dependencies, { retentionDays: 5 }) };
    },
  },
  "a log that another key has signed": {
    in: ["access-log/sign-anew.ts"],
    writes: ["AccessLogHead", "AccessLogRegister"],
    async stage({ owner }) {
      const connection = await verifiedConnection(owner);
      const { keys } = accessLogDependencies;
      const former = createKeyRing([{ id: "former", key: randomBytes(32) }]);
      const both: KeyRing = { ...keys, judge: (what, by) => (by.keyId === "former" ? former : keys).judge(what, by) };
      await writeLog(ownerOf(connection), 1, { keys: { ...both, sign: former.sign } });
      return { own: [connection.id], act: () => signHeadsAnew({ ...accessLogDependencies, keys: both }) };
    },
  },
  "times that are off by a zone": {
    in: ["access-log/mend-times.ts"],
    writes: log,
    async stage({ owner }) {
      const connection = await verifiedConnection(owner);
      await writeLog(ownerOf(connection), 2);
      const later = `at = at + interval '5 hours'`;
      await asDatabaseOwner(
        `UPDATE "AccessLogEntry" SET ${later}, "expiresAt" = "expiresAt" + interval '5 hours' WHERE "connectionId" = '${connection.id}'`,
        `UPDATE "AccessLogHead" SET ${later} WHERE "connectionId" = '${connection.id}'`,
      );
      return { own: [connection.id], act: () => mendTimes(accessLogDependencies) };
    },
  },
  "a reminder that is due": {
    in: ["audits/reminders.ts"],
    writes: ["Reminder"],
    async stage({ owner }) {
      const connection = await verifiedConnection(owner, { known: { setupPermissions: "unknown" } });
      await updateReminders(db, policy, now);
      await changed(connection, { setupPermissions: "present" });
      return { own: [connection.id], act: () => updateReminders(db, policy, now) };
    },
  },
  "a reminder that is over": {
    in: ["audits/reminders.ts"],
    writes: ["Reminder"],
    async stage({ owner }) {
      const connection = await verifiedConnection(owner);
      await updateReminders(db, policy, now);
      await changed(connection, { setupPermissions: "gone" });
      return { own: [connection.id], act: () => updateReminders(db, policy, now) };
    },
  },
  "events that are too old": {
    in: ["events/purge.ts"],
    writes: ["Event"],
    async stage({ owner }) {
      const { id } = await db.event.create({
        data: { type: "customer.created", customerId: owner.customer.id, createdAt: longAgo, data: {} },
      });
      return { own: [id], act: () => purgeEvents(db, new Date()) };
    },
  },
  "verifications, rounds and changes that are too old": {
    in: ["audits/purge.ts"],
    writes: ["AuditItem", "AuditRound", "CheckResult", "Drift", "Verification"],
    async stage({ owner }) {
      const connection = await verifiedConnection(owner);
      const times = [0, 1].map((days) => new Date(longAgo.getTime() + days * 86_400_000));
      const [old = ""] = await Promise.all(
        times.map((startedAt) =>
          runOf(connection, { state: "finished", outcome: "proven", startedAt, deadlineAt: startedAt }),
        ),
      );
      const drift = {
        kind: "boundary",
        detailCiphertext: new Uint8Array([1]),
        notSeenAt: longAgo,
        firstSeenAt: longAgo,
      };
      const { id: driftId } = await db.drift.create({ data: { ...ownerOf(connection), ...drift, endedAt: longAgo } });
      const round = await db.auditRound.create({ data: { kind: "all", state: "finished", startedAt: longAgo } });
      await db.auditRound.create({ data: { kind: "scheduled", startedAt: longAgo } });
      const item = { roundId: round.id, readyAt: longAgo, state: "done" } as const;
      await db.auditItem.create({ data: { ...ownerOf(connection), ...item } });
      return { own: [old, driftId, round.id], act: () => purgeVerifications(db, new Date("2021-01-01")) };
    },
  },
  "links that expired long ago": {
    in: ["links/purge.ts"],
    writes: ["Link"],
    async stage({ owner }) {
      const connection = await verifiedConnection(owner);
      await linkOf(connection, { purpose: "setup" });
      const { id } = await linkOf(connection, { purpose: "setup", expiresAt: longAgo });
      return { own: [id], act: () => purgeLinks(db, new Date("2021-01-01")) };
    },
  },
  "a job that is set aside": {
    in: ["jobs/set-aside.ts"],
    writes: ["SetAsideJob"],
    async stage() {
      const [kept, jobId] = [randomUUID(), randomUUID()];
      const misfit = { why: "wrong-shape", detail: "" } as const;
      await setAside(db, [{ queue: "audit", jobId: kept, misfit }], now);
      return { own: [jobId], act: () => setAside(db, [{ queue: "audit", jobId, misfit }], now) };
    },
  },
  "jobs that were set aside long ago": {
    in: ["jobs/set-aside.ts"],
    writes: ["SetAsideJob"],
    async stage() {
      const [young, old] = [randomUUID(), randomUUID()];
      const misfit = { why: "wrong-shape", detail: "" } as const;
      await setAside(db, [{ queue: "audit", jobId: young, misfit }], now);
      await setAside(db, [{ queue: "audit", jobId: old, misfit }], longAgo);
      return { own: [old], act: () => purgeSetAside(db, now) };
    },
  },
  "bounds whose window is over": {
    in: ["rate-limits.ts"],
    writes: ["RateLimiterFlexible"],
    async stage() {
      const [over, goesOn] = [randomUUID(), randomUUID()];
      await window(over, longAgo);
      await window(goesOn, new Date(now.getTime() + 86_400_000));
      return { own: [], adds: [over], act: purgeLimits };
    },
  },
  "calls that are reserved": {
    in: ["audits/call-budget.ts"],
    writes: ["CallBudget"],
    async stage() {
      const [name, other] = [randomUUID(), randomUUID()];
      const take = (budget: string) => reserve({ database: db, name: budget, callsPerSecond: 1 }, 1);
      await take(name);
      await take(other);
      return { own: [name], act: () => take(name) };
    },
  },
  "roles that earlier versions stored": {
    in: ["crossaccount-client/fill-role-digests.ts"],
    writes: ["Connection"],
    async stage({ owner }) {
      const connection = await verifiedConnection(owner, { known: { roleDigest: null } });
      return { own: [connection.id], act: () => fillRoleDigests(reading, now) };
    },
  },
  "a role that earlier versions stored twice": {
    in: ["crossaccount-client/fill-role-digests.ts"],
    writes: ["AuditSchedule"],
    async stage({ owner }) {
      const roleArn = roleArnIn("730000000000", { roleName: `nimbus-${randomUUID().slice(0, 8)}` });
      const one = await verifiedConnection(owner, { roleArn });
      const shared = await verifiedConnection(await member(), { roleArn, known: { roleDigest: null } });
      for (const connection of [one, shared])
        await db.auditSchedule.create({ data: { ...ownerOf(connection), nextAuditAt: new Date("2099-01-01") } });
      return { own: [one.id, shared.id], act: () => fillRoleDigests(reading, now) };
    },
  },
  "digests of another AUTH_SECRET": {
    in: ["crossaccount-client/renew-digests.ts"],
    writes: ["Connection"],
    async stage({ owner }) {
      const connection = await verifiedConnection(owner);
      const former = createDigester({ keys: [Buffer.from("f".repeat(32))] });
      await changed(connection, { externalIdDigest: externalIdDigest(former, await readExternalId(connection)) });
      return { own: [connection.id], act: () => renewDigests(reading) };
    },
  },
};
