import { CalendarClock } from "lucide-react";
import type { Metadata } from "next";
import { StartRoundButton } from "@/components/audits/round-buttons";
import { RoundList } from "@/components/audits/round-list";
import { SetAsideJobs } from "@/components/audits/set-aside-jobs";
import { StaffReminders } from "@/components/audits/staff-reminders";
import { PageHeader } from "@/components/layout/page-header";
import { EmptyState } from "@/components/ui/empty-state";
import { startRound } from "@/lib/audits/actions";
import { listAllReminders } from "@/lib/audits/reminder-queries";
import { listRounds } from "@/lib/audits/rounds";
import { requireStaff } from "@/lib/auth/session";
import { listSetAside } from "@/lib/jobs/set-aside-queries";

export const metadata: Metadata = { title: "Audits" };

export default async function AuditsPage() {
  const access = await requireStaff();
  const [rounds, reminders, setAside] = await Promise.all([
    listRounds(access),
    listAllReminders(access),
    listSetAside(access),
  ]);
  return (
    <>
      <PageHeader
        title="Audits"
        description="Every verified connection is audited automatically. You can also start an audit run for all of them."
        actions={<StartRoundButton startRound={startRound} />}
      />
      <div className="space-y-6">
        <SetAsideJobs setAside={setAside} />
        {rounds.length > 0 ? (
          <RoundList rounds={rounds} />
        ) : (
          <EmptyState icon={CalendarClock} title="No audit has run yet">
            Audits start automatically once a connection is verified.
          </EmptyState>
        )}
        <StaffReminders reminders={reminders} />
      </div>
    </>
  );
}
