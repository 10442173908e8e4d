import type { Metadata } from "next";
import { found } from "@/app/found";
import { HistoryPanel } from "@/components/audits/history-panel";
import { connectionPath } from "@/components/connections/paths";
import { PageHeader } from "@/components/layout/page-header";
import { connectionHistory } from "@/lib/audits/queries";
import { requireCustomer } from "@/lib/auth/session";
import { getConnection } from "@/lib/connections/queries";

export const metadata: Metadata = { title: "History" };

interface HistoryPageProps {
  params: Promise<{ customer: string; connectionId: string }>;
}

export default async function HistoryPage({ params }: HistoryPageProps) {
  const { customer, connectionId } = await params;
  const access = await requireCustomer(decodeURIComponent(customer));
  const connection = await found(getConnection(access, connectionId));
  const history = await connectionHistory(access, connection.id);
  return (
    <>
      <PageHeader
        back={{ title: connection.name, href: connectionPath(connection.customer, connection.id) }}
        title="History"
        description={`Everything that happened to ${connection.name}.`}
      />
      <HistoryPanel history={history} createdAt={connection.createdAt} />
    </>
  );
}
