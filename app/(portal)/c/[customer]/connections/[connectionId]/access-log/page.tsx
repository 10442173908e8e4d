import type { Metadata } from "next";
import { found } from "@/app/found";
import { AccessLogView } from "@/components/access-log/access-log-view";
import { actorTypeWords } from "@/components/access-log/actor-words";
import { ConnectionUsage } from "@/components/access-log/connection-usage";
import { accessLogPath, connectionPath } from "@/components/connections/paths";
import { PageHeader } from "@/components/layout/page-header";
import { accessLogUsage, listAccessLog } from "@/lib/access-log/queries";
import { readFilter, type SearchParameters } from "@/lib/access-log/schema";
import { requireCustomer } from "@/lib/auth/session";
import { branding } from "@/lib/branding";
import { getConnection } from "@/lib/connections/queries";

export const metadata: Metadata = { title: "Access log" };

interface AccessLogPageProps {
  params: Promise<{ customer: string; connectionId: string }>;
  searchParams: Promise<SearchParameters>;
}

export default async function AccessLogPage({ params, searchParams }: AccessLogPageProps) {
  const { customer, connectionId } = await params;
  const access = await requireCustomer(decodeURIComponent(customer));
  const connection = await found(getConnection(access, connectionId));
  const parameters = await searchParams;
  const { filter, faults } = readFilter(parameters);
  const cursor = typeof parameters.cursor === "string" ? parameters.cursor : undefined;
  return (
    <>
      <PageHeader
        back={{ title: connection.name, href: connectionPath(connection.customer, connection.id) }}
        title="Access log"
        description={`Each time ${branding.productName} asked AWS for credentials of this connection, with the session name and request ID that your own CloudTrail shows.`}
      />
      <div className="space-y-6">
        <ConnectionUsage usage={accessLogUsage(access, connection.id)} />
        <AccessLogView
          page={listAccessLog(access, connection.id, filter, cursor)}
          path={accessLogPath(connection.customer, connection.id)}
          productName={branding.productName}
          actorTypeWords={actorTypeWords(branding.productName)}
          {...{ filter, faults, cursor }}
        />
      </div>
    </>
  );
}
