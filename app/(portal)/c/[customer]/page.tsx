import { redirect } from "next/navigation";
import { connectionsPath } from "@/components/connections/paths";
import { requireCustomer } from "@/lib/auth/session";

export default async function CustomerPage({ params }: { params: Promise<{ customer: string }> }) {
  const { customer } = await requireCustomer(decodeURIComponent((await params).customer));
  redirect(connectionsPath(customer.reference));
}
