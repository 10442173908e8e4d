import { ChevronLeft } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { changesPath, connectionPath, connectionsPath, setupPath } from "@/components/connections/paths";
import { FollowChanges } from "@/components/ui/follow-changes";
import type { ConnectionDetail } from "@/lib/connections/schema";
import type { WizardStep } from "@/lib/connections/wizard";
import { GoOn } from "./go-on";
import { goalOf, wizardProgress } from "./wizard-progress";
import { WizardStepper } from "./wizard-stepper";

interface WizardFrameProps {
  customer: string;
  /** Null while the connection is only being named. */
  connection: ConnectionDetail | null;
  /** Of the connection as it is shown. */
  mark?: string;
  step: WizardStep;
  title: string;
  description: ReactNode;
  children: ReactNode;
}

export function WizardFrame({ customer, connection, mark, step, title, description, children }: WizardFrameProps) {
  const back = connection
    ? { title: connection.name, href: connectionPath(customer, connection.id) }
    : { title: "Connections", href: connectionsPath(customer) };
  return (
    <div className="grid grid-cols-1 gap-x-12 gap-y-6 lg:grid-cols-[13.5rem_minmax(0,46rem)]">
      <aside className="space-y-5 lg:sticky lg:top-8 lg:self-start">
        <Link
          href={back.href}
          className="-ml-1 inline-flex max-w-full items-center gap-1 rounded-sm text-muted hover:text-ink"
        >
          <ChevronLeft aria-hidden className="size-4 shrink-0" />
          <span className="truncate">{back.title}</span>
        </Link>
        <WizardStepper
          steps={wizardProgress(connection)}
          current={step}
          hrefOf={(other) => (connection ? setupPath(customer, connection.id, other) : null)}
        />
      </aside>
      <div className="min-w-0">
        <h1 className="font-semibold text-2xl tracking-tight">{title}</h1>
        <div className="mt-1.5 mb-7 max-w-prose text-[15px] text-muted leading-relaxed">{description}</div>
        <div className="space-y-6">{children}</div>
      </div>
      {connection && mark ? (
        <>
          <FollowChanges address={changesPath(customer, connection.id)} mark={mark} />
          <GoOn customer={customer} connectionId={connection.id} step={step} next={goalOf(connection) ?? step} />
        </>
      ) : null}
    </div>
  );
}
