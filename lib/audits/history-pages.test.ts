import { expect, test } from "vitest";
import { member, newConnection } from "@/dev/testing/fixtures";
import { db } from "@/lib/db";
import { connectionHistory } from "./queries";
import type { HistoryView } from "./schema";

const first = Date.parse("2026-01-01T00:00:00Z");
const at = (minute: number) => new Date(first + minute * 60_000);

/** Every page, the latest first. */
async function allPages(access: Parameters<typeof connectionHistory>[0], id: string): Promise<HistoryView[]> {
  const pages = [await connectionHistory(access, id)];
  for (;;) {
    const before = pages.at(-1)?.olderBefore;
    if (!before) return pages;
    pages.push(await connectionHistory(access, id, before));
  }
}

test.each([
  { runs: 0, changes: 0, pages: 1 },
  { runs: 100, changes: 100, pages: 1 },
  { runs: 101, changes: 3, pages: 2 },
  { runs: 3, changes: 101, pages: 2 },
  { runs: 250, changes: 120, pages: 3 },
])(
  "$runs runs and $changes changes of status are each on one page of the history",
  async ({ runs, changes, pages }) => {
    const access = await member();
    const { id: connectionId } = await newConnection(access);
    const owner = { connectionId, customerId: access.customer.id };
    await db.verification.createMany({
      data: Array.from({ length: runs }, (_, index) => ({
        ...{ ...owner, state: "finished" as const, outcome: "proven", actorType: "system", actorId: "audit" },
        ...{ startedAt: at(index * 10), finishedAt: at(index * 10 + 1), deadlineAt: at(index * 10 + 2) },
      })),
    });
    await db.connectionStatusChange.createMany({
      data: Array.from({ length: changes }, (_, index) => ({
        ...{ ...owner, from: "setup" as const, to: "broken" as const, cause: `Change ${index}` },
        at: at(index * 15 + 5),
      })),
    });
    const seen = await allPages(access, connectionId);
    expect(seen).toHaveLength(pages);
    const startedAt = seen.flatMap((page) => page.runs.map((run) => run.startedAt.getTime()));
    expect(startedAt).toEqual(Array.from({ length: runs }, (_, index) => at((runs - 1 - index) * 10).getTime()));
    const causes = seen.flatMap((page) => page.changes.map(({ cause }) => cause));
    expect(causes).toEqual(Array.from({ length: changes }, (_, index) => `Change ${changes - 1 - index}`));
  },
);

test("what came before is nobody else's", async () => {
  const { id } = await newConnection(await member());
  await expect(connectionHistory(await member(), id, at(0))).rejects.toMatchObject({ code: "not-found" });
});
