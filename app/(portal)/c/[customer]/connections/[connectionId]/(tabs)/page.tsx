import type { Metadata } from "next";
import { ConnectionUsage } from "@/components/access-log/connection-usage";
import { DriftSection } from "@/components/audits/drift-section";
import { ReminderList } from "@/components/audits/reminder-list";
import { ConnectionFacts } from "@/components/connections/connection-facts";
import { EndPanel } from "@/components/connections/end-panel";
import { EndedOnPurpose } from "@/components/connections/ended-on-purpose";
import { HiddenTrust } from "@/components/connections/hidden-trust";
import { NextAction } from "@/components/connections/next-action";
import { accessLogPath, rotationPath } from "@/components/connections/paths";
import { PausedPanel } from "@/components/connections/paused-panel";
import { ConfirmAccount } from "@/components/links/confirm-account";
import { CustomerLinks } from "@/components/links/customer-links";
import { RotationNotice } from "@/components/rotation/rotation-notice";
import { Section } from "@/components/ui/card";
import { isExplained } from "@/components/verifications/outcome-words";
import { VerificationPanel } from "@/components/verifications/verification-panel";
import { accessLogUsage } from "@/lib/access-log/queries";
import { listDrift } from "@/lib/audits/queries";
import { listReminders } from "@/lib/audits/reminder-queries";
import { branding } from "@/lib/branding";
import { checkEndedAccess, disconnectConnection, resumeConnection } from "@/lib/connections/actions";
import { exitInstructions } from "@/lib/connections/queries";
import { confirmAccount, createLink, rejectAccount, revokeLink } from "@/lib/links/actions";
import { listLinks, proposedAccount } from "@/lib/links/queries";
import { purposeFor } from "@/lib/links/state";
import { adminNames } from "@/lib/people/queries";
import { cancelVerification, confirmUnreadable, startVerification } from "@/lib/verifications/actions";
import { openConnection, openVerification, type TabParams } from "./open-connection";

export async function generateMetadata({ params }: { params: TabParams }): Promise<Metadata> {
  return { title: (await openConnection(params)).connection.name };
}

/** How the connection is, and what to do about it. */
export default async function OverviewPage({ params }: { params: TabParams }) {
  const { access, connection } = await openConnection(params);
  const verification = await openVerification(params);
  const [reminders, links, account] = await Promise.all([
    listReminders(access, connection.id),
    listLinks(access, connection.id),
    proposedAccount(access, connection.id),
  ]);
  const mayAct = access.role === "admin";
  const admins = mayAct ? [] : await adminNames(access);
  const { productName } = branding;
  const instructions = mayAct ? exitInstructions(connection) : null;
  const explained = isExplained(connection.status, verification);
  const { customer } = connection;
  // A verification of a role that an admin rejected since says nothing of the connection, nor one from before its end.
  const panel =
    connection.roleArn && !connection.end ? (
      <VerificationPanel
        key="verification"
        customer={customer}
        connectionId={connection.id}
        externalId={connection.externalId}
        expectSetup={connection.setupPermissions === "gone" ? "gone" : "present"}
        latest={verification}
        startVerification={startVerification}
        cancelVerification={cancelVerification}
        mayStart={mayAct}
        isPrimary={explained}
        foldsPassed
        intro={{ title: "Not verified yet", text: "The role is known, but not verified yet." }}
      />
    ) : null;
  const changes = connection.end
    ? []
    : [
        <ReminderList key="reminders" reminders={reminders} />,
        <DriftSection key="drift" drifts={listDrift(access, connection.id)} />,
      ];
  return (
    <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,1fr)_24rem]">
      <div className="min-w-0 space-y-6">
        {connection.status === "paused" ? (
          <PausedPanel {...{ connection, productName, mayAct, admins, instructions, resumeConnection }} />
        ) : null}
        {connection.end ? (
          <EndPanel
            {...{ connection, productName, mayAct, admins, instructions, checkEndedAccess }}
            end={connection.end}
          />
        ) : null}
        {connection.status === "broken" ? (
          <EndedOnPurpose
            {...{ customer, productName, mayAct, admins, disconnectConnection }}
            connectionId={connection.id}
            name={connection.name}
          />
        ) : null}
        {connection.isRotating ? (
          <RotationNotice status={connection.status} href={rotationPath(customer, connection.id)} />
        ) : null}
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
            productName={productName}
            account={account}
            mayAct={mayAct}
            confirmAccount={confirmAccount}
            rejectAccount={rejectAccount}
          />
        ) : null}
        {account || explained || connection.trustHidden || connection.status === "broken" ? null : (
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
          productName={productName}
          mayAct={mayAct}
          createLink={createLink}
          revokeLink={revokeLink}
        />
      </div>
      <Section title="Details">
        <ConnectionFacts connection={connection} />
      </Section>
    </div>
  );
}
