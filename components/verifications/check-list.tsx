import type { CheckView } from "@/lib/verifications/schema";
import { CheckItem } from "./check-item";

interface CheckListProps {
  checks: readonly CheckView[];
  /** The check whose cause and remedy the outcome above the list shows. */
  explainedAbove?: CheckView | undefined;
  externalId?: string | undefined;
}

export function CheckList({ checks, explainedAbove, externalId }: CheckListProps) {
  return (
    <ul aria-label="Checks" className="divide-y divide-line">
      {checks.map((check) => (
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
