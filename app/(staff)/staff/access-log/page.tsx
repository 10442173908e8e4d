import type { Metadata } from "next";
import { found } from "@/app/found";
import { AccessLogView } from "@/components/access-log/access-log-view";
import { actorTypeWordsForStaff } from "@/components/access-log/actor-words";
import { ConnectionUsage } from "@/components/access-log/connection-usage";
import { PageHeader } from "@/components/layout/page-header";
import { readFilter, type SearchParameters } from "@/lib/access-log/schema";
import { accessLogUsageForStaff, listAccessLogForStaff } from "@/lib/access-log/staff-queries";
import { requireStaff } from "@/lib/auth/session";
import { branding } from "@/lib/branding";
import { getConnectionForStaff } from "@/lib/connections/staff-queries";

export const metadata: Metadata = { title: "Access log" };

export default async function StaffAccessLogPage({ searchParams }: { searchParams: Promise<SearchParameters> }) {
  const access = await requireStaff();
  const parameters = await searchParams;
  const { filter, faults } = readFilter(parameters);
  const cursor = one(parameters.cursor);
  const wanted = one(parameters.connection);
  const connection = wanted ? await found(getConnectionForStaff(access, wanted)) : null;
  const connectionId = connection?.id;
  return (
    <>
      <PageHeader
        {...(connection && { back: { title: connection.name, href: `/staff/connections/${connection.id}` } })}
        title="Access log"
        description={
          connection
            ? `Every use of ${connection.name} of ${connection.customerName}, allowed or refused, newest first.`
            : "Every use of every customer's connections, allowed or refused, newest first."
        }
      />
      <div className="space-y-6">
        {connectionId ? <ConnectionUsage usage={accessLogUsageForStaff(access, connectionId)} /> : null}
        <AccessLogView
          page={listAccessLogForStaff(access, filter, { connectionId, cursor })}
          path="/staff/access-log"
          productName={branding.productName}
          actorTypeWords={actorTypeWordsForStaff}
          showConnections={!connectionId}
          {...{ filter, faults, cursor, connectionId }}
        />
      </div>
    </>
  );
}

function one(value: string | string[] | undefined): string | undefined {
  return (typeof value === "string" ? value : value?.[0]) || undefined;
}
