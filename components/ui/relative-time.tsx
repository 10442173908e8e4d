import { LiveTime } from "./live-time";
import { exactTime, relativeTime } from "./time-words";

/** Relative time with the exact one on hover. */
export function RelativeTime({ at }: { at: Date }) {
  return <LiveTime at={at.toISOString()} exact={exactTime(at)} initial={relativeTime(at, new Date())} />;
}
