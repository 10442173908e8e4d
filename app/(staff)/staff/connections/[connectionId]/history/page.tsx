import type { Metadata } from "next";
import { found, orNull } from "@/app/found";
import { type HistoryParams, readHistoryParams } from "@/app/history-params";
import { Timeline } from "@/components/audits/timeline";
import { PageHeader } from "@/components/layout/page-header";
import { connectionHistoryForStaff } from "@/lib/audits/queries";
import { requireStaff } from "@/lib/auth/session";
import { getConnectionForStaff } from "@/lib/connections/staff-queries";
import { getVerificationForStaff } from "@/lib/verifications/queries";

export const metadata: Metadata = { title: "History" };

interface StaffHistoryPageProps {
  params: Promise<{ connectionId: string }>;
  searchParams: Promise<HistoryParams>;
}

export default async function StaffHistoryPage({ params, searchParams }: StaffHistoryPageProps) {
  const access = await requireStaff();
  const { connectionId } = await params;
  const { run, before } = readHistoryParams(await searchParams);
  const connection = await found(getConnectionForStaff(access, connectionId));
  const [history, opened] = await Promise.all([
    connectionHistoryForStaff(access, connection.id, before),
    run ? orNull(getVerificationForStaff(access, { connectionId: connection.id, verificationId: run })) : null,
  ]);
  return (
    <>
      <PageHeader
        back={{ title: connection.name, href: `/staff/connections/${connection.id}` }}
        title="History"
        description={`${connection.customerName} · ${connection.name}`}
      />
      <Timeline
        history={history}
        before={before}
        opened={opened}
        createdAt={connection.createdAt}
        path={`/staff/connections/${connection.id}/history`}
        forStaff
      />
    </>
  );
}
