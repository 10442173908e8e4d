import { CodeBlock } from "@/components/ui/code-block";
import { RelativeTime } from "@/components/ui/relative-time";
import type { DriftView } from "@/lib/audits/schema";
import { driftWords } from "./drift-words";

/** Changes of the role, each with how it was before and is now, since when, and what to do. */
export function DriftList({ drifts }: { drifts: readonly DriftView[] }) {
  return (
    <ul className="divide-y divide-line">
      {drifts.map((drift) => (
        <li key={drift.id} className="py-5 first:pt-0 last:pb-0">
          <DriftItem drift={drift} />
        </li>
      ))}
    </ul>
  );
}

export function DriftItem({ drift }: { drift: DriftView }) {
  const { kind, before, after, notSeenAt, firstSeenAt, endedAt } = drift;
  const words = driftWords[kind];
  return (
    <div className="space-y-3">
      <div className="space-y-1">
        <h3 className="font-medium">{words.title}</h3>
        <p className="text-[13px] text-muted">
          First seen <RelativeTime at={firstSeenAt} />; not there yet <RelativeTime at={notSeenAt} />
          {endedAt ? (
            <>
              ; ended <RelativeTime at={endedAt} />
            </>
          ) : null}
        </p>
      </div>
      <dl className="grid grid-cols-1 gap-4 xl:grid-cols-2">
        <Side label={words.before} text={before} />
        <Side label={words.after} text={after} />
      </dl>
      {endedAt ? null : (
        <p className="max-w-prose">
          <span className="text-muted">Next: </span>
          {words.remedy}
        </p>
      )}
    </div>
  );
}

function Side({ label, text }: { label: string; text: string | null }) {
  return (
    <div className="min-w-0">
      <dt className="text-[13px] text-muted">{label}</dt>
      <dd className="mt-1.5">
        {text === null ? <p className="text-muted">None</p> : <CodeBlock what={label} code={text} />}
      </dd>
    </div>
  );
}
