import "server-only";
import { digester } from "@/lib/crossaccount-client/encryption";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { PrismaClient } from "@/lib/generated/prisma/client";
import { isDuplicate } from "@/lib/prisma-errors";
import { tokenDigest } from "@/lib/tokens";

const keptHours = 24;
/** After so long, the process that began with it is thought to be gone. */
const underWaySeconds = 60;
const secondsMs = 1_000;

export interface SentRequest {
  apiKeyId: string;
  /** As the `Idempotency-Key` header has it. */
  idempotencyKey: string;
  /** Method, address and body. */
  text: string;
}

/**
 * Does something once for each idempotency key, and says what came of it: the resource's ID, and what only the first request is
 * told. A request that failed has done nothing, so the same key may try again. @throws AppError `idempotency-key-reused`,
 * `idempotency-key-in-use`, `invalid-input`, and what `act` throws
 */
export async function once<Done extends { id: string }>(
  sent: SentRequest,
  now: Date,
  act: (requestId: string) => Promise<Done>,
): Promise<Done | { id: string }> {
  const known = await begin(sent, now);
  if (known !== null) return { id: known };
  const mine = { ...rowOf(sent), startedAt: now };
  try {
    const done = await act(requestIdOf(sent));
    await db.idempotentRequest.updateMany({ where: mine, data: { resourceId: done.id } });
    return done;
  } catch (error) {
    await db.idempotentRequest.deleteMany({ where: { ...mine, resourceId: null } });
    throw error;
  }
}

/** The resource's ID where it was done before; null for who is to do it now. */
async function begin(sent: SentRequest, now: Date): Promise<string | null> {
  if (!/^[\x21-\x7e]{1,255}$/.test(sent.idempotencyKey)) {
    const message = "An Idempotency-Key has 1 to 255 visible ASCII characters, such as a UUID.";
    throw new AppError("invalid-input", message, { fields: { "Idempotency-Key": message } });
  }
  const row = rowOf(sent);
  const { requestDigest, ...where } = row;
  await db.idempotentRequest.deleteMany({
    where: {
      ...where,
      OR: [
        { startedAt: { lt: before(now, keptHours * 3_600) } },
        { resourceId: null, startedAt: { lt: before(now, underWaySeconds) } },
      ],
    },
  });
  try {
    await db.idempotentRequest.create({ data: { ...row, startedAt: now } });
    return null;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
  const kept = await db.idempotentRequest.findFirst({ where });
  if (kept && kept.requestDigest !== requestDigest) {
    throw new AppError(
      "idempotency-key-reused",
      "This Idempotency-Key was sent with another request. Use a new one for each.",
    );
  }
  if (kept?.resourceId) return kept.resourceId;
  throw new AppError(
    "idempotency-key-in-use",
    "The first request with this Idempotency-Key is still under way. Send it again.",
    {
      retryAfterSeconds: 1,
    },
  );
}

/** A process that went away after it had made something is followed by one that finds it by this, and makes no second one. */
function requestIdOf({ apiKeyId, idempotencyKey, text }: SentRequest): string {
  const digits = tokenDigest(JSON.stringify([apiKeyId, idempotencyKey, text]));
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `8${digits.slice(13, 16)}`,
    `8${digits.slice(17, 20)}`,
    digits.slice(20, 32),
  ].join("-");
}

function rowOf({ apiKeyId, idempotencyKey, text }: SentRequest) {
  return {
    ...{ apiKeyId, keyDigest: tokenDigest(idempotencyKey) },
    requestDigest: digester.digest(text, "apiRequest"),
  };
}

function before(now: Date, seconds: number): Date {
  return new Date(now.getTime() - seconds * secondsMs);
}

/** Forgets requests that are too old to be answered again. Returns how many. */
export async function purgeIdempotentRequests(database: PrismaClient, now: Date): Promise<number> {
  const { count } = await database.idempotentRequest.deleteMany({
    where: { startedAt: { lt: before(now, keptHours * 3_600) } },
  });
  return count;
}
