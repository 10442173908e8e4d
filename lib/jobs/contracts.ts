import { z } from "zod";

/** The queue's jobs. What comes out of it is parsed before it runs: another version may have put it in. */
export const AUDIT_QUEUE = "audit";

export const auditJob = z.strictObject({
  roundId: z.uuid(),
  connectionId: z.uuid(),
  customerId: z.uuid(),
});

export type AuditJob = z.output<typeof auditJob>;

/** What is done once in a while, whichever worker does it. Times are UTC. */
export const maintenanceTasks = {
  "purge-verifications": "17 3 * * *",
  "purge-access-log": "47 3 * * *",
  remind: "7 * * * *",
} as const;

export type MaintenanceTask = keyof typeof maintenanceTasks;
