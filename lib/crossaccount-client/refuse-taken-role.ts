import "server-only";
import { CrossAccountError } from "@/lib/crossaccount";
import type { Database } from "@/lib/db";
import type { Connection } from "@/lib/generated/prisma/client";
import { findOwner } from "./registry";

/**
 * Before a role counts as this connection's. A verification asks the same before it looks at the role; here it matters when two
 * were verified at the same moment, and the database's unique index has the last word.
 * @throws CrossAccountError `role-taken`
 */
export async function refuseTakenRole(
  transaction: Database,
  { id, roleDigest }: Pick<Connection, "id" | "roleDigest">,
): Promise<void> {
  if (roleDigest !== null && (await findOwner(transaction, roleDigest, id))) throw takenMeanwhile();
}

export function takenMeanwhile(): CrossAccountError {
  return new CrossAccountError(
    "role-taken",
    "Another connection took this role during the verification, so the result was not kept. Verify again to see what to do.",
  );
}
