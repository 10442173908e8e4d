import type { Metadata } from "next";
import { AccessLogView } from "@/components/access-log/access-log-view";
import { actorTypeWords } from "@/components/access-log/actor-words";
import { ConnectionUsage } from "@/components/access-log/connection-usage";
import { accessLogPath } from "@/components/connections/paths";
import { accessLogUsage, listAccessLog } from "@/lib/access-log/queries";
import { readFilter, type SearchParameters } from "@/lib/access-log/schema";
import { branding } from "@/lib/branding";
import { openConnection, type TabParams } from "../open-connection";

export const metadata: Metadata = { title: "Access log" };

interface AccessLogPageProps {
  params: TabParams;
  searchParams: Promise<SearchParameters>;
}

export default async function AccessLogPage({ params, searchParams }: AccessLogPageProps) {
  const { access, connection } = await openConnection(params);
  const parameters = await searchParams;
  const { filter, faults } = readFilter(parameters);
  const cursor = typeof parameters.cursor === "string" ? parameters.cursor : undefined;
  return (
    <div className="space-y-6">
      <p className="max-w-2xl text-muted">
        Each time {branding.productName} asked AWS for credentials of this connection, with the session name and request
        ID that your own CloudTrail shows.
      </p>
      <ConnectionUsage usage={accessLogUsage(access, connection.id)} />
      <AccessLogView
        page={listAccessLog(access, connection.id, filter, cursor)}
        path={accessLogPath(connection.customer, connection.id)}
        productName={branding.productName}
        actorTypeWords={actorTypeWords(branding.productName)}
        {...{ filter, faults, cursor }}
      />
    </div>
  );
}
