import "server-only";
import { CrossAccountError, partitionOfRegion } from "@/lib/crossaccount";
import { isUsable } from "@/lib/crossaccount/status";
import { readExternalId, readNextExternalId, readRoleArn } from "@/lib/crossaccount-client/secrets";
import { databaseTime } from "@/lib/database-time";
import { AppError, notFound } from "@/lib/errors";
import type { AccessLogEntry, Connection } from "@/lib/generated/prisma/client";
import type { CustomerAccess } from "@/lib/tenancy/access";
import { idFrom } from "@/lib/tenancy/id-from";
import { findOwnConnection } from "@/lib/tenancy/own-connection";
import { findAnnounced, findReport } from "./find-announced";
import { type AssumptionSecrets, type AssumptionView, assumptionViewSchema } from "./schema";

const { outcome: outcomes } = assumptionViewSchema.shape.report.unwrap().shape;

interface NamedAssumption {
  connectionId: string;
  assumptionId: string;
}

/** @throws AppError `not-found`, also for someone else's */
export async function getAssumption(access: CustomerAccess, named: NamedAssumption): Promise<AssumptionView> {
  return viewOf((await find(access, named)).entry);
}

/**
 * What it takes to assume the role. Asked again later, it is refused where an announcement would be.
 * @throws AppError `not-found`, `conflict` once its time is over; CrossAccountError `connection-unusable`
 */
export async function readAnnounced(access: CustomerAccess, named: NamedAssumption): Promise<AssumptionSecrets> {
  const { connection, entry } = await find(access, named);
  const roleArn = await readRoleArn(connection);
  if (!isUsable(connection.status) || roleArn === null) {
    throw new CrossAccountError(
      "connection-unusable",
      `The connection is ${connection.status} by now, so its role must not be used.`,
    );
  }
  const [current, next] = await Promise.all([readExternalId(connection), readNextExternalId(connection)]);
  const [externalId, otherExternalId] = next !== null && connection.nextAccepted ? [next, current] : [current, next];
  const assumption = await viewOf(entry);
  if (assumption.expiresAt <= databaseTime())
    throw new AppError("conflict", "This announcement was for a session that is over. Announce another.");
  return {
    ...{ assumption, roleArn, externalId, otherExternalId },
    partition: partitionOfRegion(entry.region) ?? connection.partition,
    durationSeconds: Math.round((assumption.expiresAt.getTime() - entry.at.getTime()) / 1_000),
  };
}

async function find(
  access: CustomerAccess,
  { connectionId, assumptionId }: NamedAssumption,
): Promise<{ connection: Connection; entry: AccessLogEntry }> {
  const connection = await findOwnConnection(access, connectionId);
  const owner = { customerId: connection.customerId, connectionId: connection.id };
  const entry = await findAnnounced(owner, idFrom(assumptionId, "assumption"));
  if (!entry) throw notFound("assumption");
  return { connection, entry };
}

async function viewOf(entry: AccessLogEntry): Promise<AssumptionView> {
  const { id, connectionId, purpose, sessionName, region, at, expiresAt } = entry;
  const report = await findReport(entry);
  return {
    ...{ id, connectionId, purpose, sessionName, region, at, expiresAt: expiresAt ?? at },
    report: report && {
      outcome: outcomes.parse(report.outcome),
      ...{ errorCode: report.errorCode, requestId: report.requestId, expiresAt: report.expiresAt, at: report.at },
      by: { type: report.actorType, id: report.actorId },
    },
  };
}
