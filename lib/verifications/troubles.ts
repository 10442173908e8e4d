import "server-only";
import { CHECK_IDS, type CheckId, causeTexts, checkTitles, DIAGNOSIS_CAUSES, rankFindings } from "@/lib/crossaccount";
import { db } from "@/lib/db";
import type { CheckResult } from "@/lib/generated/prisma/client";
import { sealedDetail } from "./check-detail";

/** What is wrong with a connection, by the gravest finding of its last conclusive verification. */
export interface Trouble {
  /** A few words for a list. */
  title: string;
  /** The likeliest cause, in a sentence or two. */
  cause: string | null;
}

interface Owner {
  customerId: string;
  connectionId: string;
}

type FailedCheck = Pick<CheckResult, "checkId" | "position" | "detailCiphertext"> & { connectionId: string };

/** Of each of these connections of a customer that has one. */
export async function troublesOf(customerId: string, connectionIds: readonly string[]): Promise<Map<string, Trouble>> {
  if (connectionIds.length === 0) return new Map();
  const failed = await db.$queryRaw<FailedCheck[]>`
    SELECT run."connectionId", c."checkId", c."position", c."detailCiphertext"
    FROM unnest(${[...connectionIds]}::uuid[]) AS wanted(id)
    CROSS JOIN LATERAL (SELECT v."id", v."connectionId" FROM "Verification" v
      WHERE v."connectionId" = wanted.id AND v."customerId" = ${customerId}::uuid AND v."state" = 'finished'
        AND v."outcome" <> 'inconclusive'
      ORDER BY v."startedAt" DESC LIMIT 1) run
    JOIN "CheckResult" c ON c."verificationId" = run."id" AND c."customerId" = ${customerId}::uuid AND c."status" = 'failed'`;
  const troubles = new Map<string, Trouble>();
  for (const id of new Set(failed.map(({ connectionId }) => connectionId))) {
    const trouble = await gravest(
      failed.filter(({ connectionId }) => connectionId === id),
      { customerId, connectionId: id },
    );
    if (trouble) troubles.set(id, trouble);
  }
  return troubles;
}

async function gravest(checks: readonly FailedCheck[], owner: Owner): Promise<Trouble | null> {
  const details = await Promise.all(
    checks
      .toSorted((one, other) => one.position - other.position)
      .flatMap(({ checkId, detailCiphertext }) => {
        // After a roll-back there may be others, which only the newer version can tell.
        const id = CHECK_IDS.find((known) => known === checkId);
        return id ? [findingOf(id, detailCiphertext, owner)] : [];
      }),
  );
  const ranked = rankFindings(details);
  const [first] = details
    .map((detail) => ({ ...detail, ...ranked.find(({ id }) => id === detail.id) }))
    .filter(({ toldBy }) => !toldBy)
    .toSorted((one, other) => (one.gravity ?? 0) - (other.gravity ?? 0));
  if (!first) return null;
  return { title: first.causeId ? causeTexts[first.causeId].title : first.title, cause: first.cause };
}

async function findingOf(id: CheckId, ciphertext: FailedCheck["detailCiphertext"], owner: Owner) {
  const detail = ciphertext && (await sealedDetail.unseal(ciphertext, owner));
  const causeId = DIAGNOSIS_CAUSES.find((cause) => cause === detail?.causeId);
  return {
    id,
    status: "failed" as const,
    causeId,
    title: detail?.title ?? checkTitles[id],
    cause: detail?.cause ?? null,
  };
}
