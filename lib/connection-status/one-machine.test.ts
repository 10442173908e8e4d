import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { member, newConnection, reload, roleArnIn } from "@/dev/testing/fixtures";
import { submitRole } from "@/lib/connections/submit-role";
import type { Check, VerificationReport } from "@/lib/crossaccount";
import {
  connectionStatuses,
  factsAfter,
  isUsable,
  isWatched,
  type SetupPermissions,
  statusFrom,
  usableStatuses,
} from "@/lib/crossaccount/status";
import { clientOptions } from "@/lib/crossaccount-client/client";
import { db } from "@/lib/db";
import type { Connection } from "@/lib/generated/prisma/client";
import { conclude } from "@/lib/verifications/conclusion";
import { hasStatus, isWatchedRow } from "./conditions";
import { endConnection, noteAccessGone } from "./end";
import { type FactColumns, factsOfRow } from "./facts";
import { type Holder, hold, liftHold } from "./holds";
import { lockConnection } from "./lock-connection";

const at = new Date("2026-11-26T12:00:00Z");
const actor = { type: "system", id: "test" } as const;

let connection: Connection;
let owner: { customerId: string; connectionId: string };
/** Another connection of the same customer, and one of another: neither may be touched. */
let bystanders: Connection[];
beforeEach(async () => {
  const access = await member();
  connection = await newConnection(access);
  await submitRole(access, { connectionId: connection.id, roleArn: roleArnIn("111122223333", connection) });
  connection = await reload(connection);
  owner = { customerId: connection.customerId, connectionId: connection.id };
  bystanders = [await newConnection(access, "Beside"), await newConnection(await member(), "Elsewhere")];
});
afterEach(async () => {
  expect(await Promise.all(bystanders.map(reload))).toEqual(bystanders);
  // Each test makes the same role its own.
  await db.connection.deleteMany();
});

const either = [false, true];
const allSetup: SetupPermissions[] = ["unknown", "present", "gone", "never-granted"];
const unheld: Omit<FactColumns, "status">[] = either.flatMap((checkFailed) =>
  [null, "proven", "insecure", "failed"].flatMap((lastOutcome) =>
    ["unknown", "gone"].flatMap((setupPermissions) =>
      (lastOutcome === "proven" ? [true] : either).map((proven) => ({
        ...{ checkFailed, lastOutcome, setupPermissions, provenAt: proven ? at : null },
        ...{ heldByCustomerAt: null, heldByStaffAt: null, disconnectedAt: null, accountProposedAt: null },
        ...{ trustReadAt: null, trustDeniedSince: null, trustDeniedAt: null, trustDenialConfirmedAt: null },
      })),
    ),
  ),
);
const [pending, ...others] = unheld;
const proposed: typeof unheld = either.flatMap((checkFailed) =>
  [null, "proven", "insecure", "failed"].map((lastOutcome) => ({
    ...{ ...(pending as FactColumns), checkFailed, lastOutcome, accountProposedAt: at },
  })),
);
const known = [
  ...unheld,
  ...proposed,
  { ...(pending as FactColumns), heldByCustomerAt: at },
  { ...(others.at(-1) as FactColumns), heldByStaffAt: at },
  { ...(others.at(0) as FactColumns), disconnectedAt: at },
];

function report(
  outcome: VerificationReport["outcome"],
  fails: boolean,
  setupPermissions: SetupPermissions,
): VerificationReport {
  const check: Check = { id: "ongoing-permissions", status: "failed", title: "", evidence: [] };
  const [startedAt, finishedAt] = [at.toISOString(), at.toISOString()];
  return { ...{ outcome, setupPermissions, startedAt, finishedAt }, subject: "", checks: fails ? [check] : [] };
}

async function become(columns: Omit<FactColumns, "status">): Promise<void> {
  const status = statusFrom(factsOfRow({ ...connection, ...columns }));
  await db.connection.update({ where: { id: connection.id }, data: { ...columns, status } });
}

async function concludeWith(found: VerificationReport): Promise<void> {
  await db.$transaction(async (transaction) => {
    const locked = await lockConnection(transaction, owner);
    if (!locked) throw new Error("the connection is gone");
    await conclude(transaction, locked, found, {
      ...{ actor, cause: (to) => `became ${to}` },
      roleDigest: connection.roleDigest ?? "",
      nextExternalIdDigest: null,
    });
  });
}

describe("the portal", () => {
  test.each(["proven", "insecure", "failed"] as const)(
    "comes to the status that the facts lead to, after a report that says %s",
    async (outcome) => {
      let compared = 0;
      for (const columns of known) {
        for (const fails of either) {
          for (const setupPermissions of outcome === "proven" ? allSetup.slice(0, 3) : allSetup.slice(0, 1)) {
            await become(columns);
            const before = await reload(connection);
            const found = report(outcome, fails, setupPermissions);
            const expected = statusFrom(factsAfter(factsOfRow(before), found));
            await concludeWith(found);
            const after = await reload(connection);
            expect({ status: after.status, again: statusFrom(factsOfRow(after)) }, JSON.stringify(columns)).toEqual({
              status: expected,
              again: expected,
            });
            expect(after.statusChangedAt).toEqual(before.status === expected ? before.statusChangedAt : at);
            compared += 1;
          }
        }
      }
      expect(compared).toBe(known.length * (outcome === "proven" ? 6 : 2));
    },
  );

  test("keeps a row of the history for each change of status, with its actor, and none for what is no change", async () => {
    await concludeWith(report("proven", false, "present"));
    await concludeWith(report("proven", false, "present"));
    await concludeWith(report("proven", false, "gone"));
    const history = await db.connectionStatusChange.findMany({ where: owner, orderBy: { id: "asc" } });
    expect(history.map(({ from, to, cause, actorType, actorId }) => [from, to, cause, actorType, actorId])).toEqual([
      ["pending", "setup", "became setup", "system", "test"],
      ["setup", "active", "became active", "system", "test"],
    ]);
  });
});

test("the library's storage reads and writes the same statuses, with their history", async () => {
  const { storage } = clientOptions;
  const read = async () => {
    const found = await storage.get(owner.customerId, owner.connectionId);
    if (!found) throw new Error("the connection is gone");
    return found;
  };
  for (const status of ["insecure", "pending", "setup", "active", "degraded", "broken", "insecure"] as const) {
    await storage.put({ ...(await read()), status });
    const row = await reload(connection);
    expect([row.status, statusFrom(factsOfRow(row))]).toEqual([status, status]);
    expect(await read()).toMatchObject({ status, verified: row.provenAt !== null });
  }
  const history = await db.connectionStatusChange.findMany({ where: owner, orderBy: { id: "asc" } });
  expect(history.map(({ to }) => to)).toEqual([
    ...["insecure", "pending", "setup", "active", "degraded", "broken", "insecure"],
  ]);
  expect(new Set(history.map(({ actorType }) => actorType))).toEqual(new Set(["service"]));
});

test("SQL and code agree on what is used and what is watched", async () => {
  for (const status of connectionStatuses) {
    for (const provenAt of [null, at]) {
      await db.connection.update({ where: { id: connection.id }, data: { status, provenAt } });
      const [row] = await db.$queryRaw<{ usable: boolean; watched: boolean }[]>`
        SELECT ${hasStatus("c", usableStatuses)} AS usable, ${isWatchedRow("c")} AS watched
        FROM "Connection" c WHERE c."id" = ${connection.id}::uuid`;
      expect(row).toEqual({ usable: isUsable(status), watched: isWatched({ proven: provenAt !== null, status }) });
    }
  }
});

describe("an account that is only proposed", () => {
  const usable = ["setup", "active", "degraded", "broken"] as const;
  const propose = () => db.connection.update({ where: { id: connection.id }, data: { accountProposedAt: at } });

  test("gets no status in which credentials are issued from the library's storage", async () => {
    await propose();
    const { storage } = clientOptions;
    for (const status of usable) {
      const read = await storage.get(owner.customerId, owner.connectionId);
      if (!read) throw new Error("the connection is gone");
      expect(read).toMatchObject({ status: "pending", confirmed: false });
      for (const confirmed of either) {
        await expect(storage.put({ ...read, status, verified: true, confirmed })).rejects.toMatchObject({
          code: "storage-failed",
        });
      }
    }
    expect(await reload(connection)).toMatchObject({ status: "pending", provenAt: null, accountProposedAt: at });
  });

  test("gets none from SQL either, whoever writes it", async () => {
    await propose();
    for (const status of usable)
      await expect(
        db.$executeRaw`UPDATE "Connection" SET "status" = ${status}::"ConnectionStatus" WHERE "id" = ${connection.id}::uuid`,
      ).rejects.toThrow(/proposed_account_is_not_used/);
    await expect(
      db.$executeRaw`UPDATE "Connection" SET "provenAt" = ${at} WHERE "id" = ${connection.id}::uuid`,
    ).rejects.toThrow(/proposed_account_is_not_used/);
    expect(await reload(connection)).toMatchObject({ status: "pending", provenAt: null });
  });

  test("stays pending though its role is found in order, which makes the role nobody's", async () => {
    await propose();
    await concludeWith(report("proven", false, "gone"));
    expect(await reload(connection)).toMatchObject({ status: "pending", provenAt: null, lastOutcome: "proven" });
    expect(await db.connectionStatusChange.count({ where: owner })).toBe(0);
  });
});

describe("a hold", () => {
  const held = (by: Holder) => ({ by, actor, at });
  const statuses: string[] = [];
  const note = async () => statuses.push((await reload(connection)).status);

  test("of customer and of staff keep a connection paused until both are lifted, each by whose it is", async () => {
    await concludeWith(report("proven", false, "gone"));
    for (const [change, by] of [
      [hold, "customer"],
      [hold, "staff"],
      [liftHold, "customer"],
      [liftHold, "customer"],
      [liftHold, "staff"],
    ] as const) {
      await db.$transaction((transaction) => change(transaction, owner, held(by)));
      await note();
    }
    expect(statuses).toEqual(["paused", "paused", "paused", "paused", "active"]);
  });

  test("lets what a verification found while it lasted count once it is lifted", async () => {
    await concludeWith(report("proven", false, "gone"));
    await db.$transaction((transaction) => hold(transaction, owner, held("staff")));
    await concludeWith(report("insecure", false, "unknown"));
    expect((await reload(connection)).status).toBe("paused");
    await db.$transaction((transaction) => liftHold(transaction, owner, held("staff")));
    expect((await reload(connection)).status).toBe("insecure");
  });

  test("on another customer's connection is not found", async () => {
    const stranger = { ...owner, customerId: bystanders[1]?.customerId ?? "" };
    for (const change of [hold, liftHold])
      await expect(
        db.$transaction((transaction) => change(transaction, stranger, held("customer"))),
      ).rejects.toMatchObject({ code: "not-found" });
    expect((await reload(connection)).status).toBe("pending");
  });
});

describe("an end", () => {
  test("is final, whatever comes after it, and frees the role for the same customer and for others", async () => {
    await concludeWith(report("proven", false, "gone"));
    await db.$transaction((transaction) => endConnection(transaction, owner, { actor, at }));
    await concludeWith(report("insecure", false, "unknown"));
    for (const change of [hold, liftHold])
      await expect(
        db.$transaction((transaction) => change(transaction, owner, { by: "staff", actor, at })),
      ).rejects.toMatchObject({ code: "conflict" });
    expect(await reload(connection)).toMatchObject({ status: "disconnected", disconnectedAt: at, accessGoneAt: null });

    const roleArn = roleArnIn("111122223333", connection);
    for (const other of bystanders.splice(0)) {
      const access = { ...(await member()), customer: { id: other.customerId, reference: "", name: "" } };
      await submitRole(access, { connectionId: other.id, roleArn });
      expect((await reload(other)).roleDigest).toBe((await reload(connection)).roleDigest);
    }
  });

  test("has the proof that access is gone beside it, dated once, and no connection that goes on has one", async () => {
    await noteAccessGone(db, owner, at);
    expect((await reload(connection)).accessGoneAt).toBeNull();
    await db.$transaction((transaction) => endConnection(transaction, owner, { actor, at }));
    await noteAccessGone(db, owner, at);
    await noteAccessGone(db, owner, new Date());
    expect(await reload(connection)).toMatchObject({ status: "disconnected", accessGoneAt: at });
  });
});
