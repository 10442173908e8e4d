import { expect, test } from "vitest";
import { logEntry } from "@/dev/testing/access-log";
import { member } from "@/dev/testing/fixtures";
import { createAccessLog } from "./prisma-access-log";
import { accessLogDependencies } from "./services";
import { usesOfWeek } from "./uses-of-week";

const now = new Date("2026-03-08T12:00:00.000Z");

test("counts the uses of seven days in UTC, of this customer alone, without probes and refusals", async () => {
  const [access, other] = [await member(), await member()];
  const log = createAccessLog(accessLogDependencies);
  const connectionId = crypto.randomUUID();
  const write = (at: string, changed = {}) =>
    log.record(logEntry({ customerId: access.customer.id, connectionId, at: new Date(at), ...changed }));
  await write("2026-03-01T23:59:59Z");
  await write("2026-03-02T00:00:00Z");
  await write("2026-03-08T11:00:00Z");
  await write("2026-03-08T11:30:00Z");
  await write("2026-03-08T11:40:00Z", { probe: true });
  await write("2026-03-08T11:50:00Z", { outcome: "refused", errorCode: "AccessDenied", expiresAt: undefined });
  await write("2026-03-08T11:55:00Z", { customerId: other.customer.id, connectionId: crypto.randomUUID() });
  expect(await usesOfWeek(access, now)).toEqual({
    total: 3,
    isMore: false,
    lastAt: new Date("2026-03-08T11:30:00Z"),
    connections: { [connectionId]: [1, 0, 0, 0, 0, 0, 2] },
  });
});
