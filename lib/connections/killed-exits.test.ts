import { fork } from "node:child_process";
import { once } from "node:events";
import { beforeAll, expect, test } from "vitest";
import { prepareSandbox } from "@/dev/local/prepare-sandbox";
import { provenConnection, verifyAsPerson } from "@/dev/testing/audits";
import { deleteStack, giveExternalId } from "@/dev/testing/fixtures";
import { stopAtGate } from "@/dev/testing/race";
import { changesBy, tablesOf } from "@/dev/testing/stored-rows";
import { config } from "@/lib/config";
import { crossAccount } from "@/lib/crossaccount-client/client";
import { readNextExternalId } from "@/lib/crossaccount-client/secrets";
import { db } from "@/lib/db";
import type { Connection } from "@/lib/generated/prisma/client";
import type { CustomerAccess } from "@/lib/tenancy/access";
import { startVerification } from "@/lib/verifications/start-verification";
import { abandonRotation } from "./abandon-rotation";
import { disconnectConnection } from "./disconnect-connection";
import { checkEndedAccess } from "./ended-access";
import { startRotation } from "./start-rotation";

beforeAll(async () => {
  await prepareSandbox(process.env, config);
  await crossAccount.publishTemplate(config.defaultRegion);
});

interface Subject {
  access: CustomerAccess;
  connection: Connection;
  account: string;
}

const now = () => new Date();
const rotate = ({ access, connection }: Subject) => startRotation(access, connection.id, now());
const disconnect = ({ access, connection }: Subject) => disconnectConnection(access, connection.id, now());
const reloaded = ({ connection: { id } }: Subject) => db.connection.findUniqueOrThrow({ where: { id } });
const rotations = ({ connection: { id: connectionId } }: Subject) =>
  db.rotation.findMany({ where: { connectionId }, select: { outcome: true } });
const receipts = ({ connection: { id: connectionId } }: Subject) => db.receipt.count({ where: { connectionId } });

/** A process that does it, killed by the system while it writes into the table. What it changed by then, but the access log. */
async function killed(verb: string, table: string, { connection: { id, customerId } }: Subject): Promise<string[]> {
  const gate = await stopAtGate(table);
  const changes = await changesBy(async () => {
    const child = fork("dev/testing/do-and-die.ts", [verb, customerId, id], {
      execArgv: ["--conditions=react-server", "--import", "tsx"],
    });
    const ended = once(child, "exit");
    await gate.reached(1, () => child.exitCode !== null);
    child.kill("SIGKILL");
    expect(await ended).toEqual([null, "SIGKILL"]);
    await gate.remove();
  });
  return tablesOf(changes).filter((name) => !name.startsWith("AccessLog"));
}

const steps: {
  verb: string;
  table: string;
  before?: (subject: Subject) => Promise<unknown>;
  again: (subject: Subject) => Promise<unknown>;
  leads: (subject: Subject) => Promise<unknown>;
  /** Of what is noted before AWS is asked. */
  mayLeave?: string[];
}[] = [
  ...["EndedAccess", "ActivityLogEntry"].map((table) => ({
    ...{ verb: "disconnectConnection", table, before: rotate, again: disconnect },
    leads: async (subject: Subject) => {
      expect(await reloaded(subject)).toMatchObject({ status: "disconnected" });
      expect(await rotations(subject)).toEqual([{ outcome: "disconnected" }]);
    },
  })),
  {
    ...{ verb: "checkEndedAccess", table: "Receipt", mayLeave: ["RateLimiterFlexible"] },
    before: async (subject) => {
      await disconnect(subject);
      await deleteStack(subject.connection, subject.account);
    },
    again: ({ access, connection }) => checkEndedAccess(access, connection.id),
    leads: async (subject) => {
      expect((await reloaded(subject)).accessGoneAt).not.toBeNull();
      expect(await receipts(subject)).toBe(1);
    },
  },
  {
    ...{ verb: "startRotation", table: "Rotation", again: rotate },
    leads: async (subject) => expect(await rotations(subject)).toEqual([{ outcome: null }]),
  },
  {
    ...{ verb: "abandonRotation", table: "Receipt", before: rotate, mayLeave: ["RateLimiterFlexible"] },
    again: ({ access, connection }) => abandonRotation(access, connection.id, now()),
    leads: async (subject) => {
      expect(await rotations(subject)).toEqual([{ outcome: "abandoned" }]);
      expect(await reloaded(subject)).toMatchObject({ nextExternalIdDigest: null });
      expect(await receipts(subject)).toBe(1);
    },
  },
  ...["Rotation", "Receipt"].map((table) => ({
    ...{ verb: "runVerification", table, mayLeave: ["CheckResult", "Verification"] },
    before: async (subject: Subject) => {
      await rotate(subject);
      const { access, connection, account } = subject;
      await giveExternalId(connection, account, (await readNextExternalId(await reloaded(subject))) ?? "");
      await startVerification(access, { connectionId: connection.id, expectSetup: "present" }, now());
    },
    again: async ({ access, connection }: Subject) => {
      // Its lease ends with it.
      await db.verification.updateMany({ where: { connectionId: connection.id }, data: { deadlineAt: new Date(0) } });
      await verifyAsPerson(access, connection);
    },
    leads: async (subject: Subject) => {
      expect(await rotations(subject)).toEqual([{ outcome: "completed" }]);
      expect(await reloaded(subject)).toMatchObject({ nextExternalIdDigest: null });
      expect(await receipts(subject)).toBe(1);
    },
  })),
];

test.each(steps)(
  "a process that is killed in $verb, while it writes into $table, did all of it or nothing, and it can be done again",
  async ({ verb, table, before, again, leads, mayLeave = [] }) => {
    const subject = await provenConnection();
    await before?.(subject);
    expect(mayLeave).toEqual(expect.arrayContaining(await killed(verb, table, subject)));
    await again(subject);
    await leads(subject);
  },
  60_000,
);
