import { classNames } from "@/components/ui/class-names";
import { CodeBlock } from "@/components/ui/code-block";
import { Disclosure } from "@/components/ui/disclosure";
import type { CheckView } from "@/lib/connections/schema";
import { checkWords, confidenceWords } from "./check-words";

/** One check of a verification: how it went, and for what needs attention why and what to do. */
export function CheckItem({ check }: { check: CheckView }) {
  const { word, icon: Icon, ink } = checkWords[check.status];
  const needsAttention = check.status === "failed" || check.status === "warning";
  return (
    <li className="px-5 py-3.5 sm:px-6">
      <div className="flex items-start gap-3">
        <Icon
          aria-hidden
          className={classNames(
            "mt-0.5 size-4 shrink-0",
            ink,
            check.status === "running" && "animate-spin motion-reduce:animate-none",
            check.status === "waiting" && "animate-breathe",
          )}
        />
        <div className="min-w-0 flex-1">
          <div className="flex items-start justify-between gap-4">
            <p className="font-medium">{check.title}</p>
            <p className={classNames("shrink-0 font-medium text-[13px] leading-5", ink)}>{word}</p>
          </div>
          {check.cause ? (
            <p className="mt-1 max-w-prose text-muted">
              {check.confidence ? <span className="text-ink">{confidenceWords[check.confidence]} cause: </span> : null}
              {check.cause}
            </p>
          ) : null}
          {check.remedy ? (
            <p className="mt-1 max-w-prose">
              <span className="font-medium">What to do: </span>
              {check.remedy}
            </p>
          ) : null}
          <CheckEvidence check={check} open={needsAttention} />
        </div>
      </div>
    </li>
  );
}

function CheckEvidence({ check, open }: { check: CheckView; open: boolean }) {
  if (check.evidence.length === 0) return null;
  return (
    <Disclosure summary="Evidence" open={open} className="mt-1.5 text-[13px]">
      <dl className="space-y-2.5">
        {check.evidence.map(({ label, value, format }) => (
          <div key={`${label}: ${value}`}>
            <dt className="text-muted">{label}</dt>
            <dd className="mt-0.5 break-words [overflow-wrap:anywhere]">
              {format === "code" ? <CodeBlock what={label} code={value} className="mt-1.5" /> : value}
            </dd>
          </div>
        ))}
      </dl>
    </Disclosure>
  );
}
