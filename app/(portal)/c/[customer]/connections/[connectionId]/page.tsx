import type { Metadata } from "next";
import { cache } from "react";
import { found } from "@/app/found";
import { ConnectionUsage } from "@/components/access-log/connection-usage";
import { DriftSection } from "@/components/audits/drift-section";
import { ReminderList } from "@/components/audits/reminder-list";
import { ConnectionFacts } from "@/components/connections/connection-facts";
import { ConnectionHistory } from "@/components/connections/connection-history";
import { HiddenTrust } from "@/components/connections/hidden-trust";
import { NextAction } from "@/components/connections/next-action";
import { accessLogPath, connectionsPath, historyPath, reviewFilePath } from "@/components/connections/paths";
import { PermissionReview } from "@/components/connections/permission-review";
import { StatusBadge } from "@/components/connections/status-badge";
import { statusWords } from "@/components/connections/status-words";
import { PageHeader } from "@/components/layout/page-header";
import { ConfirmAccount } from "@/components/links/confirm-account";
import { CustomerLinks } from "@/components/links/customer-links";
import { Section } from "@/components/ui/card";
import { TextLink } from "@/components/ui/text-link";
import { isExplained } from "@/components/verifications/outcome-words";
import { VerificationPanel } from "@/components/verifications/verification-panel";
import { accessLogUsage } from "@/lib/access-log/queries";
import { listDrift } from "@/lib/audits/queries";
import { listReminders } from "@/lib/audits/reminder-queries";
import { requireCustomer } from "@/lib/auth/session";
import { branding } from "@/lib/branding";
import { getConnectionAndVerification, permissionReview } from "@/lib/connections/queries";
import { confirmAccount, createLink, rejectAccount, revokeLink } from "@/lib/links/actions";
import { listLinks, proposedAccount } from "@/lib/links/queries";
import { purposeFor } from "@/lib/links/state";
import { cancelVerification, confirmUnreadable, startVerification } from "@/lib/verifications/actions";
import { reviewedStack } from "./reviewed-stack";

interface ConnectionPageProps {
  params: Promise<{ customer: string; connectionId: string }>;
}

/** Once for the title and the page. */
const open = cache(async (customer: string, connectionId: string) => {
  const access = await requireCustomer(decodeURIComponent(customer));
  return { access, ...(await found(getConnectionAndVerification(access, connectionId))) };
});

export async function generateMetadata({ params }: ConnectionPageProps): Promise<Metadata> {
  const { customer, connectionId } = await params;
  return { title: (await open(customer, connectionId)).connection.name };
}

export default async function ConnectionPage({ params }: ConnectionPageProps) {
  const { customer: reference, connectionId } = await params;
  const { access, connection, verification } = await open(reference, connectionId);
  const [reminders, links, account] = await Promise.all([
    listReminders(access, connection.id),
    listLinks(access, connection.id),
    proposedAccount(access, connection.id),
  ]);
  const mayAct = access.role === "admin";
  const explained = isExplained(connection.status, verification);
  const { customer } = connection;
  const panel =
    verification || connection.roleArn ? (
      <VerificationPanel
        key="verification"
        customer={customer}
        connectionId={connection.id}
        externalId={connection.externalId}
        expectSetup={connection.setupPermissions === "gone" ? "gone" : "present"}
        latest={verification}
        startVerification={startVerification}
        cancelVerification={cancelVerification}
        mayStart={mayAct && connection.status !== "disconnected"}
        isPrimary={explained}
        intro={{ title: "Not verified yet", text: "The role is known, but not verified yet." }}
      />
    ) : null;
  const changes = [
    <ReminderList key="reminders" reminders={reminders} />,
    <DriftSection key="drift" drifts={listDrift(access, connection.id)} />,
  ];
  return (
    <>
      <PageHeader
        back={{ title: "Connections", href: connectionsPath(customer) }}
        title={connection.name}
        badge={<StatusBadge status={connection.status} />}
        description={statusWords[connection.status].meaning}
      />
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,1fr)_24rem] lg:grid-rows-[auto_1fr]">
        <div className="min-w-0 space-y-6">
          {connection.trustHidden && connection.status === "insecure" ? (
            <HiddenTrust
              customer={customer}
              connectionId={connection.id}
              mayAct={mayAct}
              confirmUnreadable={confirmUnreadable}
            />
          ) : null}
          {account ? (
            <ConfirmAccount
              customer={customer}
              connectionId={connection.id}
              productName={branding.productName}
              account={account}
              mayAct={mayAct}
              confirmAccount={confirmAccount}
              rejectAccount={rejectAccount}
            />
          ) : null}
          {account || explained || connection.trustHidden ? null : (
            <NextAction connection={connection} mayAct={mayAct} />
          )}
          {explained ? [panel, ...changes] : [...changes, panel]}
          {connection.roleArn ? (
            <ConnectionUsage
              usage={accessLogUsage(access, connection.id)}
              logAddress={accessLogPath(customer, connection.id)}
            />
          ) : null}
          <CustomerLinks
            customer={customer}
            connectionId={connection.id}
            links={links}
            purpose={account?.roleWorks ? null : purposeFor(connection)}
            productName={branding.productName}
            mayAct={mayAct}
            createLink={createLink}
            revokeLink={revokeLink}
          />
        </div>
        <div className="min-w-0 space-y-6 lg:row-span-2">
          <Section title="Details">
            <ConnectionFacts connection={connection} />
          </Section>
          <Section title="History" actions={<TextLink href={historyPath(customer, connection.id)}>View all</TextLink>}>
            <ConnectionHistory history={connection.history} createdAt={connection.createdAt} />
          </Section>
        </div>
        <PermissionReview
          productName={branding.productName}
          review={permissionReview(reviewedStack(connection), connection.features)}
          chosen={connection.features}
          setupGone={connection.setupPermissions === "gone"}
          downloadPath={reviewFilePath(customer, connection.id)}
        />
      </div>
    </>
  );
}
