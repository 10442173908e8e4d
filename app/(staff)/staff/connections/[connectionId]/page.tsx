import { CircleDashed } from "lucide-react";
import type { Metadata } from "next";
import { found } from "@/app/found";
import { ConnectionUsage } from "@/components/access-log/connection-usage";
import { DriftSection } from "@/components/audits/drift-section";
import { ReminderList } from "@/components/audits/reminder-list";
import { ActionButton } from "@/components/connections/action-button";
import { ConnectionFacts } from "@/components/connections/connection-facts";
import { ConnectionHistory } from "@/components/connections/connection-history";
import { StaffExits } from "@/components/connections/staff-exits";
import { StatusBadge } from "@/components/connections/status-badge";
import { statusWords } from "@/components/connections/status-words";
import { PageHeader } from "@/components/layout/page-header";
import { StaffLinks } from "@/components/links/staff-links";
import { RotationNotice } from "@/components/rotation/rotation-notice";
import { Card, Section } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { TextLink } from "@/components/ui/text-link";
import { CheckList } from "@/components/verifications/check-list";
import { OutcomePanel } from "@/components/verifications/outcome-panel";
import { firstFinding, isExplained } from "@/components/verifications/outcome-words";
import { accessLogUsageForStaff } from "@/lib/access-log/staff-queries";
import { listDriftForStaff } from "@/lib/audits/queries";
import { listRemindersForStaff } from "@/lib/audits/reminder-queries";
import { requireStaff } from "@/lib/auth/session";
import { branding } from "@/lib/branding";
import { pauseConnectionForStaff, resumeConnectionForStaff } from "@/lib/connections/actions";
import { getConnectionForStaff } from "@/lib/connections/staff-queries";
import { createLinkForStaff, revokeLinkForStaff } from "@/lib/links/actions";
import { listLinksForStaff } from "@/lib/links/queries";
import { purposeFor } from "@/lib/links/state";

export const metadata: Metadata = { title: "Connection" };

export default async function StaffConnectionPage({ params }: { params: Promise<{ connectionId: string }> }) {
  const access = await requireStaff();
  const { connectionId } = await params;
  const { verification, ...connection } = await found(getConnectionForStaff(access, connectionId));
  const [reminders, links] = await Promise.all([
    listRemindersForStaff(access, connection.id),
    listLinksForStaff(access, connection.id),
  ]);
  const panel = connection.end ? null : verification ? (
    <Card key="verification" className="overflow-hidden">
      <OutcomePanel verification={verification} />
      <CheckList checks={verification.checks} explainedAbove={firstFinding(verification)} />
    </Card>
  ) : (
    <EmptyState key="verification" icon={CircleDashed} title="Not verified yet">
      The customer has not reached this step.
    </EmptyState>
  );
  const isHeld = connection.holds.some(({ by }) => by === "staff");
  const hold = connection.end ? null : (
    <ActionButton
      key={isHeld ? "resume" : "pause"}
      action={isHeld ? resumeConnectionForStaff : pauseConnectionForStaff}
      input={{ connectionId: connection.id }}
      done={isHeld ? "Your pause has ended." : "The connection is paused."}
    >
      {isHeld ? (connection.holds.length > 1 ? "End your pause" : "Resume") : "Pause"}
    </ActionButton>
  );
  const changes = connection.end
    ? []
    : [
        <ReminderList key="reminders" reminders={reminders} />,
        <DriftSection key="drift" drifts={listDriftForStaff(access, connection.id)} />,
      ];
  return (
    <>
      <PageHeader
        back={{ title: "Connections", href: "/staff" }}
        title={connection.name}
        badge={<StatusBadge status={connection.status} />}
        description={`${connection.customerName} · ${statusWords[connection.status].meaning}`}
        actions={hold}
      />
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="min-w-0 space-y-6">
          <StaffExits connection={connection} productName={branding.productName} />
          {connection.isRotating ? <RotationNotice status={connection.status} /> : null}
          {isExplained(connection.status, verification) ? [panel, ...changes] : [...changes, panel]}
          {connection.roleArn ? (
            <ConnectionUsage
              usage={accessLogUsageForStaff(access, connection.id)}
              logAddress={`/staff/access-log?connection=${connection.id}`}
            />
          ) : null}
          <StaffLinks
            connectionId={connection.id}
            links={links}
            purpose={connection.accountProposedAt ? null : purposeFor(connection)}
            productName={branding.productName}
            createLink={createLinkForStaff}
            revokeLink={revokeLinkForStaff}
          />
        </div>
        <div className="min-w-0 space-y-6">
          <Section title="Details">
            <ConnectionFacts connection={connection} />
          </Section>
          <Section
            title="History"
            actions={<TextLink href={`/staff/connections/${connection.id}/history`}>View all</TextLink>}
          >
            <ConnectionHistory history={connection.history} createdAt={connection.createdAt} />
          </Section>
        </div>
      </div>
    </>
  );
}
