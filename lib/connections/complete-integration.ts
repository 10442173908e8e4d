import "server-only";
import { CrossAccountError, parseRoleArn, roleIdentity } from "@/lib/crossaccount";
import { externalIdDigest } from "@/lib/crossaccount-client/digests";
import { digester } from "@/lib/crossaccount-client/encryption";
import { readRoleArn } from "@/lib/crossaccount-client/secrets";
import { db } from "@/lib/db";
import { AppError, notFound } from "@/lib/errors";
import type { Connection } from "@/lib/generated/prisma/client";
import type { CustomerAccess } from "@/lib/tenancy/access";
import { findOwnConnection } from "@/lib/tenancy/own-connection";
import { type StartedVerification, startVerification } from "@/lib/verifications/start-verification";
import { submitRole } from "./submit-role";

export interface CompletedIntegration {
  /** Needed where several connections of the customer are unfinished. */
  connectionId?: string | undefined;
  roleArn: string;
  /** Where the caller kept it: compared, and never taken for the connection's. */
  externalId?: string | undefined;
}

/**
 * Names the role of a connection and starts its verification; whoever calls this runs it. A role that is the connection's already is
 * verified again. @throws AppError `not-found`, `invalid-input`, `conflict`; CrossAccountError `connection-ambiguous`
 */
export async function completeIntegration(
  access: CustomerAccess,
  { connectionId, roleArn, externalId }: CompletedIntegration,
  now: Date,
): Promise<StartedVerification> {
  const connection =
    connectionId === undefined ? await onlyUnfinished(access) : await findOwnConnection(access, connectionId);
  if (externalId !== undefined) requireOwn(connection, externalId);
  if (!(await isItsRole(connection, roleArn))) await submitRole(access, { connectionId: connection.id, roleArn });
  const expectSetup = connection.setupPermissions === "gone" ? "gone" : "present";
  return startVerification(access, { connectionId: connection.id, expectSetup }, now);
}

/** The one that waits for its role; where none does, the only one that has not ended. */
async function onlyUnfinished({ customer: { id: customerId } }: CustomerAccess): Promise<Connection> {
  const open = await db.connection.findMany({ where: { customerId, status: { not: "disconnected" } }, take: 100 });
  const unfinished = open.filter(({ provenAt }) => provenAt === null);
  const [only, ...others] = unfinished.length > 0 ? unfinished : open;
  if (!only) throw notFound("connection");
  if (others.length === 0) return only;
  throw new CrossAccountError(
    "connection-ambiguous",
    "This customer has several connections that may be meant. Name one by connection_id.",
  );
}

function requireOwn({ externalIdDigest: current, nextExternalIdDigest: next }: Connection, given: string): void {
  const digest = externalIdDigest(digester, given);
  if (digest === current || digest === next) return;
  const message =
    "It is not the external ID of this connection. Use the one that the portal issued, or leave it out: it is not needed here.";
  throw new AppError("invalid-input", message, { fields: { externalId: message } });
}

/** Whether a verified connection has this role; one that is not verified yet takes another. */
async function isItsRole(connection: Connection, given: string): Promise<boolean> {
  const stored = connection.provenAt === null ? null : await readRoleArn(connection);
  if (stored === null) return false;
  try {
    return roleIdentity(parseRoleArn(given)) === roleIdentity(parseRoleArn(stored));
  } catch {
    return false;
  }
}
