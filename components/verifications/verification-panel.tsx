"use client";

import { ShieldCheck } from "lucide-react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import type { VerificationView } from "@/lib/verifications/schema";
import { CheckList } from "./check-list";
import { OutcomePanel } from "./outcome-panel";
import { firstFinding } from "./outcome-words";
import { useVerification } from "./use-verification";
import type { CancelVerification, StartVerification } from "./verification-actions";

interface VerificationPanelProps {
  customer: string;
  connectionId: string;
  externalId: string;
  expectSetup: "present" | "gone";
  latest: VerificationView | null;
  /** One begins as soon as the page is there. */
  begins?: boolean;
  startVerification: StartVerification;
  cancelVerification: CancelVerification;
  /** What the button says before the first verification, and after one. */
  startLabel?: string;
  againLabel?: string;
  /** What the panel says before the first verification. */
  intro: { title: string; text: string };
  /** False where the page has a more important action than starting a verification. */
  isPrimary?: boolean;
  /** Viewers see how it went; only admins start a verification. */
  mayStart?: boolean;
  /** Shows in one line the checks that passed, once it is over. */
  foldsPassed?: boolean;
}

export function VerificationPanel({
  startLabel = "Verify connection",
  againLabel = "Verify again",
  intro,
  isPrimary = true,
  mayStart = true,
  foldsPassed = false,
  externalId,
  ...options
}: VerificationPanelProps) {
  const { view, running, starting, problem, start, cancel } = useVerification(options);
  const unsatisfied = view !== null && (view.outcome !== "proven" || hasFailure(view));
  return (
    <Card className="overflow-hidden">
      {view ? (
        <OutcomePanel
          verification={view}
          externalId={externalId}
          actions={
            running ? (
              <Button onClick={cancel}>Stop</Button>
            ) : mayStart ? (
              <Button variant={isPrimary && unsatisfied ? "primary" : "secondary"} pending={starting} onClick={start}>
                {againLabel}
              </Button>
            ) : unsatisfied ? (
              <p className="text-muted">An admin of your team can repair this and verify again.</p>
            ) : null
          }
        />
      ) : (
        <Intro {...intro}>
          {mayStart ? (
            <Button variant={isPrimary ? "primary" : "secondary"} size="large" pending={starting} onClick={start}>
              {startLabel}
            </Button>
          ) : null}
        </Intro>
      )}
      {problem ? (
        <Alert tone="danger" role="alert" className="mx-5 mt-4 mb-4 sm:mx-6">
          {problem}
        </Alert>
      ) : null}
      {view && view.checks.length > 0 ? (
        <CheckList
          checks={view.checks}
          explainedAbove={firstFinding(view)}
          externalId={externalId}
          foldsPassed={foldsPassed && !running}
        />
      ) : null}
    </Card>
  );
}

function Intro({ title, text, children }: { title: string; text: string; children: React.ReactNode }) {
  return (
    <div className="flex flex-col items-center px-6 py-12 text-center">
      <ShieldCheck aria-hidden className="size-7 text-accent-ink" />
      <h2 className="mt-3 font-semibold text-base">{title}</h2>
      <p className="mt-1 mb-6 max-w-md text-balance text-muted">{text}</p>
      {children}
    </div>
  );
}

function hasFailure(view: VerificationView): boolean {
  return view.checks.some(({ status }) => status === "failed");
}
