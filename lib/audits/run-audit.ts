import "server-only";
import { isWatched } from "@/lib/crossaccount/status";
import { readRoleArn } from "@/lib/crossaccount-client/secrets";
import type { CarriedJob } from "@/lib/jobs/queue";
import { storedCheck } from "@/lib/verifications/check-detail";
import { lastAssumedAt } from "@/lib/verifications/last-assumed-at";
import type { AuditDependencies } from "./audit";
import { finishHeld } from "./leases";
import { recordAudit } from "./record-audit";

/** Audits one connection and records the result. Rejects when our own side failed or the signal aborted. */
export async function runAudit(dependencies: AuditDependencies, job: CarriedJob, signal: AbortSignal): Promise<void> {
  const { database, client, clock } = dependencies;
  const { connectionId, customerId } = job;
  const connection = await database.connection.findUnique({ where: { id: connectionId, customerId } });
  const roleArn =
    connection && isWatched({ proven: connection.provenAt !== null, status: connection.status })
      ? await readRoleArn(connection)
      : null;
  if (!connection || !roleArn) {
    await finishHeld(database, dependencies, job, { state: "skipped", finishedAt: clock() });
    return;
  }
  const report = await client.verifyIntegration({
    customerId,
    connectionId,
    roleArn,
    roleId: connection.roleUniqueId ?? undefined,
    lastAssumedAt: await lastAssumedAt(database, connection),
    stackName: connection.stackName,
    features: connection.features,
    expectSetup: connection.setupPermissions === "gone" ? "gone" : "present",
    actor: { type: "system", id: "audit" },
    signal,
  });
  const checks = await Promise.all(
    report.checks.map((check) => storedCheck(check, roleArn, { customerId, connectionId })),
  );
  await recordAudit(dependencies, { job, connection, roleArn, report, checks });
}
