import { type CreatedApiKey, createApiKey, type WantedApiKey } from "@/lib/api-keys/create-api-key";
import { apiScopes } from "@/lib/api-keys/scopes";
import { db } from "@/lib/db";
import { staffAccess } from "@/lib/tenancy/access";
import { signInAs } from "./fixtures";

export const allScopes = Object.keys(apiScopes);

/** A key with all scopes, of the whole portal and confirmed, unless said otherwise. */
export async function newApiKey(wanted: Partial<WantedApiKey> = {}): Promise<CreatedApiKey> {
  const security = staffAccess(await signInAs({ email: "sasha@vendor.test" }), "security");
  return createApiKey(
    { database: db, actor: { type: "system", id: "test" }, confirmedBy: security ?? undefined },
    { name: "Test", scopes: allScopes, days: 1, ...wanted },
    new Date(),
  );
}
