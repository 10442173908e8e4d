import { redirect } from "next/navigation";
import { connectionsPath } from "@/components/connections/paths";

export default async function CustomerPage({ params }: { params: Promise<{ customer: string }> }) {
  redirect(connectionsPath(decodeURIComponent((await params).customer)));
}
