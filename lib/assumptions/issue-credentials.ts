import "server-only";
import { CrossAccountError, type IssuedCredentials } from "@/lib/crossaccount";
import { crossAccount } from "@/lib/crossaccount-client/client";
import { AppError } from "@/lib/errors";
import type { CustomerAccess } from "@/lib/tenancy/access";
import { connectionIdFrom } from "@/lib/tenancy/own-connection";
import { withNotFound } from "./not-found";

export interface WantedCredentials {
  /** Needed where the customer has several connections that may be used. */
  connectionId?: string | undefined;
  purpose: string;
  durationSeconds?: number | undefined;
  /** JSON text. */
  sessionPolicy?: string | undefined;
}

/**
 * Temporary credentials of a customer's role, to be given away: every hand-out has its entry in the access log before this resolves.
 * They are kept in memory alone. @throws AppError `not-found`, `invalid-input`; CrossAccountError why there are none
 */
export async function issueCredentials(access: CustomerAccess, wanted: WantedCredentials): Promise<IssuedCredentials> {
  const { connectionId: named, sessionPolicy, ...rest } = wanted;
  const connectionId = named === undefined ? undefined : connectionIdFrom(named);
  try {
    const use = { ...rest, connectionId, sessionPolicy, actor: access.actor };
    return await withNotFound(() => crossAccount.issueCredentials(access.customer.id, use));
  } catch (error) {
    const isPolicy =
      error instanceof CrossAccountError && error.code === "request-invalid" && sessionPolicy !== undefined;
    if (!isPolicy) throw error;
    throw new AppError("invalid-input", error.message, { cause: error, fields: { sessionPolicy: error.message } });
  }
}
