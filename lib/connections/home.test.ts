import { describe, expect, test } from "vitest";
import { provenConnection, verifyAsPerson } from "@/dev/testing/audits";
import { deleteStack, dropSetup, member, newConnection, reload, trustWith } from "@/dev/testing/fixtures";
import { connectionStatuses, customerStatuses } from "@/lib/crossaccount/status";
import { db } from "@/lib/db";
import type { CustomerAccess } from "@/lib/tenancy/access";
import { customerHome, homeRowsAtOnce } from "./home";
import { statusesByNeed } from "./state";

async function inEveryStatus(access: CustomerAccess): Promise<void> {
  for (const status of connectionStatuses) {
    const { id } = await newConnection(access, status);
    await db.connection.update({ where: { id }, data: { status } });
  }
}

describe("a customer's home", () => {
  test("lists what needs something first, and counts in the words of customers", async () => {
    const access = await member();
    await inEveryStatus(access);
    await newConnection(await member(), "Someone else's");
    const { rows, counts, total } = await customerHome(access);
    expect(rows.map(({ name }) => name)).toEqual([...statusesByNeed]);
    expect([...statusesByNeed].sort()).toEqual([...connectionStatuses].sort());
    expect(total).toBe(8);
    for (const word of Object.values(customerStatuses))
      expect(counts[word]).toBe(connectionStatuses.filter((status) => customerStatuses[status] === word).length);
  });

  test("names what is wrong in a few words, and of the gravest the cause", async () => {
    const { access, connection: open, account } = await provenConnection();
    await trustWith(open, account);
    await verifyAsPerson(access, open);
    const { connection: gone, account: deleted } = await provenConnection(access);
    await deleteStack(gone, deleted);
    await verifyAsPerson(access, gone);
    const { rows, worst } = await customerHome(access);
    expect(rows.map(({ id, status, trouble }) => [id, status, trouble])).toEqual([
      [open.id, "insecure", "Others can assume the role"],
      [gone.id, "broken", "There is no such role"],
    ]);
    expect(worst).toMatchObject({ id: open.id, name: open.name });
    expect(worst?.cause).toBeTruthy();
    const other = await customerHome(await member());
    expect([other.total, other.worst]).toEqual([0, null]);
  });

  test("says when setup access ends while it is there, and nothing of it afterwards", async () => {
    const { access, connection, account } = await provenConnection();
    const [setup] = (await customerHome(access)).rows;
    expect(setup).toMatchObject({ status: "setup", trouble: null, hasRole: true, nextStep: "drop-setup" });
    expect(setup?.setupEndsAt?.getTime()).toBeGreaterThan(Date.now());
    await dropSetup(connection, account);
    await verifyAsPerson(access, connection, { expectSetup: "gone" });
    expect((await customerHome(access)).rows).toMatchObject([{ status: "active", setupEndsAt: null, nextStep: null }]);
    expect((await customerHome(access)).worst).toBeNull();
  });

  test("comes in pages, of which none leaves a connection out", async () => {
    const access = await member();
    const first = await newConnection(access, "0");
    const { id: _id, externalIdDigest: _digest, requestId: _request, ...columns } = await reload(first);
    const more = Array.from({ length: homeRowsAtOnce + 6 }, (_, index) => ({
      ...columns,
      name: String(index + 1),
      externalIdDigest: `${first.id} ${index}`,
      requestId: crypto.randomUUID(),
    }));
    await db.connection.createMany({ data: more });
    const pages = await Promise.all([1, 2, 3].map((page) => customerHome(access, page)));
    expect(pages.map(({ rows }) => rows.length)).toEqual([homeRowsAtOnce, 7, 0]);
    expect(new Set(pages.flatMap(({ rows }) => rows.map(({ id }) => id))).size).toBe(homeRowsAtOnce + 7);
    expect(pages.map(({ total }) => total)).toEqual([57, 57, 57]);
  });
});
