import "server-only";
import { config } from "@/lib/config";
import {
  buildUpdateUrl,
  expectedTrustPolicy,
  isPartition,
  revertDriftCommand,
  updateStackCommand,
  updateTrustCommand,
} from "@/lib/crossaccount";
import { consoleUrl } from "@/lib/crossaccount-client/client";
import { readNextExternalId } from "@/lib/crossaccount-client/secrets";
import { databaseTime } from "@/lib/database-time";
import { db } from "@/lib/db";
import type { Connection, Rotation } from "@/lib/generated/prisma/client";
import type { CustomerAccess } from "@/lib/tenancy/access";
import { findOwnConnection } from "@/lib/tenancy/own-connection";
import { rotationPolicy } from "@/lib/verifications/rotation-policy";
import { refusalOfRotation } from "./refusal-of-rotation";
import { type RotationView, rotationViewSchema } from "./rotation-schema";

const { seen: seenState } = rotationViewSchema.shape.running.unwrap().shape;
const { outcome: lastOutcome } = rotationViewSchema.shape.last.unwrap().shape;

/** The rotation that runs, with every way to update the stack filled in, and how the last one ended. @throws AppError `not-found` */
export async function rotationView(access: CustomerAccess, named: string): Promise<RotationView> {
  const connection = await findOwnConnection(access, named);
  const owner = { customerId: connection.customerId, connectionId: connection.id };
  const [running, last, completed] = await Promise.all([
    db.rotation.findFirst({ where: { ...owner, endedAt: null } }),
    db.rotation.findFirst({
      where: { ...owner, outcome: { in: lastOutcome.options } },
      orderBy: [{ startedAt: "desc" }, { id: "desc" }],
    }),
    db.rotation.findFirst({
      where: { ...owner, outcome: "completed" },
      orderBy: [{ startedAt: "desc" }, { id: "desc" }],
    }),
  ]);
  return {
    running: running && (await runningView(connection, running)),
    last: last && (await lastView(last)),
    issuedAt: completed?.startedAt ?? connection.createdAt,
    refusal: refusalOfRotation(connection),
  };
}

async function lastView({ connectionId, customerId, outcome, endedAt }: Rotation): Promise<RotationView["last"]> {
  const known = lastOutcome.safeParse(outcome).data;
  if (!known || !endedAt) return null;
  const receipt = await db.receipt.findFirst({
    where: { connectionId, customerId, kind: "rotation", at: endedAt },
    select: { id: true },
  });
  return { outcome: known, endedAt, receiptId: receipt?.id ?? null };
}

async function runningView(
  connection: Connection,
  { startedAt, seen, expiredAt }: Rotation,
): Promise<RotationView["running"]> {
  const externalId = await readNextExternalId(connection);
  if (externalId === null) return null;
  const { region, stackName, roleName, partition } = connection;
  const update = { region, stackName, parameters: { ExternalId: externalId } };
  const document = expectedTrustPolicy(config, { partition: isPartition(partition) ? partition : "aws", externalId });
  // Another name each time: a change set that found nothing to do keeps its name.
  const changeSetName = `rotate-${databaseTime().toISOString().replace(/\D/g, "").slice(0, 14)}`;
  return {
    startedAt,
    expiresAt: new Date(startedAt.getTime() + rotationPolicy(config.rotation).expiresAfterMs),
    isPaused: connection.status === "paused",
    isExpiring: expiredAt !== null,
    seen: seenState.safeParse(seen).data ?? null,
    isAccepted: connection.nextAccepted,
    externalId,
    stackName,
    updateUrl: buildUpdateUrl({ region, stackId: stackName, consoleUrl }),
    updateStackCommand: updateStackCommand(update),
    changeSetCommand: revertDriftCommand({ ...update, changeSetName }),
    trustCommand: updateTrustCommand({ region, roleName, document }),
  };
}
