import { randomUUID } from "node:crypto";
import type { AuditDependencies } from "@/lib/audits/audit";
import { newTurns } from "@/lib/audits/choose-fairly";
import { takeAudits } from "@/lib/audits/leases";
import { plan } from "@/lib/audits/plan";
import { runAudit } from "@/lib/audits/run-audit";
import { config } from "@/lib/config";
import { submitRole } from "@/lib/connections/submit-role";
import { createCrossAccountClient } from "@/lib/crossaccount";
import { clientOptions } from "@/lib/crossaccount-client/client";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import type { Connection } from "@/lib/generated/prisma/client";
import { type Queue, startQueue } from "@/lib/jobs/queue";
import type { CustomerAccess } from "@/lib/tenancy/access";
import { type AuditPolicy, auditPolicy } from "@/lib/verifications/audit-policy";
import { latestVerification } from "@/lib/verifications/queries";
import { runVerification } from "@/lib/verifications/run-verification";
import { startVerification } from "@/lib/verifications/start-verification";
import { launchStack, member, newConnection, reload, roleArnIn } from "./fixtures";

let accounts = 500_000_000_000;

/** A connection whose role is proven, in an account of its own. */
export async function provenConnection(
  access?: CustomerAccess,
): Promise<{ access: CustomerAccess; connection: Connection; account: string }> {
  const owner = access ?? (await member());
  const connection = await newConnection(owner);
  const account = String(++accounts);
  await launchStack(connection, account);
  await submitRole(owner, { connectionId: connection.id, roleArn: roleArnIn(account, connection) });
  await verifyAsPerson(owner, connection);
  return { access: owner, connection: await reload(connection), account };
}

/** As good as proven: who audits it finds the template's role. */
export async function countAsProven(access: CustomerAccess, account: string): Promise<void> {
  const connection = await newConnection(access);
  await launchStack(connection, account);
  await submitRole(access, { connectionId: connection.id, roleArn: roleArnIn(account, connection) });
  await db.connection.update({ where: { id: connection.id }, data: { status: "setup", provenAt: new Date() } });
}

export async function verifyAsPerson(
  access: CustomerAccess,
  connection: Connection,
  { expectSetup = "present", at = new Date() }: { expectSetup?: "present" | "gone"; at?: Date } = {},
) {
  const { verificationId } = await startVerification(access, { connectionId: connection.id, expectSetup }, at);
  await runVerification(verificationId);
  return latestVerification(access, connection.id);
}

/** Workers of a test, which take no step that the test does not make, in a time that only the test moves. */
export interface AuditScene {
  queue: Queue;
  now: () => Date;
  advance(milliseconds: number): void;
  /** A worker process of its own. */
  worker(): AuditDependencies;
  plan(): Promise<void>;
  /** Plans and works until nothing is ready any more. How many were worked on. */
  workOff(worker?: AuditDependencies): Promise<number>;
}

export async function auditScene(changes: Partial<AuditPolicy> = {}, begins = new Date()): Promise<AuditScene> {
  const policy = { ...auditPolicy(config.audits), ...changes };
  const queue = await startQueue({
    connectionString: env.DATABASE_URL,
    database: db,
    onError: (error) => {
      throw error;
    },
  });
  let time = begins.getTime();
  const now = () => new Date(time);
  const client = createCrossAccountClient(config, {
    ...clientOptions,
    clock: now,
    jitter: () => 0,
    sleep: async (milliseconds) => {
      time += milliseconds;
    },
  });
  const worker = (): AuditDependencies => ({
    database: db,
    queue,
    client,
    policy,
    holder: randomUUID(),
    leaseMs: 60_000,
    clock: now,
    jitter: () => 0,
  });
  const turns = newTurns();
  const step = () => plan({ database: db, queue, policy, queued: 40, turns }, now());
  const first = worker();
  return {
    queue,
    now,
    advance: (milliseconds) => {
      time += milliseconds;
    },
    worker,
    plan: step,
    async workOff(own = first) {
      let count = 0;
      for (;;) {
        await step();
        const jobs = await takeAudits(own, 10, now());
        if (jobs.length === 0) return count;
        for (const job of jobs) await runAudit(own, job, new AbortController().signal);
        count += jobs.length;
      }
    },
  };
}
