import { LiveTime } from "./live-time";
import { exactTime, relativeDay, relativeTime } from "./time-words";

/** Relative time with the exact one on hover. */
export function RelativeTime({ at }: { at: Date }) {
  return <LiveTime at={at.toISOString()} exact={exactTime(at)} initial={relativeTime(at, new Date())} />;
}

/** The same by the day, for what has no hour that matters. */
export function RelativeDay({ at }: { at: Date }) {
  return (
    <time dateTime={at.toISOString()} title={exactTime(at)} className="whitespace-nowrap">
      {relativeDay(at, new Date())}
    </time>
  );
}
