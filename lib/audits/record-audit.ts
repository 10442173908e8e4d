import "server-only";
import { randomUUID } from "node:crypto";
import { factsOfRow } from "@/lib/connection-status/facts";
import { lockConnection } from "@/lib/connection-status/lock-connection";
import type { VerificationReport } from "@/lib/crossaccount";
import { factsAfter, isDeniedFirst } from "@/lib/crossaccount/status";
import { roleDigest } from "@/lib/crossaccount-client/digests";
import { digester } from "@/lib/crossaccount-client/encryption";
import type { Database } from "@/lib/db";
import { recordDrift } from "@/lib/drift/record-drift";
import type { AuditSchedule, Connection } from "@/lib/generated/prisma/client";
import type { CarriedJob } from "@/lib/jobs/queue";
import { nextAudit, noStreak, type Streak } from "@/lib/verifications/audit-schedule";
import type { StoredCheck } from "@/lib/verifications/check-detail";
import { conclude, lockSubject, statusAfter } from "@/lib/verifications/conclusion";
import { sawLater } from "@/lib/verifications/later-runs";
import { causeOfChange, isTaken } from "@/lib/verifications/report-causes";
import type { AuditDependencies } from "./audit";
import { causeOfAudit, type Judgement, judge } from "./judge-report";
import { finishHeld } from "./leases";

export interface AuditResult {
  job: CarriedJob;
  /** As it was when the audit began. */
  connection: Connection;
  roleArn: string;
  report: VerificationReport;
  checks: StoredCheck[];
}

/**
 * Writes an audit's result and lets it decide, all or nothing: the run and its checks, the round's progress, the status and
 * its history, and when to look again. Whoever lost the work to another process meanwhile writes nothing.
 */
export async function recordAudit(dependencies: AuditDependencies, result: AuditResult): Promise<void> {
  const { database } = dependencies;
  const { job, report } = result;
  const finishedAt = new Date(report.finishedAt);
  await database.$transaction(
    async (transaction) => {
      const mine = await finishHeld(transaction, dependencies, job, {
        state: "done",
        outcome: report.outcome,
        finishedAt,
      });
      if (!mine) return;
      const verificationId = await writeRun(transaction, result, finishedAt);
      await decide(transaction, dependencies, result, finishedAt);
      const { connectionId, customerId } = job;
      const { picture } = report;
      if (picture) {
        const seen = { picture, verificationId, startedAt: new Date(report.startedAt), now: finishedAt };
        await recordDrift(transaction, { connectionId, customerId }, seen);
      }
    },
    { maxWait: 15_000, timeout: 15_000 },
  );
}

async function writeRun(
  transaction: Database,
  { job: { roundId, connectionId, customerId }, report, checks }: AuditResult,
  finishedAt: Date,
): Promise<string> {
  const id = randomUUID();
  await transaction.verification.create({
    data: {
      id,
      connectionId,
      customerId,
      roundId,
      state: "finished",
      outcome: report.outcome,
      actorType: "system",
      actorId: "audit",
      startedAt: new Date(report.startedAt),
      deadlineAt: finishedAt,
      finishedAt,
      setupExpiresAt: report.setupExpiresAt ?? null,
    },
  });
  await transaction.checkResult.createMany({
    data: checks.map((check) => ({ ...check, verificationId: id, customerId, finishedAt })),
  });
  return id;
}

const conclusions: VerificationReport["outcome"][] = ["proven", "failed", "insecure"];

/** Lets the report change the connection, as far as it is believed, and says when to look again. */
async function decide(
  transaction: Database,
  { policy, jitter }: AuditDependencies,
  result: AuditResult,
  now: Date,
): Promise<void> {
  const { connectionId, customerId } = result.job;
  // First, so that what a person's verification ends meanwhile is not read before and written again after it.
  await lockConnection(transaction, { connectionId, customerId });
  const schedule = await transaction.auditSchedule.findUnique({ where: { connectionId, customerId } });
  const streak = streakOf(schedule);
  const judgement = (await conclusionOf(transaction, policy, result, streak)) ?? { streak, recheck: true };
  const nextAuditAt = nextAudit(policy, { recheck: judgement.recheck, now, jitter: jitter() });
  await transaction.auditSchedule.upsert({
    where: { connectionId, customerId },
    create: { connectionId, customerId, nextAuditAt, ...judgement.streak },
    update: { nextAuditAt, ...judgement.streak },
  });
}

/** Null when the report says nothing of the connection: no answer, another role by now, or a person saw it later. */
async function conclusionOf(
  transaction: Database,
  policy: AuditDependencies["policy"],
  { job, connection: before, roleArn, report }: AuditResult,
  streak: Streak,
): Promise<Judgement | null> {
  const { outcome } = report;
  if (outcome === "inconclusive") return null;
  const connection = await lockSubject(transaction, job, before, report);
  if (!connection) return null;
  const { status, lastVerifiedAt } = connection;
  // A person verified meanwhile, who saw the role later than this audit did. That others may assume it counts all the same,
  // unless that verification also began later.
  const overtaken = lastVerifiedAt !== null && lastVerifiedAt > new Date(report.startedAt);
  if (overtaken && (outcome !== "insecure" || (await sawLater(transaction, job, report, conclusions)))) return null;
  const now = new Date(report.finishedAt);
  const leadsTo = statusAfter(connection, report);
  const judgement = judge({ status, leadsTo, outcome, taken: isTaken(report), streak, policy, now });
  await conclude(transaction, connection, report, {
    roleDigest: roleDigest(digester, roleArn),
    nextExternalIdDigest: before.nextExternalIdDigest,
    actor: { type: "system", id: "audit" },
    believed: judgement.counts,
    cause: (to) => causeOfAudit(to, judgement.streak, causeOfChange(to, report, "An audit")),
  });
  const { trust } = factsAfter(factsOfRow(connection), report);
  return { ...judgement, recheck: judgement.recheck || isDeniedFirst(trust) };
}

function streakOf(schedule: AuditSchedule | null): Streak {
  if (!schedule) return noStreak;
  const { refusals, refusedSince, failures, failingSince } = schedule;
  return { refusals, refusedSince, failures, failingSince };
}
