import { globSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { auditScene } from "@/dev/testing/audits";
import { member, reload } from "@/dev/testing/fixtures";
import { farOff, neighboursOf, runOf } from "@/dev/testing/neighbours";
import { changesBy, notOf, tablesOf } from "@/dev/testing/stored-rows";
import { apiWriters } from "@/dev/testing/writers/api";
import { auditWriters } from "@/dev/testing/writers/audits";
import { cleanReport, connectionWriters } from "@/dev/testing/writers/connections";
import { peopleWriters } from "@/dev/testing/writers/people";
import { upkeepWriters } from "@/dev/testing/writers/upkeep";
import { verifiedConnection } from "@/dev/testing/writers/writer";
import { endConnection, noteAccessBack, noteAccessGone } from "@/lib/connection-status/end";
import { hold, liftHold } from "@/lib/connection-status/holds";
import type { ConnectionScope } from "@/lib/crossaccount";
import { digester, encryptor } from "@/lib/crossaccount-client/encryption";
import { createStorage } from "@/lib/crossaccount-client/storage";
import { type Database, db } from "@/lib/db";
import type { Queue } from "@/lib/jobs/queue";
import { applyReport } from "@/lib/verifications/apply-report";
import { createCheckRecorder } from "@/lib/verifications/check-recorder";

/** Files whose writes the verbs of customers and staff make, which `others-unchanged.test.ts` tries. */
const ofVerbs = [
  ...["create-connection", "mark-launched", "propose-role", "revise-connection"].map(
    (name) => `connections/${name}.ts`,
  ),
  ...["rename-connection", "delete-connection", "disconnect-connection"].map((name) => `connections/${name}.ts`),
  ...["invite-person", "revoke-invitation", "change-role", "remove-member"].map((name) => `people/${name}.ts`),
  ...["create-customer", "rename-customer"].map((name) => `people/${name}.ts`),
  "verifications/start-verification.ts",
  ...["rounds", "admit"].map((name) => `audits/${name}.ts`),
  ...["create-link", "revoke-link", "confirm-account"].map((name) => `links/${name}.ts`),
];
/** Files that put together what the database counted, and change no count: their own tests try them. */
const ofCounts = ["audits/tally.ts", "connection-status/tally.ts"];
const writers = Object.entries({
  ...peopleWriters,
  ...apiWriters,
  ...connectionWriters,
  ...auditWriters,
  ...upkeepWriters,
});
let queue: Queue;

beforeAll(async () => {
  ({ queue } = await auditScene());
});
afterAll(() => queue.stop());
beforeEach(async () => {
  await db.$executeRaw`TRUNCATE "Connection", "AuditRound", "RateLimiterFlexible", "Event" CASCADE`;
  await db.$executeRaw`DELETE FROM pgboss.job`;
});

test.each(writers)(
  "%s changes rows of its own alone",
  async (_name, { writes, neighboursRunUntil = farOff, stage }) => {
    const owner = await member();
    await neighboursOf(owner, { runsUntil: neighboursRunUntil, queue });
    const { own, adds = [], act } = await stage({ owner, queue });
    const changes = await changesBy(act);
    expect(tablesOf(changes)).toEqual([...writes].sort());
    expect(notOf({ changed: own, added: [...own, ...adds] }, changes)).toEqual([]);
  },
);

describe("with the connection of one customer and the ID of another, nothing is found and nothing changed", () => {
  const at = new Date();
  const actor = { type: "system", id: "test" } as const;
  const storage = createStorage({ database: db, encryptor, digester });
  const within =
    (write: (transaction: Database, scope: ConnectionScope) => Promise<unknown>) => (scope: ConnectionScope) =>
      db.$transaction((transaction) => write(transaction, scope));

  test.each<
    [
      string,
      (scope: ConnectionScope & { id: string }, ended: ConnectionScope, gone: ConnectionScope) => Promise<unknown>,
    ]
  >([
    ["a hold", within((transaction, scope) => hold(transaction, scope, { by: "staff", actor, at }))],
    ["a hold that is lifted", within((transaction, scope) => liftHold(transaction, scope, { by: "staff", actor, at }))],
    ["an end", within((transaction, scope) => endConnection(transaction, scope, { actor, at }))],
    ["access that is gone", (_scope, ended) => noteAccessGone(db, ended, at)],
    ["access that is there again", (_scope, _ended, gone) => noteAccessBack(db, gone)],
    ["the library's storage", ({ customerId, connectionId }) => storage.delete(customerId, connectionId)],
    [
      "a report",
      (run) =>
        applyReport(
          run,
          { roleArnDigest: null, externalIdDigest: "", nextExternalIdDigest: null, roleDigest: "" },
          cleanReport(),
        ),
    ],
    [
      "a check",
      (run) => {
        const recorder = createCheckRecorder(run, { roleArn: "", onStopped: () => undefined });
        recorder.record({ phase: "running", id: "role-arn", title: "The ARN is a role's" });
        return recorder.written();
      },
    ],
  ])("by %s", async (_name, write) => {
    const [owner, { customer }] = [await member(), await member()];
    const { id: connectionId } = await verifiedConnection(owner);
    const run = { state: "running", startedAt: at, deadlineAt: farOff } as const;
    const id = await runOf(await reload({ id: connectionId }), run);
    const ended = await verifiedConnection(owner, { known: { status: "disconnected", disconnectedAt: at } });
    const gone = await verifiedConnection(owner, {
      known: { status: "disconnected", disconnectedAt: at, accessGoneAt: at },
    });
    const mixed = { customerId: customer.id, connectionId };
    const changes = await changesBy(() =>
      write({ ...mixed, id }, { ...mixed, connectionId: ended.id }, { ...mixed, connectionId: gone.id }).catch(
        (error: unknown) => expect(error).toMatchObject({ code: "not-found" }),
      ),
    );
    expect(changes).toEqual({ gone: [], came: [] });
  });
});

test("every file that writes is tried, here or as a verb", () => {
  const write =
    /\.(?:create|update|upsert|delete)(?:Many)?(?:AndReturn)?\(\{|(?:INSERT INTO|DELETE FROM|UPDATE) (?:"|pgboss)/;
  const files = globSync("lib/**/*.ts").filter((file) => !/\.test\.ts$|^lib\/(?:generated|crossaccount)\//.test(file));
  const writing = files
    .filter((file) => write.test(readFileSync(file, "utf8")))
    .map((file) => file.slice("lib/".length));
  expect(writing.length).toBeGreaterThan(30);
  const tried = new Set([...ofVerbs, ...ofCounts, ...writers.flatMap(([, writer]) => writer.in)]);
  expect(writing.sort()).toEqual([...tried].sort());
});
