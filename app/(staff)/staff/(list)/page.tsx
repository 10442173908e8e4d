import { SearchX } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { StaffFilters, staffPath } from "@/components/connections/staff-filters";
import { StaffTable } from "@/components/connections/staff-table";
import { PageHeader } from "@/components/layout/page-header";
import { Alert } from "@/components/ui/alert";
import { buttonStyle } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { requireStaff } from "@/lib/auth/session";
import { listConnectionsForStaff } from "@/lib/connections/staff-queries";
import { connectionStatuses } from "@/lib/crossaccount/status";

export const metadata: Metadata = { title: "All connections" };

interface StaffPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function StaffPage({ searchParams }: StaffPageProps) {
  const access = await requireStaff();
  const parameters = await searchParams;
  const search = one(parameters.search)?.trim() || undefined;
  const status = connectionStatuses.find((known) => known === one(parameters.status));
  const unknownStatus = Boolean(parameters.status) && !status;
  const cursor = one(parameters.cursor);
  const { rows, nextCursor, counts } = await listConnectionsForStaff(access, { search, status, cursor });
  return (
    <>
      <PageHeader title="Connections" description="Every AWS account of every customer, newest first." />
      <StaffFilters filter={{ search, status }} counts={counts} />
      {unknownStatus ? (
        <Alert tone="warning" className="mb-4">
          The status in the address does not exist, so the list shows every status.
        </Alert>
      ) : null}
      {rows.length > 0 ? (
        <StaffTable rows={rows} />
      ) : (
        <EmptyState icon={SearchX} title="No connection matches">
          Try another word or another status.
        </EmptyState>
      )}
      <div className="mt-4 flex justify-end gap-2">
        {cursor ? (
          <Link href={staffPath({ search, status })} className={buttonStyle()}>
            First page
          </Link>
        ) : null}
        {nextCursor ? (
          <Link href={staffPath({ search, status, cursor: nextCursor })} className={buttonStyle()}>
            Next page
          </Link>
        ) : null}
      </div>
    </>
  );
}

function one(value: string | string[] | undefined): string | undefined {
  return typeof value === "string" ? value : value?.[0];
}
