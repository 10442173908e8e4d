import { redirect } from "next/navigation";
import { found } from "@/app/found";
import { connectionPath } from "@/components/connections/paths";
import { requireCustomer } from "@/lib/auth/session";
import { markOfConnection } from "@/lib/connections/changes";
import { getConnection, getConnectionAndVerification } from "@/lib/connections/queries";
import type { ConnectionDetail } from "@/lib/connections/schema";
import type { CustomerAccess } from "@/lib/tenancy/access";
import type { VerificationView } from "@/lib/verifications/schema";

export type StepParams = Promise<{ customer: string; connectionId: string }>;

export interface OpenedStep {
  access: CustomerAccess;
  connection: ConnectionDetail;
  /** Read first, so that a change while the page is read is noticed afterwards. */
  mark: string;
}

/** What every step of the wizard begins with: an admin of the customer, and the customer's own connection. */
export async function openStep(params: StepParams): Promise<OpenedStep> {
  const { access, connectionId } = await admit(params);
  const mark = await found(markOfConnection(access, connectionId));
  return { access, mark, connection: ongoing(await found(getConnection(access, connectionId))) };
}

/** A step that shows the verification too. */
export async function openVerifiedStep(
  params: StepParams,
): Promise<OpenedStep & { verification: VerificationView | null }> {
  const { access, connectionId } = await admit(params);
  const mark = await found(markOfConnection(access, connectionId));
  const { connection, verification } = await found(getConnectionAndVerification(access, connectionId));
  return { access, mark, connection: ongoing(connection), verification };
}

/** Nothing is set up for what has ended: its page says so, and what is left to do in AWS. */
function ongoing(connection: ConnectionDetail): ConnectionDetail {
  if (connection.end) redirect(connectionPath(connection.customer, connection.id));
  return connection;
}

async function admit(params: StepParams): Promise<{ access: CustomerAccess; connectionId: string }> {
  const { customer, connectionId } = await params;
  return { access: await requireCustomer(decodeURIComponent(customer), "admin"), connectionId };
}
