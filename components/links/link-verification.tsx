"use client";

import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { useAction } from "@/components/ui/use-action";
import { CheckList } from "@/components/verifications/check-list";
import { OutcomePanel } from "@/components/verifications/outcome-panel";
import { firstFinding } from "@/components/verifications/outcome-words";
import type { VerificationView } from "@/lib/verifications/schema";
import type { LinkActions } from "./actions";

interface LinkVerificationProps {
  token: string;
  verification: VerificationView | null;
  externalId: string;
  /** What the button says. */
  label: string;
  verifyByLink: LinkActions["verifyByLink"];
  refresh: () => Promise<void>;
}

/** A verification as the page of a link follows it. */
export function LinkVerification({
  token,
  verification,
  externalId,
  label,
  verifyByLink,
  refresh,
}: LinkVerificationProps) {
  const { pending, problem, run } = useAction(() => verifyByLink({ token }));
  const button =
    verification?.state === "running" ? null : (
      <Button variant="primary" pending={pending} onClick={() => run(() => void refresh())}>
        {label}
      </Button>
    );
  return (
    <Card className="overflow-hidden">
      {verification ? (
        <OutcomePanel verification={verification} externalId={externalId} actions={button} />
      ) : (
        <div className="p-5 sm:p-6">
          <p className="mb-4 text-muted">The role is known, and not verified yet. Verifying changes nothing in AWS.</p>
          {button}
        </div>
      )}
      {problem ? (
        <Alert tone="danger" role="alert" className="mx-5 mt-4 mb-4 sm:mx-6">
          {problem}
        </Alert>
      ) : null}
      {verification && verification.checks.length > 0 ? (
        <CheckList checks={verification.checks} explainedAbove={firstFinding(verification)} externalId={externalId} />
      ) : null}
    </Card>
  );
}
