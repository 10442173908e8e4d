import { cache } from "react";
import { found } from "@/app/found";
import { requireCustomer } from "@/lib/auth/session";
import { getConnection } from "@/lib/connections/queries";
import { latestVerification } from "@/lib/verifications/queries";

export type TabParams = Promise<{ customer: string; connectionId: string }>;

/** A member of the customer, and the customer's own connection: once for the frame, the title and the page. */
export async function openConnection(params: TabParams) {
  const { customer, connectionId } = await params;
  return open(customer, connectionId);
}

const open = cache(async (reference: string, connectionId: string) => {
  const access = await requireCustomer(decodeURIComponent(reference));
  return { access, connection: await found(getConnection(access, connectionId)) };
});

/** Its latest verification, once for those parts of a page that show something of it. */
export async function openVerification(params: TabParams) {
  const { customer, connectionId } = await params;
  return latest(customer, connectionId);
}

const latest = cache(async (reference: string, connectionId: string) => {
  const access = await requireCustomer(decodeURIComponent(reference));
  return found(latestVerification(access, connectionId));
});
