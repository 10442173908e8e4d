import "server-only";
import { accessLog } from "@/lib/access-log/services";
import { AppError, notFound } from "@/lib/errors";
import type { AccessLogEntry } from "@/lib/generated/prisma/client";
import { isDuplicate } from "@/lib/prisma-errors";
import type { CustomerAccess } from "@/lib/tenancy/access";
import { idFrom } from "@/lib/tenancy/id-from";
import { connectionIdFrom } from "@/lib/tenancy/own-connection";
import { findAnnounced, findReport, reportIdOf } from "./find-announced";

/** Sessions of a role last twelve hours at most (IAM User Guide, id_roles_use). */
const longestSessionMs = 12 * 60 * 60 * 1_000;

export interface AssumptionReport {
  connectionId: string;
  assumptionId: string;
  outcome: "allowed" | "refused" | "error";
  errorCode?: string | undefined;
  requestId?: string | undefined;
  expiresAt?: Date | undefined;
}

/**
 * Enters what became of an announced assumption into the access log, as its caller's word: the portal saw nothing of it. The entry of
 * the announcement stays as it is. Said twice alike, it is entered once.
 * @throws AppError `not-found`, `invalid-input`, `conflict` where something else was said before
 */
export async function reportAssumption(access: CustomerAccess, report: AssumptionReport, now: Date): Promise<void> {
  const { outcome, errorCode, requestId, expiresAt } = report;
  const owner = { customerId: access.customer.id, connectionId: connectionIdFrom(report.connectionId) };
  const announced = await findAnnounced(owner, idFrom(report.assumptionId, "assumption"));
  if (!announced) throw notFound("assumption");
  requireReasonable(announced, report);
  const { purpose, sessionName, region } = announced;
  try {
    await accessLog.record({
      ...{ id: reportIdOf(announced.id), ...owner, actor: access.actor, purpose, sessionName, region, outcome },
      ...{ errorCode, requestId, expiresAt, source: "reported", latencyMs: 0, probe: false, at: now },
    });
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    const said = await findReport(announced);
    const alike =
      said?.outcome === outcome &&
      said.errorCode === (errorCode ?? null) &&
      said.requestId === (requestId ?? null) &&
      said.expiresAt?.getTime() === expiresAt?.getTime();
    if (!alike)
      throw new AppError("conflict", "Something else was reported of this assumption before, and that stays.");
  }
}

/** What stands in the log is read for years, and until when credentials work is told to the customer. */
function requireReasonable({ at }: AccessLogEntry, { outcome, errorCode, expiresAt }: AssumptionReport): void {
  if (outcome === "allowed" && errorCode !== undefined)
    throw invalid("errorCode", "An assumption that AWS allowed has no error code.");
  if (expiresAt === undefined) return;
  if (outcome !== "allowed") throw invalid("expiresAt", "Without credentials there is nothing that expires.");
  const end = expiresAt.getTime();
  if (end <= at.getTime() || end > at.getTime() + longestSessionMs)
    throw invalid("expiresAt", "It must be after the announcement, by no more than a session can last.");
}

function invalid(field: string, message: string): AppError {
  return new AppError("invalid-input", message, { fields: { [field]: message } });
}
