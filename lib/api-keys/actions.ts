"use server";

import { action } from "@/lib/action";
import { securityMember } from "@/lib/auth/guards";
import { databaseTime } from "@/lib/database-time";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import { notFound } from "@/lib/errors";
import type { PersonalStaffAccess } from "@/lib/tenancy/access";
import { createApiKey as create } from "./create-api-key";
import { revokeApiKey as revoke } from "./revoke-api-key";
import { rotateApiKey as rotate } from "./rotate-api-key";
import { createApiKeyInput, revokeApiKeyInput, rotateApiKeyInput } from "./schema";

/** Answers with the key; it is shown once. */
export const createApiKey = action({
  schema: createApiKeyInput,
  guard: whoKeepsKeys,
  run: ({ customer, confirmed, ...wanted }, access) =>
    create(makerOf(access, confirmed), { ...wanted, customer: customer ?? undefined }, databaseTime()),
});

/** Answers with the new key; it is shown once. */
export const rotateApiKey = action({
  schema: rotateApiKeyInput,
  guard: whoKeepsKeys,
  run: ({ confirmed, ...wanted }, access) => rotate(makerOf(access, confirmed), wanted, databaseTime()),
});

export const revokeApiKey = action({
  schema: revokeApiKeyInput,
  guard: whoKeepsKeys,
  run: async ({ apiKeyId }, { actor }) => {
    await revoke({ database: db, actor }, apiKeyId, databaseTime());
    return { apiKeyId };
  },
});

function makerOf(access: PersonalStaffAccess, confirmed: boolean) {
  return { database: db, actor: access.actor, confirmedBy: confirmed ? access : undefined };
}

/** Nobody while the API is hidden. */
async function whoKeepsKeys() {
  if (!env.PUBLIC_API) throw notFound("page");
  return securityMember();
}
