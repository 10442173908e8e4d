import "server-only";
import { databaseTime } from "@/lib/database-time";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { Prisma } from "@/lib/generated/prisma/client";
import { digestOfKey } from "./key";
import { createKnownKeys } from "./known-keys";

const noteAfterMs = 60_000;

const withCustomer = {
  customer: { select: { id: true, reference: true, name: true } },
} satisfies Prisma.ApiKeyInclude;

/** A key that was read, with the one customer that it is for, or null where it is the whole portal's. */
export type ApiKeyRow = Prisma.ApiKeyGetPayload<{ include: typeof withCustomer }>;

const knownKeys = createKnownKeys<ApiKeyRow>({
  find: (digest) => db.apiKey.findUnique({ where: { digest }, include: withCustomer }),
  now: () => performance.now(),
});

/** The key that an `Authorization` header holds. @throws AppError `key-invalid`, saying why */
export async function authenticate(authorization: string | null, now: Date = databaseTime()): Promise<ApiKeyRow> {
  const [, text] = /^Bearer +(\S+)$/i.exec(authorization ?? "") ?? [];
  if (text === undefined) throw refused("Send an API key in the header: Authorization: Bearer ck_…");
  const digest = digestOfKey(text);
  if (digest === null)
    throw refused("This is no API key. A key begins with ck_ and has 46 characters; send all of it.");
  const key = await knownKeys.get(digest);
  if (!key) throw refused("There is no such API key. It may be of another deployment, or was copied with a mistake.");
  if (key.revokedAt) throw refused("This API key was revoked. Use another one.");
  if (key.expiresAt <= now) throw refused("This API key has expired. Use another one.");
  return key;
}

/** Keeps when a key was last used and from where, to the minute. */
export async function noteUse({ id, lastUsedAt }: ApiKeyRow, from: string | null, now: Date): Promise<void> {
  const minuteAgo = new Date(now.getTime() - noteAfterMs);
  if (lastUsedAt && lastUsedAt > minuteAgo) return;
  await db.apiKey.updateMany({
    where: { id, OR: [{ lastUsedAt: null }, { lastUsedAt: { lte: minuteAgo } }] },
    data: { lastUsedAt: now, lastUsedFrom: from },
  });
}

function refused(message: string): AppError {
  return new AppError("key-invalid", message);
}
