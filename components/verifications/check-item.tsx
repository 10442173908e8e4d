import { classNames } from "@/components/ui/class-names";
import { CodeBlock } from "@/components/ui/code-block";
import { Disclosure } from "@/components/ui/disclosure";
import { exactTime } from "@/components/ui/time-words";
import type { CheckView } from "@/lib/verifications/schema";
import { checkWords, confidenceWords, withExternalId } from "./check-words";
import { RemedyWays } from "./remedy-ways";

interface CheckItemProps {
  check: CheckView;
  /** Its cause and remedy stand elsewhere on the page already. */
  explainedElsewhere: boolean;
  /** Title of the check that tells the same cause. */
  sameCauseAs?: string | undefined;
  /** Another finding comes first. */
  folded: boolean;
  /** Is filled into statements; staff do not see it. */
  externalId?: string | undefined;
}

const row = "flex items-start gap-3 px-5 py-3 sm:px-6";

/** One check of a verification: how it went, and for what needs attention why and what to do. */
export function CheckItem({ check, explainedElsewhere, sameCauseAs, folded, externalId }: CheckItemProps) {
  const explained = !explainedElsewhere && Boolean(check.cause ?? check.remedy);
  const needsAttention = check.status === "failed" || check.status === "warning";
  if (!explained && check.evidence.length === 0) {
    return (
      <li className={row}>
        <CheckLine check={check} />
        <span className="size-4 shrink-0" />
      </li>
    );
  }
  return (
    <li>
      <details open={needsAttention && !folded} className="group/check">
        <summary className={classNames(row, "list-none hover:bg-hover/60 focus-visible:-outline-offset-2")}>
          <CheckLine check={check} />
          <span
            aria-hidden
            className="glyph glyph-chevron mt-0.5 text-muted transition-transform group-open/check:rotate-90"
          />
        </summary>
        <div className="space-y-3 px-5 pb-4 pl-12 sm:px-6 sm:pl-13">
          {explained && sameCauseAs ? <p>The same cause as “{sameCauseAs}”.</p> : null}
          {explained && !sameCauseAs ? <Explanation check={check} externalId={externalId} /> : null}
          <Evidence check={check} externalId={externalId} />
        </div>
      </details>
    </li>
  );
}

function CheckLine({ check }: { check: CheckView }) {
  const { word, icon: Icon, ink } = checkWords[check.status];
  return (
    <>
      <Icon
        className={classNames(
          "mt-0.5 size-4 shrink-0",
          ink,
          check.status === "running" && "animate-spin motion-reduce:animate-none",
          check.status === "waiting" && "animate-breathe",
        )}
      />
      <span className="min-w-0 flex-1">{check.title}</span>
      <span className={classNames("shrink-0 font-medium text-[13px] leading-5", ink)}>{word}</span>
    </>
  );
}

function Explanation({ check, externalId }: Pick<CheckItemProps, "check" | "externalId">) {
  return (
    <div className="max-w-prose space-y-2">
      {check.cause ? (
        <p>
          {check.confidence ? <span className="text-muted">{confidenceWords[check.confidence]} cause: </span> : null}
          {check.cause}
        </p>
      ) : null}
      {check.remedy ? (
        <p>
          <span className="text-muted">Next: </span>
          {check.remedy}
        </p>
      ) : null}
      <RemedyWays ways={check.ways} externalId={externalId} />
    </div>
  );
}

const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

function Evidence({ check, externalId }: Pick<CheckItemProps, "check" | "externalId">) {
  const folded = check.evidence.filter(({ format }) => format === "code").length > 1;
  return (
    <dl className="space-y-2.5 text-[13px]">
      {check.evidence.map((fact, position) => (
        // Facts repeat, and their order does not change.
        // biome-ignore lint/suspicious/noArrayIndexKey: nothing else tells equal facts apart
        <div key={position}>
          <dt className={folded && fact.format === "code" ? "sr-only" : "text-muted"}>{fact.label}</dt>
          <dd className="mt-0.5 break-words [overflow-wrap:anywhere]">
            <FactValue fact={fact} folded={folded} externalId={externalId} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

interface FactValueProps extends Pick<CheckItemProps, "externalId"> {
  fact: CheckView["evidence"][number];
  folded: boolean;
}

/** Several statements would bury the checks below them, so each is folded then. */
function FactValue({ fact: { label, value, format }, folded, externalId }: FactValueProps) {
  if (format !== "code") {
    return isTime.test(value) ? <time dateTime={value}>{exactTime(new Date(value))}</time> : value;
  }
  const code = withExternalId(value, externalId);
  if (!folded) return <CodeBlock what={label} code={code} className="mt-1.5" />;
  return (
    <Disclosure summary={label}>
      <CodeBlock what={label} code={code} />
    </Disclosure>
  );
}
