import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { auditScene, provenConnection, verifyAsPerson } from "@/dev/testing/audits";
import { member, newConnection, reload, roleArnIn, staffMember, trustWith } from "@/dev/testing/fixtures";
import { linkOf } from "@/dev/testing/neighbours";
import { race } from "@/dev/testing/race";
import { takeAudits } from "@/lib/audits/leases";
import { runAudit } from "@/lib/audits/run-audit";
import { crossAccount } from "@/lib/crossaccount-client/client";
import { readExternalId } from "@/lib/crossaccount-client/secrets";
import { db } from "@/lib/db";
import type { Connection } from "@/lib/generated/prisma/client";
import { openLink } from "@/lib/links/link-access";
import type { CustomerAccess } from "@/lib/tenancy/access";
import { newToken } from "@/lib/tokens";
import { runVerification } from "@/lib/verifications/run-verification";
import { startVerification } from "@/lib/verifications/start-verification";
import { disconnectConnection } from "./disconnect-connection";
import {
  pauseConnection,
  pauseConnectionForStaff,
  resumeConnection,
  resumeConnectionForStaff,
} from "./pause-connection";
import { submitRole } from "./submit-role";

const at = new Date("2026-11-26T12:00:00Z");
const later = new Date("2026-11-26T13:00:00Z");

const use = ({ customerId, id: connectionId }: Connection) =>
  crossAccount.assumeCustomerRole(customerId, { connectionId, purpose: "report" })();
const activity = ({ id: connectionId }: Connection, prefix = "connection.") =>
  db.activityLogEntry.findMany({
    where: { connectionId, action: { startsWith: prefix, notIn: ["connection.created", "connection.role-submitted"] } },
    select: { action: true, actorType: true, actorId: true, detail: true },
    orderBy: { id: "asc" },
  });

describe("a pause", () => {
  test("by the customer and by staff is each lifted by who made it alone, and each is in the log with who and since when", async () => {
    const { access, connection } = await provenConnection();
    const staff = await staffMember();
    await pauseConnection(access, connection.id, at);
    await pauseConnectionForStaff(staff, connection.id, later);
    expect(await reload(connection)).toMatchObject({
      ...{ status: "paused", heldByCustomerAt: at, customerHoldByType: "customer", customerHoldById: access.actor.id },
      ...{ heldByStaffAt: later, staffHoldByType: "staff", staffHoldById: staff.actor.id },
    });
    await expect(use(connection)).rejects.toMatchObject({ code: "connection-unusable" });

    await resumeConnection(access, connection.id, later);
    expect(await reload(connection)).toMatchObject({
      ...{ status: "paused", heldByCustomerAt: null, customerHoldById: null, staffHoldById: staff.actor.id },
    });
    // Not their hold to lift.
    await resumeConnection(access, connection.id, later);
    expect((await reload(connection)).status).toBe("paused");
    await resumeConnectionForStaff(staff, connection.id, later);
    expect(await reload(connection)).toMatchObject({ status: "setup", heldByStaffAt: null, staffHoldByType: null });
    await expect(use(connection)).resolves.toMatchObject({ accessKeyId: expect.any(String) as string });

    const by = (actor: { type: string; id: string }) => ({ actorType: actor.type, actorId: actor.id });
    expect(await activity(connection)).toEqual([
      { action: "connection.paused", ...by(access.actor), detail: { by: "customer" } },
      { action: "connection.paused", ...by(staff.actor), detail: { by: "staff" } },
      { action: "connection.resumed", ...by(access.actor), detail: { by: "customer" } },
      { action: "connection.resumed", ...by(staff.actor), detail: { by: "staff" } },
    ]);
    const history = await db.connectionStatusChange.findMany({
      where: { connectionId: connection.id, OR: [{ to: "paused" }, { from: "paused" }] },
      orderBy: { id: "asc" },
    });
    expect(history).toMatchObject([
      { to: "paused", cause: "Paused by the customer.", ...by(access.actor) },
      // A second hold changes no status, and is told all the same.
      { to: "paused", cause: "Paused by the vendor's staff.", ...by(staff.actor) },
      {
        ...{ to: "paused", ...by(access.actor) },
        cause: "Resumed by the customer, and still paused by the vendor's staff.",
      },
      { to: "setup", cause: "Resumed by the vendor's staff.", ...by(staff.actor) },
    ]);
  });

  test("of another customer's connection is not found, and nothing is written", async () => {
    const { connection } = await provenConnection();
    const before = await reload(connection);
    const stranger = await member();
    for (const verb of [pauseConnection, resumeConnection, disconnectConnection])
      await expect(verb(stranger, connection.id, at)).rejects.toMatchObject({ code: "not-found" });
    for (const verb of [pauseConnection, resumeConnection, disconnectConnection])
      await expect(verb(stranger, "no ID", at)).rejects.toMatchObject({ code: "not-found" });
    for (const verb of [pauseConnectionForStaff, resumeConnectionForStaff])
      await expect(verb(await staffMember(), randomUUID(), at)).rejects.toMatchObject({ code: "not-found" });
    expect(await reload(connection)).toEqual(before);
    expect(await activity(connection)).toEqual([]);
  });

  test("made twice at once is one pause, told once", async () => {
    const { access, connection } = await provenConnection();
    await Promise.all(Array.from({ length: 5 }, () => pauseConnection(access, connection.id, at)));
    expect(await activity(connection)).toHaveLength(1);
    await Promise.all(Array.from({ length: 5 }, () => resumeConnection(access, connection.id, later)));
    expect(await activity(connection)).toHaveLength(2);
    expect((await reload(connection)).status).toBe("setup");
  });

  test("while it is being verified stands, and what was found counts once it is lifted", async () => {
    const { access, connection, account } = await provenConnection();
    const { verificationId } = await start(access, connection);
    await pauseConnection(access, connection.id, at);
    await trustWith(connection, account);
    await runVerification(verificationId);
    expect(await reload(connection)).toMatchObject({ status: "paused", lastOutcome: "insecure" });
    await resumeConnection(access, connection.id, later);
    expect((await reload(connection)).status).toBe("insecure");
    await expect(use(connection)).rejects.toMatchObject({ code: "connection-unusable" });
  });

  test("at the moment at which a report comes in stands, in both orders", async () => {
    for (const order of ["pause first", "report first"] as const) {
      const { access, connection } = await provenConnection();
      const { verificationId } = await start(access, connection);
      const pausing = () => pauseConnection(access, connection.id, at);
      const reporting = () => runVerification(verificationId);
      const outcome =
        order === "pause first"
          ? await race("ActivityLogEntry", pausing, reporting)
          : await race("AuditSchedule", reporting, pausing);
      expect(outcome).toMatchObject([{ status: "fulfilled" }, { status: "fulfilled" }]);
      expect(await reload(connection)).toMatchObject({ status: "paused", lastOutcome: "proven" });
      expect(await db.verification.findUnique({ where: { id: verificationId } })).toMatchObject({ state: "finished" });
    }
  });
});

describe("an end by its customer", () => {
  test("stops use, runs and links at once and for good, and keeps log and history", async () => {
    const { access, connection } = await provenConnection();
    await use(connection);
    const token = newToken();
    await linkOf(connection, { purpose: "repair", token });
    const { verificationId } = await start(access, connection);
    const logged = await db.accessLogEntry.count({ where: { connectionId: connection.id } });
    await disconnectConnection(access, connection.id, new Date());
    await expect(use(connection)).rejects.toMatchObject({ code: "connection-unusable" });
    await expect(openLink({ token })).rejects.toMatchObject({ code: "not-found" });
    await runVerification(verificationId);
    expect(await db.verification.findUnique({ where: { id: verificationId } })).toMatchObject({ state: "abandoned" });
    const ended = await reload(connection);
    expect(ended).toMatchObject({
      ...{ status: "disconnected", disconnectedByType: "customer", disconnectedById: access.actor.id },
      roleArnDigest: connection.roleArnDigest,
    });
    // The use before, and the one that was refused after it.
    const entries = await db.accessLogEntry.findMany({
      where: { connectionId: connection.id },
      orderBy: { sequence: "asc" },
    });
    expect(entries).toHaveLength(logged + 1);
    expect(entries.filter(({ probe }) => !probe)).toMatchObject([{ outcome: "allowed" }, { outcome: "refused" }]);

    // For good: nothing brings it back.
    for (const verb of [pauseConnection, resumeConnection])
      await expect(verb(access, connection.id, later)).rejects.toMatchObject({ code: "conflict" });
    await expect(start(access, connection)).rejects.toMatchObject({ code: "conflict" });
    expect(await reload(connection)).toEqual(ended);
  });

  test("made twice at once is one end, told once", async () => {
    const { access, connection } = await provenConnection();
    await Promise.all(Array.from({ length: 5 }, () => disconnectConnection(access, connection.id, at)));
    expect(await activity(connection)).toMatchObject([
      { action: "connection.disconnected", detail: { name: connection.name, accountId: connection.accountId } },
    ]);
    expect(await db.connectionStatusChange.count({ where: { connectionId: connection.id, to: "disconnected" } })).toBe(
      1,
    );
  });

  test("while it is paused by both is possible, and no hold is lifted by it", async () => {
    const { access, connection } = await provenConnection();
    await pauseConnection(access, connection.id, at);
    await pauseConnectionForStaff(await staffMember(), connection.id, at);
    await disconnectConnection(access, connection.id, later);
    expect(await reload(connection)).toMatchObject({ status: "disconnected", disconnectedAt: later });
  });

  test("is refused for what was never verified, which is deleted instead", async () => {
    const access = await member();
    const connection = await newConnection(access);
    await expect(disconnectConnection(access, connection.id, at)).rejects.toMatchObject({ code: "conflict" });
    expect((await reload(connection)).status).toBe("pending");
  });

  test("during an audit leaves nothing that the audit could bring back", async () => {
    const scene = await auditScene();
    const { access, connection } = await provenConnection();
    await db.auditSchedule.update({ where: { connectionId: connection.id }, data: { nextAuditAt: scene.now() } });
    await scene.plan();
    const worker = scene.worker();
    const jobs = await takeAudits(worker, 10, scene.now());
    const job = jobs.find(({ connectionId }) => connectionId === connection.id);
    if (!job) throw new Error("the audit was not planned");
    const client = {
      verifyIntegration: async (input: Parameters<typeof worker.client.verifyIntegration>[0]) => {
        const report = await worker.client.verifyIntegration(input);
        await disconnectConnection(access, connection.id, scene.now());
        return report;
      },
    };
    await runAudit({ ...worker, client }, job, new AbortController().signal);
    expect((await reload(connection)).status).toBe("disconnected");
    // And none is planned again.
    await db.auditSchedule.update({ where: { connectionId: connection.id }, data: { nextAuditAt: scene.now() } });
    expect(await scene.workOff()).toBe(0);
    await scene.queue.stop();
  });

  test("at the moment at which a report comes in is the last word, in both orders", async () => {
    for (const order of ["end first", "report first"] as const) {
      const { access, connection } = await provenConnection();
      const { verificationId } = await start(access, connection);
      const ending = () => disconnectConnection(access, connection.id, at);
      const reporting = () => runVerification(verificationId);
      const outcome =
        order === "end first"
          ? await race("ActivityLogEntry", ending, reporting)
          : await race("AuditSchedule", reporting, ending);
      expect(outcome).toMatchObject([{ status: "fulfilled" }, { status: "fulfilled" }]);
      expect((await reload(connection)).status).toBe("disconnected");
      const run = await db.verification.findUnique({ where: { id: verificationId } });
      expect(run?.state).toBe(order === "end first" ? "abandoned" : "finished");
    }
  });

  test("leaves no verification that asks AWS after it, in both orders of the two", async () => {
    for (const order of ["end first", "start first"] as const) {
      const { access, connection } = await provenConnection();
      const ending = () => disconnectConnection(access, connection.id, new Date());
      const starting = () => start(access, connection);
      if (order === "end first") {
        const [ended, begun] = await race("ActivityLogEntry", ending, starting);
        expect([ended, begun]).toMatchObject([
          { status: "fulfilled" },
          { status: "rejected", reason: { code: "conflict" } },
        ]);
      } else {
        const both = await race("ActivityLogEntry", starting, ending);
        expect(both).toMatchObject([{ status: "fulfilled" }, { status: "fulfilled" }]);
      }
      const asked = () => db.accessLogEntry.count({ where: { connectionId: connection.id } });
      const before = await asked();
      for (const { id } of await db.verification.findMany({ where: { connectionId: connection.id, state: "running" } }))
        await runVerification(id);
      expect(await asked(), order).toBe(before);
      expect(await db.verification.count({ where: { connectionId: connection.id, state: "running" } })).toBe(0);
    }
  });

  test("frees the role: another customer's connection verifies it and is used", async () => {
    const { access, connection, account } = await provenConnection();
    const other = await newConnection(await member(), "Taken over");
    const heir = { ...(await member()), customer: { id: other.customerId, reference: "heir", name: "Heir" } };
    await trustWith(connection, account, { StringEquals: { "sts:ExternalId": await readExternalId(other) } });
    const roleArn = roleArnIn(account, connection);
    await submitRole(heir, { connectionId: other.id, roleArn });
    await verifyAsPerson(heir, other);
    expect(await reload(other)).toMatchObject({ provenAt: null });
    await disconnectConnection(access, connection.id, new Date());
    await verifyAsPerson(heir, other);
    expect((await reload(other)).provenAt).not.toBeNull();
    await expect(use(other)).resolves.toMatchObject({ accessKeyId: expect.any(String) as string });
    await expect(use(connection)).rejects.toMatchObject({ code: "connection-unusable" });
  });
});

function start(access: CustomerAccess, { id: connectionId }: Connection) {
  return startVerification(access, { connectionId, expectSetup: "present" }, new Date());
}
