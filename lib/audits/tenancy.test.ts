import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { member, newConnection, staffMember } from "@/dev/testing/fixtures";
import { connectionHistory, connectionHistoryForStaff, listDrift, listDriftForStaff } from "./queries";
import { listReminders } from "./reminder-queries";
import { getRound } from "./rounds";

test("somebody else's connection has no history, changes or reminders, as one that does not exist", async () => {
  const owner = await member();
  const { id } = await newConnection(owner);
  const stranger = await member();
  for (const connectionId of [id, randomUUID(), "none"]) {
    for (const look of [connectionHistory, listDrift, listReminders]) {
      await expect(look(stranger, connectionId)).rejects.toMatchObject({ code: "not-found" });
    }
  }
  expect(await connectionHistory(owner, id)).toMatchObject({ changes: [], runs: [], drifts: [], nextAuditAt: null });
});

test("staff see every connection's history, and an unknown one or round is not found", async () => {
  const { id } = await newConnection(await member());
  const staff = await staffMember();
  expect(await listDriftForStaff(staff, id)).toEqual([]);
  await expect(connectionHistoryForStaff(staff, randomUUID())).rejects.toMatchObject({ code: "not-found" });
  await expect(getRound(staff, randomUUID())).rejects.toMatchObject({ code: "not-found" });
});
