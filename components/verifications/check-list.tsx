import { CircleCheck } from "lucide-react";
import type { CheckView } from "@/lib/verifications/schema";
import { CheckItem } from "./check-item";

interface CheckListProps {
  checks: readonly CheckView[];
  /** The check whose cause and remedy the outcome above the list shows. */
  explainedAbove?: CheckView | undefined;
  externalId?: string | undefined;
  /** Shows in one line those that passed, and the others in the order of their harm. */
  foldsPassed?: boolean;
}

interface ChecksProps {
  label: string;
  shown: readonly CheckView[];
}

export function CheckList({ foldsPassed = false, ...props }: CheckListProps) {
  const { checks } = props;
  if (!foldsPassed) return <Checks {...props} label="Checks" shown={checks} />;
  const passed = checks.filter(({ status }) => status === "passed");
  const others = checks
    .filter(({ status }) => status !== "passed")
    .toSorted((one, other) => (one.gravity ?? Number.MAX_VALUE) - (other.gravity ?? Number.MAX_VALUE));
  return (
    <div className="divide-y divide-line">
      {others.length > 0 ? <Checks {...props} label="Checks" shown={others} /> : null}
      {passed.length > 0 ? (
        <details className="group/passed">
          <summary className="flex list-none items-center gap-3 px-5 py-3 hover:bg-hover/60 focus-visible:-outline-offset-2 sm:px-6">
            <CircleCheck aria-hidden className="size-4 shrink-0 text-success" />
            <span className="min-w-0 flex-1">
              {passed.length} of {checks.length} passed
            </span>
            <span
              aria-hidden
              className="glyph glyph-chevron text-muted transition-transform group-open/passed:rotate-90"
            />
          </summary>
          <div className="border-line border-t">
            <Checks {...props} label="Checks that passed" shown={passed} />
          </div>
        </details>
      ) : null}
    </div>
  );
}

function Checks({ label, shown, checks, explainedAbove, externalId }: CheckListProps & ChecksProps) {
  return (
    <ul aria-label={label} className="divide-y divide-line">
      {shown.map((check) => (
        <CheckItem
          key={check.id}
          check={check}
          explainedElsewhere={check.id === explainedAbove?.id}
          sameCauseAs={checks.find(({ id }) => id === check.toldBy)?.title}
          folded={explainedAbove !== undefined && check.id !== explainedAbove.id}
          externalId={externalId}
        />
      ))}
    </ul>
  );
}
