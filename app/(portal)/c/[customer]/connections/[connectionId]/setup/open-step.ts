import { found } from "@/app/found";
import { requireCustomer } from "@/lib/auth/session";
import { getConnection } from "@/lib/connections/queries";
import type { ConnectionDetail } from "@/lib/connections/schema";
import type { CustomerAccess } from "@/lib/tenancy/access";

export type StepParams = Promise<{ customer: string; connectionId: string }>;

export interface OpenedStep {
  access: CustomerAccess;
  connection: ConnectionDetail;
}

/** What every step of the wizard begins with: an admin of the customer, and the customer's own connection. */
export async function openStep(params: StepParams): Promise<OpenedStep> {
  const { customer, connectionId } = await params;
  const access = await requireCustomer(decodeURIComponent(customer), "admin");
  return { access, connection: await found(getConnection(access, connectionId)) };
}
