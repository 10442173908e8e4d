import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { asDatabaseOwner, checkpointLines, logEntry, writeLog } from "@/dev/testing/access-log";
import { db } from "@/lib/db";
import type { Checkpoint } from "./chain";
import { createAccessLog } from "./prisma-access-log";
import { accessLogDependencies } from "./services";
import { verifyAccessLog } from "./verify-access-log";

const owners = Array.from({ length: 3 }, () => ({ customerId: randomUUID(), connectionId: randomUUID() }));
const exported: Checkpoint[] = [];
const report = (checkpoints: Checkpoint[] = []) =>
  verifyAccessLog(accessLogDependencies, { checkpoints: checkpointLines(checkpoints) });
const wipe = (connectionId = "") => [
  `DELETE FROM "AccessLogEntry" WHERE "connectionId" = '${connectionId}'`,
  `DELETE FROM "AccessLogHead" WHERE "connectionId" = '${connectionId}'`,
];

beforeAll(async () => {
  for (const owner of owners) exported.push(...(await writeLog(owner, 2)));
});

test("a forged place in the register, however far out, keeps no verifier busy", async () => {
  const place = (ordinal: number) =>
    `UPDATE "AccessLogHead" SET ordinal = ${ordinal} WHERE "connectionId" = '${owners[2]?.connectionId}'`;
  await asDatabaseOwner(place(2_147_483_647));
  expect((await report()).findings).toEqual([
    { kind: "log-missing", connectionId: null, from: 3, to: 2_147_483_646 },
    { kind: "register-changed", connectionId: null },
    { kind: "head-changed", connectionId: owners[2]?.connectionId, from: 2, to: 2 },
  ]);
  await asDatabaseOwner(place(3));
  expect((await report()).findings).toEqual([]);
});

test("a connection whose log was removed as a whole is missed in the register", async () => {
  await asDatabaseOwner(...wipe(owners[1]?.connectionId));
  expect((await report()).findings).toEqual([{ kind: "log-missing", connectionId: null, from: 2, to: 2 }]);
});

test("so is the newest one, and the number in the register cannot be changed to fit", async () => {
  await asDatabaseOwner(...wipe(owners[2]?.connectionId));
  expect((await report()).findings).toEqual([{ kind: "log-missing", connectionId: null, from: 2, to: 3 }]);
  await asDatabaseOwner(`UPDATE "AccessLogRegister" SET heads = 1`);
  expect((await report()).findings).toContainEqual({ kind: "register-changed", connectionId: null });
});

test("a register that was removed is missed, and none is begun in its place", async () => {
  await asDatabaseOwner(`DELETE FROM "AccessLogRegister"`);
  expect((await report()).findings).toContainEqual({ kind: "register-changed", connectionId: null });
  await expect(createAccessLog(accessLogDependencies).record(logEntry())).rejects.toThrow(/register/);
  expect(await db.accessLogRegister.count()).toBe(0);
});

test("when everything was removed, what was exported says which logs there were", async () => {
  await asDatabaseOwner(...owners.flatMap(({ connectionId }) => wipe(connectionId)));
  expect((await report()).findings).toEqual([]);
  expect((await report(exported)).findings).toEqual(
    owners.map(({ connectionId }) => ({ kind: "log-missing", connectionId })),
  );
});
