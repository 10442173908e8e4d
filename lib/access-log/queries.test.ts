import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { began, logEntry } from "@/dev/testing/access-log";
import { member, newConnection, staffMember } from "@/dev/testing/fixtures";
import { db } from "@/lib/db";
import type { Connection } from "@/lib/generated/prisma/client";
import type { CustomerAccess, PersonalAccess } from "@/lib/tenancy/access";
import { createAccessLog } from "./prisma-access-log";
import { accessLogUsage, listAccessLog } from "./queries";
import type { AccessLogFilter } from "./schema";
import { accessLogDependencies } from "./services";
import { accessLogUsageForStaff, listAccessLogForStaff } from "./staff-queries";

const log = createAccessLog(accessLogDependencies);
const DAY = 24 * 60 * 60_000;
let access: PersonalAccess;
let other: CustomerAccess;
let own: Connection;
let theirs: Connection;

beforeAll(async () => {
  [access, other] = [await member(), await member()];
  [own, theirs] = [await newConnection(access), await newConnection(other)];
  const write = (changed: Parameters<typeof logEntry>[0]) =>
    log.record(logEntry({ customerId: own.customerId, connectionId: own.id, ...changed }));
  await write({ purpose: "nightly report" });
  await write({ purpose: "Nightly_Report 100%", outcome: "error", errorCode: "Throttling" });
  await write({ purpose: "support case 7", actor: { type: "staff", id: (await staffMember()).person.id } });
  await write({ purpose: "look", actor: { type: "customer", id: access.person.id }, outcome: "refused" });
  await write({ purpose: "verification", probe: true, outcome: "refused" });
  await write({ purpose: "next day", at: new Date(began.getTime() + DAY), latencyMs: 3 });
  await log.record(logEntry({ customerId: theirs.customerId, connectionId: theirs.id, purpose: "secret plan" }));
});

const purposes = async (filter: AccessLogFilter) =>
  (await listAccessLog(access, own.id, filter)).rows.map(({ purpose }) => purpose).sort();

describe("a customer", () => {
  test("sees every use of the connection, newest first, with who it was", async () => {
    const { rows, nextCursor } = await listAccessLog(access, own.id);
    expect(rows[0]?.purpose).toBe("next day");
    expect(rows).toHaveLength(6);
    expect(nextCursor).toBeNull();
    const actorOf = (purpose: string) => rows.find((row) => row.purpose === purpose)?.actor;
    expect(actorOf("look")).toEqual({ type: "customer", id: access.person.id, name: "Somebody" });
    expect(actorOf("support case 7")).toMatchObject({ type: "staff", name: null });
  });

  test.each<[AccessLogFilter, string[]]>([
    [{ outcome: "error" }, ["Nightly_Report 100%"]],
    [{ purpose: "NIGHTLY" }, ["Nightly_Report 100%", "nightly report"]],
    [{ purpose: "t_r" }, []],
    [{ purpose: "y_r" }, ["Nightly_Report 100%"]],
    [{ purpose: "0%" }, ["Nightly_Report 100%"]],
    [{ purpose: "' OR 1=1 --" }, []],
    [{ actor: "staff" }, ["support case 7"]],
    [{ probes: "only" }, ["verification"]],
    [{ probes: "none", outcome: "refused" }, ["look"]],
    [{ from: "2026-03-03" }, ["next day"]],
    [{ to: "2026-03-02", outcome: "refused" }, ["look", "verification"]],
    [{ from: "2026-03-02", to: "2026-03-03", purpose: "day" }, ["next day"]],
    [{ from: "2026-04-01", to: "2026-03-01" }, []],
  ])("narrows it to %o", async (filter, expected) => {
    expect(await purposes(filter)).toEqual(expected);
  });

  test("narrows it to one actor", async () => {
    expect(await purposes({ actor: "customer", actorId: access.person.id })).toEqual(["look"]);
    expect(await purposes({ actor: "customer", actorId: randomUUID() })).toEqual([]);
  });

  test("turns pages without missing or repeating an entry, also among those of one moment", async () => {
    const connection = await newConnection(access, "Busy");
    const owner = { customerId: connection.customerId, connectionId: connection.id };
    for (let index = 0; index < 120; index += 1)
      await log.record(
        logEntry({ ...owner, latencyMs: index, at: new Date(began.getTime() + Math.floor(index / 40)) }),
      );
    const seen: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await listAccessLog(access, connection.id, {}, cursor);
      seen.push(...page.rows.map(({ latencyMs }) => latencyMs));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen.toSorted((one, two) => one - two)).toEqual(Array.from({ length: 120 }, (_, index) => index));
  });

  test("sees how it was used by day and purpose, with probes apart", async () => {
    const usage = await accessLogUsage(access, own.id, new Date(began.getTime() + DAY));
    expect(usage.days).toHaveLength(30);
    expect(usage.days.slice(-2)).toEqual([
      { day: "2026-03-02", allowed: 2, refused: 1, error: 1, probe: 1 },
      { day: "2026-03-03", allowed: 1, refused: 0, error: 0, probe: 0 },
    ]);
    expect(usage.purposes.map(({ purpose }) => purpose)).not.toContain("verification");
    expect(usage.purposes).toContainEqual({ purpose: "look", allowed: 0, refused: 1, error: 0 });
  });

  test("sees how long the last credentials still work", async () => {
    const until = new Date(began.getTime() + 3_600_000);
    expect((await accessLogUsage(access, own.id, began)).credentialsUntil).toEqual(until);
    expect((await accessLogUsage(access, own.id, until)).credentialsUntil).toBeNull();
  });
});

describe("a customer of another connection", () => {
  test.each<[string, (id: string) => Promise<unknown>]>([
    ["list", (id) => listAccessLog(other, id)],
    ["chart", (id) => accessLogUsage(other, id)],
  ])("cannot %s it, and cannot tell that it exists", async (_what, read) => {
    const refused = await read(own.id).catch((error: unknown) => error);
    const absent = await read(randomUUID()).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: "not-found" });
    expect((refused as Error).message).toBe((absent as Error).message);
    await expect(read("1 OR 1=1")).rejects.toMatchObject({ code: "not-found" });
  });

  test("finds nothing of it by a filter or by its cursor", async () => {
    const strangers = { customerId: own.customerId, connectionId: own.id, OR: [{}] } as AccessLogFilter;
    const [entry] = await db.accessLogEntry.findMany({ where: { connectionId: own.id }, orderBy: { at: "desc" } });
    const cursor = `${entry?.at.toISOString()}_ffffffff-ffff-ffff-ffff-ffffffffffff`;
    for (const page of [
      await listAccessLog(other, theirs.id, strangers),
      await listAccessLog(other, theirs.id, {}, cursor),
    ])
      expect(page.rows.map(({ purpose }) => purpose)).toEqual(["secret plan"]);
  });

  test("is not shown names of people who are not theirs", async () => {
    await log.record(
      logEntry({
        customerId: theirs.customerId,
        connectionId: theirs.id,
        actor: { type: "customer", id: access.person.id },
        purpose: "odd",
      }),
    );
    const { rows } = await listAccessLog(other, theirs.id, { purpose: "odd" });
    expect(rows[0]?.actor.name).toBeNull();
  });
});

describe("staff", () => {
  test("see all connections with their customers, and who of staff it was", async () => {
    const { rows } = await listAccessLogForStaff(await staffMember(), { purpose: "s" });
    const shown = rows.map(({ purpose, customerName, actor }) => [purpose, customerName, actor.name]);
    expect(shown).toContainEqual(["secret plan", other.customer.name, null]);
    expect(shown).toContainEqual(["support case 7", access.customer.name, "Somebody"]);
  });

  test("can look at one connection", async () => {
    const staff = await staffMember();
    const { rows } = await listAccessLogForStaff(staff, {}, { connectionId: theirs.id });
    expect(new Set(rows.map(({ connectionId }) => connectionId))).toEqual(new Set([theirs.id]));
    expect((await accessLogUsageForStaff(staff, own.id, began)).days.at(-1)).toMatchObject({ allowed: 2, probe: 1 });
    await expect(accessLogUsageForStaff(staff, randomUUID())).rejects.toMatchObject({ code: "not-found" });
  });
});
