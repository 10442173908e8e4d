import type { Metadata } from "next";
import { found } from "@/app/found";
import { HistoryPanel } from "@/components/audits/history-panel";
import { PageHeader } from "@/components/layout/page-header";
import { connectionHistoryForStaff } from "@/lib/audits/queries";
import { requireStaff } from "@/lib/auth/session";
import { getConnectionForStaff } from "@/lib/connections/staff-queries";

export const metadata: Metadata = { title: "History" };

export default async function StaffHistoryPage({ params }: { params: Promise<{ connectionId: string }> }) {
  const access = await requireStaff();
  const { connectionId } = await params;
  const connection = await found(getConnectionForStaff(access, connectionId));
  const history = await connectionHistoryForStaff(access, connection.id);
  return (
    <>
      <PageHeader
        back={{ title: connection.name, href: `/staff/connections/${connection.id}` }}
        title="History"
        description={`${connection.customerName} · ${connection.name}`}
      />
      <HistoryPanel history={history} createdAt={connection.createdAt} />
    </>
  );
}
