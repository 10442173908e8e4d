import Link from "next/link";
import { buttonStyle } from "@/components/ui/button";
import type { AccessLogFilter } from "@/lib/access-log/schema";

const DAY = 24 * 60 * 60_000;

const presets = [
  { title: "Today", days: 1 },
  { title: "Last 7 days", days: 7 },
  { title: "Last 30 days", days: 30 },
] as const;

interface DatePresetsProps {
  filter: AccessLogFilter;
  now: Date;
  /** The address with these days in place of those that the filter has. */
  at: (days: Pick<AccessLogFilter, "from" | "to">) => string;
}

/** The spans of days that are asked for most, in UTC. */
export function DatePresets({ filter, now, at }: DatePresetsProps) {
  return (
    <nav aria-label="Days" className="flex flex-wrap gap-2">
      {presets.map(({ title, days }) => {
        const from = dayOf(new Date(now.getTime() - (days - 1) * DAY));
        const isChosen = filter.from === from && filter.to === undefined;
        return (
          <Link
            key={title}
            href={at({ from, to: undefined })}
            aria-current={isChosen ? "true" : undefined}
            className={buttonStyle({ variant: isChosen ? "secondary" : "ghost", size: "small" })}
          >
            {title}
          </Link>
        );
      })}
      <Link
        href={at({ from: undefined, to: undefined })}
        aria-current={filter.from || filter.to ? undefined : "true"}
        className={buttonStyle({ variant: filter.from || filter.to ? "ghost" : "secondary", size: "small" })}
      >
        All days
      </Link>
    </nav>
  );
}

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}
