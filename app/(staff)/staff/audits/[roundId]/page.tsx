import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { found } from "@/app/found";
import { FollowRound } from "@/components/audits/follow-round";
import { CancelRoundButton } from "@/components/audits/round-buttons";
import { RoundFindings } from "@/components/audits/round-findings";
import { RoundProgress } from "@/components/audits/round-progress";
import { roundStates, roundTitles } from "@/components/audits/round-words";
import { PageHeader } from "@/components/layout/page-header";
import { Section } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/relative-time";
import { cancelRound } from "@/lib/audits/actions";
import { listRoundFindings } from "@/lib/audits/round-findings";
import { getRound } from "@/lib/audits/rounds";
import { requireStaff } from "@/lib/auth/session";

export const metadata: Metadata = { title: "Audit run" };

export default async function RoundPage({ params }: { params: Promise<{ roundId: string }> }) {
  const access = await requireStaff();
  const { roundId } = await params;
  if (!z.uuid().safeParse(roundId).success) notFound();
  const [round, findings] = await found(Promise.all([getRound(access, roundId), listRoundFindings(access, roundId)]));
  const running = round.state === "running";
  const mayCancel = running && round.kind === "all";
  return (
    <>
      <PageHeader
        back={{ title: "Audits", href: "/staff/audits" }}
        title={roundTitles[round.kind]}
        actions={mayCancel ? <CancelRoundButton roundId={round.id} cancelRound={cancelRound} /> : undefined}
      />
      <div className="space-y-6">
        {/* Takes the focus of the button that cancelled. */}
        <div id="round" tabIndex={-1} className="outline-none">
          <Section
            title={roundStates[round.state]}
            description={
              <>
                Started <RelativeTime at={round.startedAt} />
              </>
            }
          >
            <RoundProgress round={round} />
          </Section>
        </div>
        <RoundFindings findings={findings} ended={!running} />
      </div>
      {running || round.done < round.total ? <FollowRound /> : null}
    </>
  );
}
