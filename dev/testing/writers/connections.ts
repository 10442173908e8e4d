import { vi } from "vitest";
import { endConnection, noteAccessBack, noteAccessGone } from "@/lib/connection-status/end";
import { hold, liftHold } from "@/lib/connection-status/holds";
import { askDue } from "@/lib/connections/ended-access";
import { startRotation } from "@/lib/connections/start-rotation";
import type { ConnectionScope, Evidence, VerificationReport } from "@/lib/crossaccount";
import { eventually } from "@/lib/crossaccount/testing/eventually";
import { digester, encryptor } from "@/lib/crossaccount-client/encryption";
import { createStorage } from "@/lib/crossaccount-client/storage";
import { type Database, db } from "@/lib/db";
import type { Connection } from "@/lib/generated/prisma/client";
import { openLink, openSetupLink } from "@/lib/links/link-access";
import { showLink } from "@/lib/links/show-link";
import { findRoleByLink } from "@/lib/links/use-link";
import { newToken } from "@/lib/tokens";
import { applyReport } from "@/lib/verifications/apply-report";
import { createCheckRecorder } from "@/lib/verifications/check-recorder";
import { expireRotations } from "@/lib/verifications/expire-rotations";
import { keepLease } from "@/lib/verifications/lease";
import { getVerification } from "@/lib/verifications/queries";
import { runVerification } from "@/lib/verifications/run-verification";
import { provenConnection } from "../audits";
import { newConnection } from "../fixtures";
import { changed, farOff, linkOf, longAgo, ownerOf, runOf, watch } from "../neighbours";
import { type Staged, verifiedConnection, type Writer } from "./writer";

const at = new Date();
const actor = { type: "system", id: "test" } as const;
const storage = createStorage({ database: db, encryptor, digester });

/** Without setup permissions, and with everything to compare later. */
export function cleanReport(startedAt = at): VerificationReport {
  const seen = {
    roleId: "AROATESTTESTTESTTEST",
    picture: { roleId: "AROATESTTESTTESTTEST", maxSessionDuration: 3_600 },
  };
  return {
    ...{ outcome: "proven", setupPermissions: "gone", checks: [], subject: "", ...seen },
    trustSeen: { as: "read", at: startedAt.toISOString() },
    ...{ startedAt: startedAt.toISOString(), finishedAt: new Date(startedAt.getTime() + 1_000).toISOString() },
  };
}

async function underWay(connection: Connection, deadlineAt = farOff) {
  const id = await runOf(connection, { state: "running", startedAt: longAgo, deadlineAt, waitingFor: "AWS" });
  return { id, ...ownerOf(connection) };
}

function ofConnection({ id }: Connection, act: () => Promise<unknown>): Staged {
  return { own: [id], act };
}

/** Something that one transaction does to a connection, of which `known` is so. */
function inTransaction(
  write: (transaction: Database, owner: ConnectionScope) => Promise<unknown>,
  known: Parameters<typeof changed>[1] = {},
): Writer["stage"] {
  return async ({ owner }) => {
    const connection = await changed(await verifiedConnection(owner), known);
    return ofConnection(connection, () => db.$transaction((transaction) => write(transaction, ownerOf(connection))));
  };
}

interface Rotated {
  storage: typeof storage;
  scope: ConnectionScope;
  current: Uint8Array;
  next: Uint8Array;
}

/** Something that the library's storage does to a connection's external IDs, before or after a next one was issued. */
function rotated(act: (rotation: Rotated) => Promise<unknown>, begun?: "begun"): Writer["stage"] {
  return async ({ owner }) => {
    const connection = await verifiedConnection(owner);
    await watch(connection);
    const scope = ownerOf(connection);
    const next = await encryptor.encrypt(`nimbus-${newToken()}`, { ...scope, field: "externalId" });
    const { externalIdCiphertext: current } = connection;
    const ids = { externalId: current, nextExternalId: next, nextAccepted: false };
    if (begun) await storage.exchangeExternalIds?.(scope, { ...ids, nextExternalId: null }, ids);
    return ofConnection(connection, () => act({ storage, scope, current, next }));
  };
}

const withHistory = ["Connection", "ConnectionStatusChange", "Event"];

export const connectionWriters: Record<string, Writer> = {
  "a hold": {
    in: ["connection-status/change-facts.ts", "events/emit-events.ts"],
    writes: withHistory,
    stage: inTransaction((transaction, owner) => hold(transaction, owner, { by: "staff", actor, at })),
  },
  "a hold beside another one": {
    in: ["connection-status/holds.ts"],
    writes: withHistory,
    stage: inTransaction((transaction, owner) => hold(transaction, owner, { by: "staff", actor, at }), {
      status: "paused",
      heldByCustomerAt: longAgo,
    }),
  },
  "a hold that is lifted": {
    in: ["connection-status/change-facts.ts"],
    writes: withHistory,
    stage: inTransaction((transaction, owner) => liftHold(transaction, owner, { by: "customer", actor, at }), {
      status: "paused",
      heldByCustomerAt: longAgo,
    }),
  },
  "the end of a connection": {
    in: ["connection-status/change-facts.ts"],
    writes: withHistory,
    stage: inTransaction((transaction, owner) => endConnection(transaction, owner, { actor, at })),
  },
  "a rotation that the library begins": {
    in: ["connection-status/rotation.ts"],
    writes: ["ActivityLogEntry", "Connection", "Event", "Rotation"],
    stage: rotated(async ({ storage: kept, scope, current, next }) => {
      const begun = { externalId: current, nextExternalId: next, nextAccepted: false };
      await kept.exchangeExternalIds?.(scope, { externalId: current, nextExternalId: null }, begun);
    }),
  },
  "what AWS accepts during a rotation": {
    in: ["connection-status/rotation.ts"],
    writes: ["AuditSchedule", "Connection"],
    stage: rotated(async ({ storage: kept, scope, current, next }) => {
      const ids = { externalId: current, nextExternalId: next };
      await kept.exchangeExternalIds?.(scope, ids, { ...ids, nextAccepted: true });
    }, "begun"),
  },
  "a rotation that completes": {
    in: ["connection-status/rotation.ts"],
    writes: ["ActivityLogEntry", "Connection", "Event", "Receipt", "Rotation"],
    stage: rotated(async ({ storage: kept, scope, current, next }) => {
      const completed = { externalId: next, nextExternalId: null, nextAccepted: false };
      await kept.exchangeExternalIds?.(scope, { externalId: current, nextExternalId: next }, completed);
    }, "begun"),
  },
  "a rotation that a worker finds over": {
    in: ["verifications/expire-rotations.ts"],
    writes: ["AccessLogEntry", "AccessLogHead", "Rotation"],
    async stage({ owner }) {
      const { connection } = await provenConnection(owner);
      await startRotation(owner, connection.id, longAgo);
      const policy = { expiresAfterMs: 60_000 };
      const onError = (error: unknown) => {
        throw error;
      };
      return ofConnection(connection, () => expireRotations({ policy, now: at, onError }));
    },
  },
  "access that is gone": {
    in: ["connection-status/end.ts"],
    writes: ["Connection"],
    stage: inTransaction((transaction, owner) => noteAccessGone(transaction, owner, at), {
      status: "disconnected",
      disconnectedAt: longAgo,
    }),
  },
  "access that is there again": {
    in: ["connection-status/end.ts"],
    writes: ["Connection"],
    stage: inTransaction((transaction, owner) => noteAccessBack(transaction, owner), {
      ...{ status: "disconnected", disconnectedAt: longAgo },
      accessGoneAt: longAgo,
    }),
  },
  "what AWS says of an ended connection": {
    in: ["connections/ended-access.ts", "receipts/keep-receipt.ts"],
    writes: ["Connection", "EndedAccess", "Receipt"],
    async stage({ owner }) {
      const connection = await verifiedConnection(owner, {
        known: { status: "disconnected", disconnectedAt: longAgo },
      });
      await db.endedAccess.create({ data: { ...ownerOf(connection), nextAskAt: longAgo, askUntil: farOff } });
      const answer = { answer: "refused", at: at.toISOString(), ownAccountId: "123456789012" } as const;
      const asking = { client: { probeAccess: async () => answer }, signal: new AbortController().signal };
      return ofConnection(connection, () => askDue({ ...asking, clock: () => at }));
    },
  },
  "the library's storage": {
    in: ["connection-status/change-facts.ts"],
    writes: withHistory,
    async stage({ owner }) {
      const connection = await verifiedConnection(owner);
      const stored = await storage.get(connection.customerId, connection.id);
      if (!stored) throw new Error("the connection is not stored");
      return ofConnection(connection, () => storage.put({ ...stored, status: "active", setupPermissions: "gone" }));
    },
  },
  "the library's storage that takes a connection back": {
    in: ["crossaccount-client/storage.ts"],
    writes: ["Connection"],
    async stage({ owner }) {
      const connection = await newConnection(owner);
      return ofConnection(connection, () => storage.delete(connection.customerId, connection.id));
    },
  },
  "the report of a verification": {
    in: [
      ...["apply-report.ts", "audit-schedule.ts"].map((file) => `verifications/${file}`),
      ...["drift/record-drift.ts", "connection-status/reach-links.ts"],
    ],
    writes: [...withHistory, "AuditSchedule", "Drift", "Link", "Receipt", "RolePicture", "Verification"],
    async stage({ owner }) {
      const connection = await verifiedConnection(owner);
      await watch(connection);
      await changed(connection, { lastOutcome: "failed" });
      await linkOf(connection, { purpose: "setup" });
      const run = await underWay(connection);
      const { roleArnDigest, externalIdDigest, nextExternalIdDigest, roleDigest } = connection;
      const subject = { roleArnDigest, externalIdDigest, nextExternalIdDigest, roleDigest: roleDigest ?? "" };
      return ofConnection(connection, () => applyReport(run, subject, cleanReport()));
    },
  },
  "a check as it ends": {
    in: ["verifications/check-recorder.ts"],
    writes: ["CheckResult", "Verification"],
    async stage({ owner }) {
      const run = await underWay(await verifiedConnection(owner));
      const recorder = createCheckRecorder(run, { roleArn: "", onStopped: () => undefined });
      const check = {
        id: "role-arn",
        status: "passed",
        title: "The ARN is a role's",
        evidence: [] as Evidence[],
      } as const;
      return {
        own: [run.id],
        act() {
          recorder.record({ phase: "done", id: "role-arn", check });
          return recorder.written();
        },
      };
    },
  },
  "a link that is used": {
    in: ["links/use-link.ts"],
    writes: ["AccessLogEntry", "AccessLogHead", "AccessLogRegister", "Link", "RateLimiterFlexible"],
    async stage({ owner }) {
      const connection = await newConnection(owner);
      const token = newToken();
      const { id } = await linkOf(connection, { purpose: "setup", token });
      const use = async () => findRoleByLink(await openSetupLink({ token }), "740000000000", at);
      return { own: [id, connection.id], adds: [connection.customerId], act: use };
    },
  },
  "a link that is opened": {
    in: ["links/show-link.ts"],
    writes: ["ActivityLogEntry", "Event", "Link", "RateLimiterFlexible"],
    async stage({ owner }) {
      const token = newToken();
      const connection = await newConnection(owner);
      const { id } = await linkOf(connection, { purpose: "repair", token });
      return { own: [id], adds: [connection.id], act: async () => showLink(await openLink({ token }), at) };
    },
  },
  "a run that goes on": {
    in: ["verifications/lease.ts"],
    writes: ["Verification"],
    async stage({ owner }) {
      const { id } = await underWay(await verifiedConnection(owner), at);
      return { own: [id], act: () => renewOnce({ id, startedAt: longAgo }) };
    },
  },
  "a run that cannot go on": {
    in: ["verifications/abandon-verifications.ts"],
    writes: ["Verification"],
    async stage({ owner }) {
      const { id } = await underWay(await newConnection(owner));
      return { own: [id], act: () => runVerification(id) };
    },
  },
  "a look at a run whose process went away": {
    in: ["verifications/abandon-verifications.ts"],
    writes: ["Verification"],
    neighboursRunUntil: longAgo,
    async stage({ owner }) {
      const { id: verificationId, connectionId } = await underWay(await verifiedConnection(owner), longAgo);
      return { own: [verificationId], act: () => getVerification(owner, { connectionId, verificationId }, at) };
    },
  },
};

/** One turn of the timer, which only the test moves. */
async function renewOnce(run: Parameters<typeof keepLease>[0]): Promise<void> {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  const failures: unknown[] = [];
  const leave = keepLease(run, { onLost: () => failures.push("lost"), onError: (error) => failures.push(error) });
  vi.advanceTimersToNextTimer();
  leave();
  vi.useRealTimers();
  const renewed = () => db.verification.findFirst({ where: { id: run.id, deadlineAt: { not: at } } });
  await eventually(async () => {
    if (failures.length === 0 && !(await renewed())) throw new Error("not renewed yet");
  });
  if (failures.length > 0) throw failures[0];
}
