import { describe, expect, test } from "vitest";
import { provenConnection, verifyAsPerson } from "@/dev/testing/audits";
import { launchStack, member, newConnection, roleArnIn, trustWith } from "@/dev/testing/fixtures";
import { db } from "@/lib/db";
import { runVerification } from "@/lib/verifications/run-verification";
import { startVerification } from "@/lib/verifications/start-verification";
import { markOfConnection, markOfConnections } from "./changes";
import { deleteConnection } from "./delete-connection";
import { renameConnection } from "./rename-connection";
import { submitRole } from "./submit-role";

describe("deleting a connection", () => {
  test("removes what was never verified, and leaves the others", async () => {
    const access = await member();
    const [wanted, other] = [await newConnection(access, "Begun"), await newConnection(access, "Other")];
    await deleteConnection(access, wanted.id);
    expect(await db.connection.findMany({ where: { customerId: access.customer.id } })).toMatchObject([
      { id: other.id },
    ]);
    await expect(deleteConnection(access, wanted.id)).rejects.toMatchObject({ code: "not-found" });
  });

  test("removes one that was found open to others at once, with its runs", async () => {
    const access = await member();
    const connection = await newConnection(access);
    await launchStack(connection, "610000000001");
    await trustWith(connection, "610000000001");
    await submitRole(access, { connectionId: connection.id, roleArn: roleArnIn("610000000001", connection) });
    await verifyAsPerson(access, connection);
    await deleteConnection(access, connection.id);
    expect(await db.verification.count({ where: { customerId: access.customer.id } })).toBe(0);
    // The log of what was tried stays.
    expect(await db.accessLogEntry.count({ where: { connectionId: connection.id } })).toBeGreaterThan(0);
  });

  test("is refused once a role was verified", async () => {
    const { access, connection } = await provenConnection();
    await expect(deleteConnection(access, connection.id)).rejects.toMatchObject({ code: "conflict" });
    expect(await db.connection.count({ where: { id: connection.id } })).toBe(1);
  });

  test("while it is being verified lets the verification end without a trace", async () => {
    const access = await member();
    const connection = await newConnection(access);
    await launchStack(connection, "610000000002");
    await submitRole(access, { connectionId: connection.id, roleArn: roleArnIn("610000000002", connection) });
    const { verificationId } = await startVerification(
      access,
      { connectionId: connection.id, expectSetup: "present" },
      new Date(),
    );
    await deleteConnection(access, connection.id);
    await runVerification(verificationId).catch(() => undefined);
    expect(await db.connection.count({ where: { id: connection.id } })).toBe(0);
    expect(await db.verification.count({ where: { id: verificationId } })).toBe(0);
  });
});

describe("renaming a connection", () => {
  test("changes its name alone, and is told once", async () => {
    const access = await member();
    const [wanted, other] = [await newConnection(access, "Old"), await newConnection(access, "Other")];
    const { name: _, updatedAt: __, ...before } = wanted;
    for (let time = 0; time < 2; time += 1) await renameConnection(access, { connectionId: wanted.id, name: "New" });
    const { name, updatedAt: ___, ...after } = await db.connection.findUniqueOrThrow({ where: { id: wanted.id } });
    expect([name, after]).toEqual(["New", before]);
    expect(await db.connection.findUnique({ where: { id: other.id } })).toEqual(other);
    const told = await db.activityLogEntry.findMany({
      where: { action: "connection.renamed", connectionId: wanted.id },
    });
    expect(told).toMatchObject([{ detail: { from: "Old", to: "New" } }]);
  });
});

test("the marks of list and connection change with what they show, and with nothing of another customer", async () => {
  const [access, stranger] = [await member(), await member()];
  const connection = await newConnection(access);
  const marks = () => Promise.all([markOfConnections(access), markOfConnection(access, connection.id)]);
  const [list, one] = await marks();
  await newConnection(stranger);
  expect(await marks()).toEqual([list, one]);
  await renameConnection(access, { connectionId: connection.id, name: "Renamed" });
  const [renamed, oneRenamed] = await marks();
  expect([renamed === list, oneRenamed === one]).toEqual([false, false]);
  await newConnection(access);
  expect((await marks())[0]).not.toBe(renamed);
  expect((await marks())[1]).toBe(oneRenamed);
  await expect(markOfConnection(stranger, connection.id)).rejects.toMatchObject({ code: "not-found" });
});
