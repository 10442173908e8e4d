import { DescriptionList } from "@/components/ui/description-list";
import type { RoundView } from "@/lib/audits/schema";
import { countWords, timeLeft } from "./round-words";

/** How far a round is: a bar, counts by outcome, and the time left while it runs. */
export function RoundProgress({ round }: { round: RoundView }) {
  const { total, admitting, done, counts } = round;
  const percent = total === 0 ? 100 : Math.floor((done / total) * 100);
  const items = (Object.keys(countWords) as (keyof typeof countWords)[])
    .filter((name) => counts[name] > 0)
    .map((name) => ({ term: countWords[name], value: counts[name].toLocaleString("en-US") }));
  return (
    <div className="space-y-5">
      <div>
        <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
          <p className="font-medium tabular-nums">
            {done.toLocaleString("en-US")} of {total.toLocaleString("en-US")}
            {admitting ? "+" : ""} done
          </p>
          <p className="text-muted">{remainder(round)}</p>
        </div>
        <div
          role="progressbar"
          aria-label="Progress of the audit run"
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={percent}
          className="mt-2 h-2 overflow-hidden rounded-full bg-sunken"
        >
          <div className="h-full rounded-full bg-accent" style={{ width: `${percent}%` }} />
        </div>
      </div>
      {items.length > 0 ? <DescriptionList items={items} /> : null}
    </div>
  );
}

function remainder({ state, secondsLeft, done, total, admitting }: RoundView): string | null {
  if (admitting) return "More connections are joining";
  if (done >= total) return null;
  return state === "running" ? timeLeft(secondsLeft) : "Finishing what had started";
}
