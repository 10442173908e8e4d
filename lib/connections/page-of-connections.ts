import "server-only";
import type { CustomerAccess, StaffAccess } from "@/lib/tenancy/access";
import { findConnections, type WantedConnections } from "./find-connections";
import type { ConnectionSummary } from "./schema";
import { summaryOf } from "./views";

export interface ConnectionsPage {
  rows: ConnectionSummary[];
  nextCursor: string | null;
}

/** A page of the customer's connections, newest first. */
export async function pageOfConnections(access: CustomerAccess, wanted: WantedConnections): Promise<ConnectionsPage> {
  const { rows, nextCursor } = await findConnections({ customerId: access.customer.id }, wanted);
  return { rows: rows.map(summaryOf), nextCursor };
}

/** The same over all customers. */
export async function pageOfConnectionsForStaff(
  _access: StaffAccess,
  wanted: WantedConnections,
): Promise<ConnectionsPage> {
  const { rows, nextCursor } = await findConnections({}, wanted);
  return { rows: rows.map(summaryOf), nextCursor };
}
