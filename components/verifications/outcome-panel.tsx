import { CircleCheck, CircleX, Hourglass, type LucideIcon, Minus, ShieldAlert, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import type { Tone } from "@/components/ui/badge";
import { classNames } from "@/components/ui/class-names";
import { RelativeTime } from "@/components/ui/relative-time";
import { Spinner } from "@/components/ui/spinner";
import type { VerificationView } from "@/lib/verifications/schema";
import { confidenceWords } from "./check-words";
import { firstFinding, outcomeWords } from "./outcome-words";
import { RemedyWays } from "./remedy-ways";

const timeWords: Record<VerificationView["state"], string> = {
  running: "Started",
  finished: "Checked",
  abandoned: "Stopped",
};

const boxes: Record<Tone, string> = {
  neutral: "bg-sunken",
  info: "bg-info-soft",
  success: "bg-success-soft",
  warning: "bg-warning-soft",
  danger: "bg-danger-soft",
};

const inks: Record<Tone, string> = {
  neutral: "text-muted",
  info: "text-info",
  success: "text-success",
  warning: "text-warning",
  danger: "text-danger",
};

interface OutcomePanelProps {
  verification: VerificationView;
  actions?: ReactNode;
  /** Is filled into commands; staff do not see it. */
  externalId?: string | undefined;
}

/** The head of a verification: its outcome, and for a failure the cause, how sure that is, and one next action. */
export function OutcomePanel({ verification, actions, externalId }: OutcomePanelProps) {
  const { tone, title, text } = outcomeWords(verification);
  const finding = firstFinding(verification);
  return (
    <div
      className={classNames(
        "min-h-28 border-line border-b px-5 py-5 sm:px-6",
        boxes[tone],
        verification.outcome === "insecure" && "shadow-[inset_5px_0_0_var(--danger-fill)]",
      )}
    >
      <div className="flex items-start gap-3.5">
        <span className={classNames("mt-0.5 [&_svg]:size-5", inks[tone])}>
          <OutcomeIcon verification={verification} />
        </span>
        <div className="min-w-0 flex-1">
          <div role="status">
            <h2 className={classNames("font-semibold text-base", tone === "neutral" ? "text-ink" : inks[tone])}>
              {title}
            </h2>
            <p className="mt-1 max-w-prose">{text}</p>
          </div>
          <p className="mt-1 text-[13px] text-muted">
            {timeWords[verification.state]} <RelativeTime at={verification.finishedAt ?? verification.startedAt} />
          </p>
          {finding?.cause || finding?.remedy ? (
            <dl className="mt-4 grid max-w-prose gap-3 border-line border-t pt-4">
              {finding.cause ? (
                <div>
                  <dt className="font-medium text-[13px] text-muted">
                    Cause{finding.confidence ? ` · ${confidenceWords[finding.confidence]}` : ""}
                  </dt>
                  <dd className="mt-0.5">{finding.cause}</dd>
                </div>
              ) : null}
              {finding.remedy ? (
                <div>
                  <dt className="font-medium text-[13px] text-muted">Next</dt>
                  <dd className="mt-0.5 space-y-3">
                    <p>{finding.remedy}</p>
                    <RemedyWays ways={finding.ways} externalId={externalId} />
                  </dd>
                </div>
              ) : null}
            </dl>
          ) : null}
          {actions ? <div className="mt-4 flex flex-wrap gap-2">{actions}</div> : null}
        </div>
      </div>
    </div>
  );
}

const icons: Record<Tone, LucideIcon> = {
  neutral: Minus,
  info: Hourglass,
  success: CircleCheck,
  warning: TriangleAlert,
  danger: CircleX,
};

function OutcomeIcon({ verification }: { verification: VerificationView }) {
  if (verification.state === "running" && !verification.waitingFor) return <Spinner />;
  const Icon = verification.outcome === "insecure" ? ShieldAlert : icons[outcomeWords(verification).tone];
  return <Icon aria-hidden className={verification.state === "running" ? "animate-breathe" : undefined} />;
}
