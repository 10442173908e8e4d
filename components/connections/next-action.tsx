import Link from "next/link";
import type { ReactNode } from "react";
import { Alert } from "@/components/ui/alert";
import type { Tone } from "@/components/ui/badge";
import { buttonStyle } from "@/components/ui/button";
import type { ConnectionSummary } from "@/lib/connections/schema";
import type { WizardStep } from "@/lib/connections/wizard";
import type { ConnectionStatus } from "@/lib/crossaccount/status";
import { setupPath } from "./paths";

interface NextStep {
  tone: Tone;
  title: string;
  text: string;
  step: WizardStep | null;
  label: string;
}

const nextSteps: Partial<Record<ConnectionStatus, NextStep>> = {
  pending: {
    tone: "info",
    title: "Setup is not finished",
    text: "Everything so far is saved. Continue where you or a colleague stopped.",
    step: null,
    label: "Continue setup",
  },
  degraded: {
    tone: "warning",
    title: "A check failed",
    text: "The connection works, but something differs from what was agreed. The checks below say what to repair.",
    step: "verify",
    label: "See what to do",
  },
  insecure: {
    tone: "danger",
    title: "This connection is not used: its role is unsafe",
    text: "Others can use the role. No credentials are issued until you repair its trust policy and verify again.",
    step: "verify",
    label: "Repair the role",
  },
};

/** What to do next about a connection, when there is something to do. */
export function NextAction({ connection, mayAct }: { connection: ConnectionSummary; mayAct: boolean }) {
  const next = nextSteps[connection.status];
  if (!next) return null;
  const href = setupPath(connection.customer, connection.id, next.step ?? connection.nextStep ?? undefined);
  return (
    <Alert tone={next.tone} title={next.title} roomy>
      <p className="max-w-prose text-ink">{next.text}</p>
      <Way mayAct={mayAct}>
        <Link href={href} className={buttonStyle({ variant: "primary" })}>
          {next.label}
        </Link>
      </Way>
    </Alert>
  );
}

function Way({ mayAct, children }: { mayAct: boolean; children: ReactNode }) {
  return <div className="mt-3 [&_a]:no-underline!">{mayAct ? children : "An admin of your team can do this."}</div>;
}
