import { z } from "zod";

/** The queue's jobs. What comes out of it is parsed before it runs: another version may have put it in. */
export const AUDIT_QUEUE = "audit";

/** Rises when what jobs hold changes its meaning or shape, so that a worker that is older sets them aside. */
export const JOB_VERSION = 1;

/** A job without a version was made before jobs had one, and is of the first. */
const version = z.literal(JOB_VERSION).default(JOB_VERSION);

export const auditJob = z.strictObject({
  version,
  roundId: z.uuid(),
  connectionId: z.uuid(),
  customerId: z.uuid(),
});

export type AuditJob = z.output<typeof auditJob>;

/** Its queue says what is to be done. Those made before jobs had versions hold nothing. */
export const maintenanceJob = z.strictObject({ version }).nullish();

/** What is done once in a while, whichever worker does it. Times are UTC. */
export const maintenanceTasks = {
  "purge-verifications": "17 3 * * *",
  "purge-access-log": "47 3 * * *",
  remind: "7 * * * *",
  "expire-rotations": "*/5 * * * *",
  "ask-ended-access": "* * * * *",
} as const;

export type MaintenanceTask = keyof typeof maintenanceTasks;
