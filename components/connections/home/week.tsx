import { usesWords } from "./uses-words";

/** Seven days as bars, for who sees them; the number beside them is for everyone. */
export function Week({ days }: { days: readonly number[] }) {
  const total = days.reduce((sum, uses) => sum + uses, 0);
  const most = Math.max(1, ...days);
  const bars = days.map((uses, day) => `M${day * 5 + 2} 14v-${Math.max(1, Math.round((uses / most) * 13))}`).join("");
  return (
    <span className="inline-flex items-end gap-1.5 whitespace-nowrap" title="On each of the last 7 days, UTC">
      {total > 0 ? (
        <svg aria-hidden="true" viewBox="0 0 34 14" className="h-3.5 w-8.5 text-accent-ink">
          <path d={bars} stroke="currentColor" strokeWidth="3" />
        </svg>
      ) : null}
      {usesWords(total)}
    </span>
  );
}
