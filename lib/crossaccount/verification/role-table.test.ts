import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createSandbox, type RunningSandbox } from "../../../sandbox/server";
import { isUsable, statusAfterVerification } from "../status";
import { circumstanceRows } from "../testing/role-table/circumstances";
import { permissionRows } from "../testing/role-table/permissions";
import { type RoleRow, roleWorld } from "../testing/role-table/row";
import { trustRows } from "../testing/role-table/trust";
import { createTestTime, dependenciesOf, requestFor, type TestTime } from "../testing/run-verification";
import { CHECK_IDS, type VerificationReport } from "../types";
import { verifyRole } from "./verify";

const rows: readonly RoleRow[] = [...trustRows, ...permissionRows, ...circumstanceRows];

let sandbox: RunningSandbox;
let time: TestTime;

beforeAll(async () => {
  sandbox = await createSandbox({ now: () => time.clock(), wait: async () => {} });
});
beforeEach(() => {
  time = createTestTime();
  sandbox.reset();
});
afterAll(() => sandbox.close());

test.each(rows.map((row) => [row.name, row] as const))("%s", async (_name, row) => {
  const world = roleWorld(sandbox, time, row.config);
  const role = await row.arrange(world);
  const dependencies = dependenciesOf(sandbox.url, time, row.credentials, row.config);
  const report = await verifyRole(dependencies, requestFor(role, row.request));

  const status = statusAfterVerification("pending", report);
  expect({ outcome: report.outcome, status, checks: notPassed(report) }).toEqual({
    outcome: row.outcome,
    status: row.status,
    checks: row.checks ?? {},
  });
  const usable = row.status === "active" || row.status === "setup" || row.status === "degraded";
  expect(isUsable(status)).toBe(usable);
  if (row.cause) expect(firstFinding(report)?.causeId).toBe(row.cause);
  for (const check of report.checks.filter((one) => one.status === "failed" || one.status === "warning")) {
    expect(check, check.id).toMatchObject({
      cause: expect.any(String) as string,
      confidence: expect.any(String) as string,
      remedy: expect.any(String) as string,
    });
  }
  expect(JSON.stringify(report)).not.toContain(role.externalId);
  expect(report.checks.map(({ id }) => id)).toEqual(CHECK_IDS);
});

test("each row cites the page of AWS that it rests on, and there are 40 of them and more", () => {
  expect(rows.length).toBeGreaterThanOrEqual(40);
  for (const { source } of rows) expect(source).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/.+\.html$/);
  expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
});

/** Checks that did not pass; those that were never run, because the role could not be assumed, say nothing. */
function notPassed({ outcome, checks }: VerificationReport) {
  const unassumed = checks.some(({ id, status }) => id === "assume-role" && status !== "passed");
  return Object.fromEntries(
    checks
      .filter(({ status }) => status !== "passed" && !(status === "skipped" && unassumed && outcome !== "insecure"))
      .map(({ id, status }) => [id, status]),
  );
}

function firstFinding({ checks }: VerificationReport) {
  return checks.find(({ status }) => status === "failed" || status === "warning");
}
