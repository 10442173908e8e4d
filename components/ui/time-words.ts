const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const toTheMinute = {
  timeZone: "UTC",
  day: "numeric",
  month: "long",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
} as const;
const minute = new Intl.DateTimeFormat("en-GB", toTheMinute);
const second = new Intl.DateTimeFormat("en-GB", { ...toTheMinute, second: "2-digit" });

/** "3 minutes ago", "in 6 days". */
export function relativeTime(at: Date, now: Date): string {
  const difference = at.getTime() - now.getTime();
  const size = Math.abs(difference);
  if (size < 10 * SECOND) return "just now";
  if (size < MINUTE) return relative.format(Math.round(difference / SECOND), "second");
  if (size < HOUR) return relative.format(Math.round(difference / MINUTE), "minute");
  if (size < DAY) return relative.format(Math.round(difference / HOUR), "hour");
  if (size < 30 * DAY) return relative.format(Math.round(difference / DAY), "day");
  if (size < 365 * DAY) return relative.format(Math.round(difference / (30 * DAY)), "month");
  return relative.format(Math.round(difference / (365 * DAY)), "year");
}

/** "today", "yesterday", "6 days ago": by the days of UTC. */
export function relativeDay(at: Date, now: Date): string {
  const [day, today] = [startOfDay(at), startOfDay(now)];
  return day.getTime() === today.getTime() ? "today" : relativeTime(day, today);
}

/** "12 March 2026 at 14:03:22 UTC": the same for every reader, whichever zone they or the server are in. */
export function exactTime(at: Date): string {
  return `${second.format(at)} UTC`;
}

export function exactMinute(at: Date): string {
  return `${minute.format(at)} UTC`;
}

/** The two largest units of what is left: "6 days 4 hours", "9 minutes 12 seconds". */
export function timeLeft(until: Date, now: Date): string {
  const left = Math.max(0, until.getTime() - now.getTime());
  const parts = [
    count(Math.floor(left / DAY), "day"),
    count(Math.floor((left % DAY) / HOUR), "hour"),
    count(Math.floor((left % HOUR) / MINUTE), "minute"),
    count(Math.floor((left % MINUTE) / SECOND), "second"),
  ];
  const first = parts.findIndex((part) => part !== null);
  if (first === -1) return "no time";
  return parts
    .slice(first, first + 2)
    .filter((part) => part !== null)
    .join(" ");
}

function startOfDay(at: Date): Date {
  return new Date(Math.floor(at.getTime() / DAY) * DAY);
}

function count(amount: number, unit: string): string | null {
  if (amount === 0) return null;
  return `${amount} ${unit}${amount === 1 ? "" : "s"}`;
}
