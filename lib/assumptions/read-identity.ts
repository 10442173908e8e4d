import "server-only";
import type { CustomerIdentity } from "@/lib/crossaccount";
import { crossAccount } from "@/lib/crossaccount-client/client";
import type { CustomerAccess } from "@/lib/tenancy/access";
import { connectionIdFrom } from "@/lib/tenancy/own-connection";
import { withNotFound } from "./not-found";

/** Whom AWS takes a session of the customer's role for; its credentials stay here. @throws AppError `not-found`; CrossAccountError */
export function readIdentity(access: CustomerAccess, named?: string): Promise<CustomerIdentity> {
  const connectionId = named === undefined ? undefined : connectionIdFrom(named);
  return withNotFound(() =>
    crossAccount.readIdentity(access.customer.id, { connectionId, purpose: "read data", actor: access.actor }),
  );
}
