import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { logEntry } from "@/dev/testing/access-log";
import { member, newConnection, staffMember } from "@/dev/testing/fixtures";
import type { Connection } from "@/lib/generated/prisma/client";
import type { CustomerAccess } from "@/lib/tenancy/access";
import { exportAccessLog, exportAccessLogForStaff } from "./export-access-log";
import { createAccessLog } from "./prisma-access-log";
import { accessLogDependencies } from "./services";

const log = createAccessLog(accessLogDependencies);
let access: CustomerAccess;
let connection: Connection;

beforeEach(async () => {
  access = await member();
  connection = await newConnection(access, "=Prod/uction");
});

const write = (changed: Parameters<typeof logEntry>[0] = {}) =>
  log.record(logEntry({ customerId: connection.customerId, connectionId: connection.id, ...changed }));
const textOf = (format: string, more: Record<string, string> = {}) =>
  exportAccessLog(access, connection.id, { format, ...more }).then(({ body }) => new Response(body).text());

/** As a spreadsheet reads RFC 4180. */
function cellsOf(csv: string): string[][] {
  return csv
    .trimEnd()
    .split("\r\n")
    .map((line) => [...line.matchAll(/"((?:[^"]|"")*)"/g)].map(([, cell = ""]) => cell.replaceAll('""', '"')));
}

describe("an export", () => {
  test("as CSV has a heading and a line for each entry", async () => {
    await write({ purpose: 'say "hi", twice' });
    await write({ probe: true, outcome: "refused", errorCode: "AccessDenied" });
    const [heading, ...lines] = cellsOf(await textOf("csv"));
    expect(lines).toHaveLength(2);
    const row = (line: string[] = []) => Object.fromEntries((heading ?? []).map((name, index) => [name, line[index]]));
    expect(
      lines
        .map(row)
        .map(({ purpose }) => purpose)
        .sort(),
    ).toEqual(["nightly report", 'say "hi", twice']);
    expect(lines.map(row).find(({ outcome }) => outcome === "refused")).toMatchObject({
      verification_probe: "true",
      error_code: "AccessDenied",
      connection_id: connection.id,
      session_name: "nimbus-nightly-report-0011223344556677",
    });
  });

  test("as JSON is one list, and an empty one when nothing fits", async () => {
    expect(JSON.parse(await textOf("json"))).toEqual([]);
    await write({ purpose: "one" });
    await write({ purpose: "two" });
    expect(JSON.parse(await textOf("json", { purpose: "two" }))).toEqual([
      expect.objectContaining({ purpose: "two", outcome: "allowed", verification_probe: false, latency_ms: 21 }),
    ]);
  });

  test("holds every entry of a log that is longer than what is read at once", async () => {
    for (let index = 0; index < 520; index += 1) await write({ latencyMs: index });
    const rows = JSON.parse(await textOf("json")) as { latency_ms: number }[];
    expect(new Set(rows.map(({ latency_ms }) => latency_ms)).size).toBe(520);
    expect(cellsOf(await textOf("csv"))).toHaveLength(521);
  });

  test.each([
    '=HYPERLINK("https://evil.test","open")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "\u200b=1+1",
    "＝1+1",
    "|calc",
    "\u0001=1+1",
  ])("as CSV holds no formula: %j", async (purpose) => {
    await write({ purpose, actor: { type: "api-key", id: purpose } });
    const text = await textOf("csv");
    expect(text).toContain(`"'${purpose.replaceAll('"', '""').replaceAll(/[\t\r\n]/g, " ")}"`);
    expect(text).not.toMatch(/(^|,|")[\s\u200b]*[=+\-@|＝](?!\d{4})/m);
  });

  test.each(["nightly;=cmd|' /C calc'!A0;", 'nightly; "=1+1', "nightly;;\t@SUM(A1)"])(
    "as CSV holds no formula for a spreadsheet that begins a cell behind a semicolon: %j",
    async (purpose) => {
      await write({ purpose });
      const [, row = ""] = (await textOf("csv")).split("\r\n");
      expect(row.split(";").slice(1).join(";")).toMatch(/^;?'/);
      for (const cell of row.split(";")) expect(cell).not.toMatch(/^[\s"]*[=+\-@|]/);
    },
  );

  test("has a file name that is safe in a header and in every file system", async () => {
    expect((await exportAccessLog(access, connection.id, { format: "csv" })).name).toBe("access-log-prod-uction.csv");
    const nameless = await newConnection(access, "接続");
    expect((await exportAccessLog(access, nameless.id, { format: "json" })).name).toBe("access-log.json");
  });
});

describe("an export is refused", () => {
  test("for another customer's connection, as if there were none", async () => {
    await write();
    const stranger = await member();
    const refused = await exportAccessLog(stranger, connection.id, { format: "csv" }).catch((error: unknown) => error);
    const absent = await exportAccessLog(stranger, randomUUID(), { format: "csv" }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: "not-found" });
    expect((refused as Error).message).toBe((absent as Error).message);
  });

  test("for a format or filter that does not exist, because the file would hold something else than its reader believes", async () => {
    await expect(textOf("xls")).rejects.toMatchObject({ code: "invalid-input" });
    await expect(textOf("csv", { outcome: "denied" })).rejects.toThrow(
      /outcome must be one of allowed, refused, error/,
    );
    await expect(textOf("csv", { from: "yesterday" })).rejects.toThrow(/from must be a day/);
  });

  test("to a person who asks for too many in a minute, and to nobody else", async () => {
    for (let count = 0; count < 10; count += 1) await textOf("csv");
    await expect(textOf("csv")).rejects.toMatchObject({ code: "rate-limited" });
    await expect(exportAccessLogForStaff(await staffMember(), { format: "csv" })).resolves.toBeDefined();
  });
});

test("staff export everybody's entries, or those of one connection", async () => {
  await write({ purpose: "only here" });
  const staff = await staffMember();
  const rows = async (connectionId?: string) => {
    const { body } = await exportAccessLogForStaff(staff, { format: "json" }, connectionId);
    return JSON.parse(await new Response(body).text()) as { purpose: string }[];
  };
  expect((await rows()).length).toBeGreaterThan(1);
  expect((await rows(connection.id)).map(({ purpose }) => purpose)).toEqual(["only here"]);
});
