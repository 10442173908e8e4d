import { Cable, Plus } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { ConnectionList } from "@/components/connections/connection-list";
import { connectionsPath } from "@/components/connections/paths";
import { PageHeader } from "@/components/layout/page-header";
import { buttonStyle } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { requireCustomer } from "@/lib/auth/session";
import { branding } from "@/lib/branding";
import { listConnections } from "@/lib/connections/queries";

export const metadata: Metadata = { title: "Connections" };

export default async function ConnectionsPage({ params }: { params: Promise<{ customer: string }> }) {
  const access = await requireCustomer(decodeURIComponent((await params).customer));
  const connections = await listConnections(access);
  const connect = access.role === "admin" ? <ConnectLink customer={access.customer.reference} /> : null;
  if (connections.length === 0) {
    return (
      <>
        <PageHeader title="Connections" />
        <EmptyState icon={Cable} title="No AWS account is connected yet" action={connect}>
          {connect
            ? `${branding.productName} gets its own role in your account: no keys, only what you agree to, and you can end it at any time. It takes about five minutes.`
            : "An admin of your team can connect one."}
        </EmptyState>
      </>
    );
  }
  return (
    <>
      <PageHeader
        title="Connections"
        description={`AWS accounts that ${branding.productName} may work with, each through its own role.`}
        actions={connect}
      />
      <ConnectionList connections={connections} />
    </>
  );
}

function ConnectLink({ customer }: { customer: string }) {
  return (
    <Link href={`${connectionsPath(customer)}/new`} className={buttonStyle({ variant: "primary" })}>
      <Plus aria-hidden />
      Connect an AWS account
    </Link>
  );
}
