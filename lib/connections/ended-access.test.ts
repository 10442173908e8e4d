import { beforeEach, describe, expect, test } from "vitest";
import { provenConnection } from "@/dev/testing/audits";
import { deleteStack, giveExternalId, launchStack, member, reload } from "@/dev/testing/fixtures";
import { testSandbox } from "@/dev/testing/sandbox";
import { config } from "@/lib/config";
import { type AccessAnswer, createCrossAccountClient } from "@/lib/crossaccount";
import { followCommand } from "@/lib/crossaccount/testing/follow-command";
import { clientOptions, crossAccount } from "@/lib/crossaccount-client/client";
import { unseal } from "@/lib/crossaccount-client/seal";
import { db } from "@/lib/db";
import type { Connection } from "@/lib/generated/prisma/client";
import type { CustomerAccess } from "@/lib/tenancy/access";
import { disconnectConnection } from "./disconnect-connection";
import { askDue, checkEndedAccess } from "./ended-access";
import type { EndReceipt } from "./exit-schema";
import { exitInstructions, getConnection } from "./queries";
import { readReceipt } from "./receipts";
import { startRotation } from "./start-rotation";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const begun = new Date("2026-11-26T12:00:00Z");

beforeEach(() => db.endedAccess.deleteMany());

/** A week of a worker that looks each minute, in a time that only the test moves; AWS is the sandbox, or what `answers` says. */
function week({ answers, from = begun }: { answers?: (time: Date) => AccessAnswer["answer"]; from?: Date } = {}) {
  let time = from.getTime();
  const clock = () => new Date(time);
  const real = createCrossAccountClient(config, { ...clientOptions, clock });
  const client = answers
    ? {
        probeAccess: async (): Promise<AccessAnswer> => ({ answer: answers(clock()), at: clock().toISOString() }),
      }
    : real;
  const asked: number[] = [];
  return {
    asked,
    async until(end: number) {
      const { signal } = new AbortController();
      const last = begun.getTime() + end;
      while (time < last) {
        if ((await askDue({ client, signal, clock })) > 0) asked.push((time - begun.getTime()) / MINUTE);
        // To the minute in which something is due again: the others find nothing.
        const { _min: next } = await db.endedAccess.aggregate({ _min: { nextAskAt: true } });
        const due = next.nextAskAt?.getTime() ?? last;
        time += Math.max(1, Math.ceil((due - time) / MINUTE)) * MINUTE;
      }
    },
  };
}

async function ended(): Promise<{ access: CustomerAccess; connection: Connection; account: string }> {
  const proven = await provenConnection();
  await disconnectConnection(proven.access, proven.connection.id, begun);
  return proven;
}

async function receipts({ id: connectionId }: Connection) {
  return db.receipt.count({ where: { connectionId, kind: "end" } });
}
async function latest(access: CustomerAccess, { id }: Connection): Promise<EndReceipt & Record<string, unknown>> {
  return JSON.parse((await readReceipt(access, id, { kind: "end" })).text) as never;
}

describe("after an end AWS is asked whether it still lets us in", () => {
  test("with backoff for a week, and what lasts is said by a receipt at its end", async () => {
    const { access, connection } = await ended();
    const worker = week({ answers: () => "allowed" });
    await worker.until(9 * DAY);
    const first = Array.from({ length: 12 }, (_, time) => 2 ** time);
    const minutes = [...first, 3_488, 4_928, 6_368, 7_808, 9_248, 10_080];
    expect(worker.asked).toEqual(minutes);
    expect(await reload(connection)).toMatchObject({ status: "disconnected", accessGoneAt: null });
    expect(await receipts(connection)).toBe(1);
    expect(await latest(access, connection)).toMatchObject({
      result: "still-there",
      asked_at: "2026-12-03T12:00:00.000Z",
      control: null,
    });
    expect((await getConnection(access, connection.id)).end).toMatchObject({
      ...{ lastAnswer: "allowed", nextAskAt: null, accessGoneAt: null, receiptId: expect.any(String) as string },
      name: "Somebody",
    });
  }, 60_000);

  test("and says when it was first refused, with our own identity as control, to its customer alone", async () => {
    const { access, connection, account } = await ended();
    expect(await checkEndedAccess(access, connection.id)).toEqual({ answer: "allowed" });
    await expect(readReceipt(access, connection.id, { kind: "end" })).rejects.toMatchObject({ code: "not-found" });
    await deleteStack(connection, account);
    expect(await checkEndedAccess(access, connection.id)).toEqual({ answer: "refused" });
    const { accessGoneAt } = await reload(connection);
    expect(accessGoneAt).not.toBeNull();
    // Once, however often it is asked.
    await checkEndedAccess(access, connection.id);
    expect((await reload(connection)).accessGoneAt).toEqual(accessGoneAt);
    expect(await receipts(connection)).toBe(1);
    const receipt = await latest(access, connection);
    expect(receipt).toMatchObject({
      ...{ result: "access-gone", asked_at: accessGoneAt?.toISOString(), ended_at: begun.toISOString() },
      aws: { account_id: account, error_code: "AccessDenied" },
      control: { call: "sts:GetCallerIdentity", account_id: config.serviceAccountId },
      meaning: expect.stringContaining("look alike") as string,
    });
    const stranger = await member();
    const read = () => readReceipt(stranger, connection.id, { kind: "end" });
    for (const verb of [read, () => checkEndedAccess(stranger, connection.id)])
      await expect(verb()).rejects.toMatchObject({ code: "not-found" });
    const entries = await db.accessLogEntry.findMany({
      where: { connectionId: connection.id, purpose: "access-check" },
      orderBy: { sequence: "asc" },
    });
    expect(entries.map(({ outcome, probe, actorId }) => [outcome, probe, actorId])).toEqual(
      ["allowed", "refused", "refused"].map((outcome) => [outcome, true, access.actor.id]),
    );
  });

  test("and asking by hand does not put off what asks by itself", async () => {
    const { access, connection } = await provenConnection();
    await disconnectConnection(access, connection.id, new Date());
    for (let time = 0; time < 12; time += 1) await checkEndedAccess(access, connection.id);
    const { nextAskAt } = await db.endedAccess.findUniqueOrThrow({ where: { connectionId: connection.id } });
    expect(nextAskAt?.getTime()).toBeLessThan(Date.now() + 2 * MINUTE);
  });

  test("and a stack that was deleted before the end is gone from the first answer on", async () => {
    const { access, connection, account } = await provenConnection();
    await deleteStack(connection, account);
    await disconnectConnection(access, connection.id, begun);
    const worker = week();
    await worker.until(2 * MINUTE);
    expect((await reload(connection)).accessGoneAt).toEqual(new Date(begun.getTime() + MINUTE));
    expect(await latest(access, connection)).toMatchObject({ result: "access-gone" });
  });

  test("and a stack that was deleted and made again is not gone, and is not used", async () => {
    const { access, connection, account } = await ended();
    await deleteStack(connection, account);
    const worker = week();
    await worker.until(10 * MINUTE);
    expect((await reload(connection)).accessGoneAt).not.toBeNull();
    await launchStack(connection, account);
    await worker.until(2 * DAY);
    expect(await reload(connection)).toMatchObject({ status: "disconnected", accessGoneAt: null });
    expect(await latest(access, connection)).toMatchObject({ result: "still-there" });
    expect(await receipts(connection)).toBe(2);
    const { customerId, id: connectionId } = connection;
    const use = crossAccount.assumeCustomerRole(customerId, { connectionId, purpose: "report" });
    await expect(use()).rejects.toMatchObject({ code: "connection-unusable" });
    await deleteStack(connection, account);
    await worker.until(4 * DAY);
    expect(await latest(access, connection)).toMatchObject({ result: "access-gone" });
    expect(await receipts(connection)).toBe(3);
  }, 60_000);

  test("and nothing is concluded from an answer that may be our own side's", async () => {
    const { access, connection, account } = await ended();
    await deleteStack(connection, account);
    const { url } = await testSandbox();
    const credentials = { accessKeyId: `AKIASANDBOX${account}`, secretAccessKey: "sandbox" };
    const other = createCrossAccountClient(config, {
      ...clientOptions,
      clock: () => new Date(begun.getTime() + MINUTE),
      aws: { endpoint: url, credentials: async () => credentials },
    });
    const clock = () => new Date(begun.getTime() + MINUTE);
    await askDue({ client: other, signal: new AbortController().signal, clock });
    expect(await reload(connection)).toMatchObject({ accessGoneAt: null });
    expect((await getConnection(access, connection.id)).end).toMatchObject({ lastAnswer: "unclear" });
    expect(await receipts(connection)).toBe(0);
  });

  test("and an unclear last answer is asked for again, for a day at most", async () => {
    const { connection } = await ended();
    const worker = week({ answers: () => "unclear", from: new Date(begun.getTime() + 6.9 * DAY) });
    await worker.until(10 * DAY);
    expect(worker.asked.at(-1)).toBe((8 * DAY) / MINUTE - 60);
    expect(await receipts(connection)).toBe(0);
  }, 60_000);

  test("and of two answers the one that was asked for later counts", async () => {
    const { connection } = await ended();
    const { signal } = new AbortController();
    const clock = () => new Date(begun.getTime() + MINUTE);
    const answer = (said: AccessAnswer["answer"], minutes: number) => ({
      probeAccess: async (): Promise<AccessAnswer> => ({
        answer: said,
        at: new Date(begun.getTime() + minutes * MINUTE).toISOString(),
      }),
    });
    await askDue({ client: answer("refused", 3), signal, clock });
    await db.endedAccess.updateMany({ data: { nextAskAt: begun } });
    await askDue({ client: answer("allowed", 2), signal, clock });
    expect((await reload(connection)).accessGoneAt).not.toBeNull();
    expect(await receipts(connection)).toBe(1);
  });

  test("by one of several workers at a time", async () => {
    const { connection } = await ended();
    let asked = 0;
    const client = {
      probeAccess: async (): Promise<AccessAnswer> => {
        asked += 1;
        return { answer: "allowed", at: clock().toISOString() };
      },
    };
    const clock = () => new Date(begun.getTime() + MINUTE);
    const { signal } = new AbortController();
    const done = await Promise.all([1, 2, 3, 4].map(() => askDue({ client, signal, clock })));
    expect([asked, done.reduce((sum, one) => sum + one, 0)]).toEqual([1, 1]);
    expect((await reload(connection)).status).toBe("disconnected");
  });

  test("by no worker that is about to stop, and by the next one soon", async () => {
    const { connection } = await ended();
    const client = { probeAccess: () => Promise.reject(new Error("asked")) };
    const clock = () => new Date(begun.getTime() + MINUTE);
    await expect(askDue({ client, signal: AbortSignal.abort(), clock })).rejects.toMatchObject({ name: "AbortError" });
    const { nextAskAt, lastAskedAt } = await db.endedAccess.findUniqueOrThrow({
      where: { connectionId: connection.id },
    });
    expect([nextAskAt, lastAskedAt]).toEqual([new Date(begun.getTime() + 6 * MINUTE), null]);
  });

  test("only of a connection that has ended", async () => {
    const { access, connection } = await provenConnection();
    await expect(checkEndedAccess(access, connection.id)).rejects.toMatchObject({ code: "conflict" });
  });
});

test("a role that took the new external ID of a rotation by the end is asked by it too", async () => {
  const { access, connection, account } = await provenConnection();
  await startRotation(access, connection.id, begun);
  const { nextExternalIdCiphertext } = await reload(connection);
  const owner = { customerId: connection.customerId, connectionId: connection.id };
  await giveExternalId(
    connection,
    account,
    await unseal(nextExternalIdCiphertext ?? new Uint8Array(), owner, "externalId"),
  );
  await disconnectConnection(access, connection.id, begun);
  expect(await checkEndedAccess(access, connection.id)).toEqual({ answer: "allowed" });
  await deleteStack(connection, account);
  expect(await checkEndedAccess(access, connection.id)).toEqual({ answer: "refused" });
});

test("the command that deletes the stack does, to the letter", async () => {
  const { access, connection, account } = await ended();
  const told = exitInstructions(await getConnection(access, connection.id));
  await followCommand(told?.deleteStackCommand ?? "", { endpoint: (await testSandbox()).url, accountId: account });
  expect(await checkEndedAccess(access, connection.id)).toEqual({ answer: "refused" });
});

test("credentials that were issued before are said to be valid until they expire", async () => {
  const { access, connection } = await provenConnection();
  const { customerId, id: connectionId } = connection;
  const { expiration } = await crossAccount.assumeCustomerRole(customerId, { connectionId, purpose: "report" })();
  expect((await getConnection(access, connectionId)).credentialsUntil).toBeNull();
  await disconnectConnection(access, connectionId, new Date());
  expect((await getConnection(access, connectionId)).credentialsUntil).toEqual(expiration);
});
