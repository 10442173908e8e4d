import "server-only";
import { CHECK_IDS, DIAGNOSIS_CAUSES, rankFindings } from "@/lib/crossaccount";
import type { CheckResult, Connection, Verification } from "@/lib/generated/prisma/client";
import { sealedDetail } from "./check-detail";
import { type CheckView, checkViewSchema, type VerificationView, verificationOutcome } from "./schema";

export type VerificationRow = Verification & { checks: CheckResult[]; connection: Owner };

type Owner = Pick<Connection, "id" | "customerId" | "status">;

export async function verificationView(verification: VerificationRow): Promise<VerificationView> {
  const { connection, state } = verification;
  // A check that was under way when the run was abandoned has no result to show.
  const shown = verification.checks.filter(({ finishedAt }) => state === "running" || finishedAt !== null);
  const checks = await Promise.all(
    shown.toSorted((one, other) => one.position - other.position).map((check) => checkView(check, connection)),
  );
  return {
    id: verification.id,
    connectionId: connection.id,
    state,
    outcome: outcomeOf(verification.outcome),
    waitingFor: verification.waitingFor,
    startedAt: verification.startedAt,
    finishedAt: verification.finishedAt,
    checks: ranked(checks.filter((check) => check !== null)),
    connectionStatus: connection.status,
  };
}

/** With how harmful each finding is, and which one tells its cause. */
function ranked(checks: readonly (CheckView & { causeId?: string })[]): CheckView[] {
  const causes = checks.map((check) => ({
    id: check.id,
    status: check.status === "running" || check.status === "waiting" ? ("skipped" as const) : check.status,
    causeId: DIAGNOSIS_CAUSES.find((cause) => cause === check.causeId),
  }));
  const findings = rankFindings(causes);
  return checks.map(({ causeId: _causeId, ...check }) => {
    const { gravity, toldBy } = findings.find(({ id }) => id === check.id) ?? {};
    return { ...check, gravity, toldBy };
  });
}

/** Null for a check that only a newer version can tell, which a roll-back leaves behind. */
async function checkView(
  check: CheckResult,
  { id, customerId }: Owner,
): Promise<(CheckView & { causeId?: string }) | null> {
  const known = CHECK_IDS.find((one) => one === check.checkId);
  const status = checkViewSchema.shape.status.safeParse(check.status).data;
  if (!known || !status) return null;
  const owner = { customerId, connectionId: id };
  const detail = check.detailCiphertext && (await sealedDetail.unseal(check.detailCiphertext, owner));
  return {
    id: known,
    status,
    title: detail?.title ?? check.checkId,
    evidence: detail?.evidence ?? [],
    cause: detail?.cause,
    confidence: detail?.confidence,
    remedy: detail?.remedy,
    ways: detail?.ways ?? [],
    causeId: detail?.causeId,
  };
}

/** Null also for an outcome that only a newer version knows. */
export function outcomeOf(text: string | null): VerificationView["outcome"] {
  return verificationOutcome.safeParse(text).data ?? null;
}
