import { ShareBar } from "@/components/charts/share-bar";
import type { AccessLogUsage } from "@/lib/access-log/schema";
import { outcomeSeries } from "./outcome-words";
import { countWords } from "./usage-words";

/** What the connection was used for most, each with its outcomes. */
export function PurposeRanking({ purposes }: { purposes: AccessLogUsage["purposes"] }) {
  if (purposes.length === 0) return null;
  const most = Math.max(...purposes.map(({ allowed, refused, error }) => allowed + refused + error));
  return (
    <div>
      <h3 className="font-medium text-[13px]">What for</h3>
      <ul className="mt-2 space-y-3">
        {purposes.map(({ purpose, ...counts }) => (
          <li key={purpose} className="space-y-1">
            <div className="flex flex-wrap items-baseline justify-between gap-x-4">
              <span className="min-w-0 break-words">{purpose}</span>
              <span className="text-[13px] text-muted tabular-nums">{countWords(counts)}</span>
            </div>
            <ShareBar series={outcomeSeries} values={counts} of={most} />
          </li>
        ))}
      </ul>
    </div>
  );
}
