import { RelativeTime } from "@/components/ui/relative-time";
import type { UsesOfWeek } from "@/lib/access-log/schema";
import type { CustomerHome } from "@/lib/connections/schema";
import type { CustomerStatus } from "@/lib/crossaccount/status";

const words: readonly (readonly [CustomerStatus, string])[] = [
  ["working", "working"],
  ["blocked", "blocked"],
  ["unfinished", "unfinished"],
  ["paused", "paused"],
  ["ended", "ended"],
];

interface HomeSummaryProps {
  productName: string;
  home: Pick<CustomerHome, "counts" | "total">;
  uses: UsesOfWeek;
}

/** How many accounts there are and how they are, and how much they were used. */
export function HomeSummary({ productName, home: { counts, total }, uses }: HomeSummaryProps) {
  const parts = words.flatMap(([status, word]) =>
    counts[status] > 0 ? [`${counts[status].toLocaleString("en")} ${word}`] : [],
  );
  return (
    <div className="mb-3 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
      <p>
        <span className="font-medium">
          {total.toLocaleString("en")} {total === 1 ? "account" : "accounts"}
        </span>
        <span className="text-muted"> · {parts.join(" · ")}</span>
      </p>
      <p className="text-[13px] text-muted">
        {uses.lastAt ? (
          <>
            {productName} used them {times(uses)} in the last 7 days, last <RelativeTime at={uses.lastAt} />
          </>
        ) : (
          `${productName} did not use them in the last 7 days`
        )}
      </p>
    </div>
  );
}

function times({ total, isMore }: UsesOfWeek): string {
  if (isMore) return `more than ${total.toLocaleString("en")} times`;
  return `${total.toLocaleString("en")} ${total === 1 ? "time" : "times"}`;
}
