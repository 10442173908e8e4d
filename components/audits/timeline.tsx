import {
  CircleCheck,
  CircleDashed,
  CircleX,
  KeyRound,
  type LucideIcon,
  Plus,
  ShieldAlert,
  TriangleAlert,
} from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { CustomerStatusBadge } from "@/components/connections/customer-status-badge";
import { StatusBadge } from "@/components/connections/status-badge";
import { buttonStyle } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { classNames } from "@/components/ui/class-names";
import { RelativeTime } from "@/components/ui/relative-time";
import { CheckList } from "@/components/verifications/check-list";
import type { HistoryView, RunView } from "@/lib/audits/schema";
import type { VerificationView } from "@/lib/verifications/schema";
import { DriftItem } from "./drift-list";
import { driftWords } from "./drift-words";
import { rotationWords } from "./rotation-words";
import { type TimelineEvent, timelineEvents } from "./timeline-events";

interface TimelineProps {
  history: HistoryView;
  createdAt: Date;
  /** Address of the page; a run in it is opened by its ID. */
  path: string;
  /** What is shown came before this time; the latest without. */
  before?: Date | undefined;
  /** The run that is open. */
  opened: VerificationView | null;
  /** Is filled into statements; staff do not see it. */
  externalId?: string;
  /** In the eight words of staff. */
  forStaff?: boolean;
}

/** Everything that happened to a connection, newest first; a run opens to what it found then, also after the repair. */
export function Timeline({ history, createdAt, ...rest }: TimelineProps) {
  return (
    <>
      {history.nextAuditAt && !rest.before ? (
        <p className="mb-4 text-muted">
          The next audit is due <RelativeTime at={history.nextAuditAt} />.
        </p>
      ) : null}
      <Card className="overflow-hidden">
        <ol aria-label="History" className="divide-y divide-line">
          {timelineEvents(history, createdAt).map((event) => (
            <li key={keyOf(event)}>
              <Row event={event} {...rest} />
            </li>
          ))}
        </ol>
      </Card>
      {history.olderBefore || rest.before ? (
        <nav aria-label="Pages of the history" className="mt-4 flex justify-between gap-3">
          {rest.before ? (
            <Link href={rest.path} prefetch={false} className={buttonStyle({ size: "small" })}>
              Latest
            </Link>
          ) : (
            <span />
          )}
          {history.olderBefore ? (
            <Link
              href={address(rest.path, history.olderBefore)}
              prefetch={false}
              className={buttonStyle({ size: "small" })}
            >
              Older
            </Link>
          ) : null}
        </nav>
      ) : null}
    </>
  );
}

function address(path: string, before: Date | undefined, run?: string): string {
  const query = new URLSearchParams({ ...(before && { before: before.toISOString() }), ...(run && { run }) });
  return query.size > 0 ? `${path}?${query}` : path;
}

function keyOf(event: TimelineEvent): string {
  switch (event.kind) {
    case "run":
    case "quiet":
      return event.run.id;
    case "drift":
      return event.drift.id;
    default:
      return `${event.kind} ${event.at.toISOString()}`;
  }
}

type RowProps = Omit<TimelineProps, "history" | "createdAt"> & { event: TimelineEvent };

function Row({ event, path, before, opened, externalId, forStaff }: RowProps) {
  const Status = forStaff ? StatusBadge : CustomerStatusBadge;
  switch (event.kind) {
    case "created":
      return <Line icon={Plus} title="Created" at={event.at} />;
    case "change":
      return (
        <Line icon={CircleDashed} title={<Status status={event.change.to} />} at={event.at}>
          {event.change.cause}
        </Line>
      );
    case "rotation":
      return (
        <Line icon={KeyRound} title={rotationWords[event.what].title} at={event.at}>
          {rotationWords[event.what].text}
        </Line>
      );
    case "quiet":
      return (
        <Line icon={CircleCheck} ink="text-success" title={quietWords(event.count)} at={event.at}>
          {event.count > 1 ? (
            <>
              The first of them <RelativeTime at={event.since} />.
            </>
          ) : null}
        </Line>
      );
    case "drift":
      return (
        <details className="group/row">
          <summary className="list-none hover:bg-hover/60 focus-visible:-outline-offset-2">
            <Line
              icon={TriangleAlert}
              ink="text-warning"
              title={driftWords[event.drift.kind].title}
              at={event.at}
              opens
            />
          </summary>
          <div className="border-line border-t px-5 py-4 sm:px-6">
            <DriftItem drift={event.drift} />
          </div>
        </details>
      );
    case "run": {
      const { run, change } = event;
      const isOpen = opened?.id === run.id;
      const { words, icon, ink } = runWords(run);
      return (
        <>
          <Link
            href={address(path, before, isOpen ? undefined : run.id)}
            scroll={false}
            prefetch={false}
            aria-expanded={isOpen}
            className="group/row block hover:bg-hover/60 focus-visible:-outline-offset-2"
          >
            <Line
              icon={icon}
              ink={ink}
              title={
                <>
                  {run.byAudit ? "Audit" : "Verification"}: {words}
                  {change ? (
                    <>
                      {" "}
                      <Status status={change.to} />
                    </>
                  ) : null}
                </>
              }
              at={event.at}
              opens
              isOpen={isOpen}
            >
              {change?.cause}
            </Line>
          </Link>
          {isOpen && opened ? (
            <div className="border-line border-t bg-sunken/40">
              <CheckList checks={opened.checks} externalId={externalId} foldsPassed />
            </div>
          ) : null}
        </>
      );
    }
  }
}

interface LineProps {
  icon: LucideIcon;
  ink?: string;
  title: ReactNode;
  at: Date;
  opens?: boolean;
  isOpen?: boolean;
  children?: ReactNode;
}

function Line({ icon: Icon, ink = "text-muted", title, at, opens = false, isOpen = false, children }: LineProps) {
  return (
    <span className="flex items-start gap-3 px-5 py-3 sm:px-6">
      <Icon aria-hidden className={classNames("mt-0.5 size-4 shrink-0", ink)} />
      <span className="flex min-w-0 flex-1 flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <span className="min-w-0 break-words font-medium">{title}</span>
        <span className="text-[13px] text-muted">
          <RelativeTime at={at} />
        </span>
        {children ? <span className="block w-full text-muted">{children}</span> : null}
      </span>
      <span
        aria-hidden
        className={classNames(
          "glyph mt-0.5 text-muted",
          opens && "glyph-chevron transition-transform group-open/row:rotate-90",
          !opens && "invisible",
          isOpen && "rotate-90",
        )}
      />
    </span>
  );
}

function quietWords(count: number): string {
  return count === 1 ? "Audit: all checks passed" : `${count} audits: all checks passed`;
}

function runWords({ state, outcome, failed, warned }: RunView): { words: string; icon: LucideIcon; ink?: string } {
  if (state === "running") return { words: "running", icon: CircleDashed, ink: "text-info" };
  if (state === "abandoned") return { words: "stopped before it had an answer", icon: CircleDashed };
  switch (outcome) {
    case "insecure":
      return { words: "others can use the role", icon: ShieldAlert, ink: "text-danger" };
    case "failed":
      return { words: "the role could not be used", icon: CircleX, ink: "text-danger" };
    case "proven":
      if (failed > 0) return { words: `${checks(failed)} failed`, icon: TriangleAlert, ink: "text-warning" };
      if (warned > 0) return { words: `passed, with ${warned} to look at`, icon: CircleCheck, ink: "text-success" };
      return { words: "all checks passed", icon: CircleCheck, ink: "text-success" };
    default:
      return { words: "AWS gave no clear answer", icon: CircleDashed };
  }
}

function checks(count: number): string {
  return `${count} ${count === 1 ? "check" : "checks"}`;
}
