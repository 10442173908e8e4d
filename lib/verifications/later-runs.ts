import "server-only";
import type { ConnectionScope, VerificationReport } from "@/lib/crossaccount";
import type { Database } from "@/lib/db";

/** Whether a run of the connection that began after this one came to one of these outcomes. */
export async function sawLater(
  transaction: Database,
  { customerId, connectionId }: ConnectionScope,
  { startedAt }: Pick<VerificationReport, "startedAt">,
  outcomes: VerificationReport["outcome"][],
): Promise<boolean> {
  const later = await transaction.verification.findFirst({
    where: {
      ...{ customerId, connectionId, state: "finished" },
      outcome: { in: outcomes },
      startedAt: { gt: new Date(startedAt) },
    },
    select: { id: true },
  });
  return later !== null;
}
