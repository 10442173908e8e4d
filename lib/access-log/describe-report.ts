import { findingWords, isShiftOnly, type LogFinding } from "./finding";
import type { LogReport } from "./verify-access-log";

/** The verifier's report for a person at a terminal. */
export function describeReport({ connections, entries, checkpoints, findings }: LogReport): string {
  const lines = [
    `Access log: ${count(connections, "connection")}, ${count(entries, "entry", "entries")}, ${
      checkpoints > 0
        ? `compared with ${count(checkpoints, "exported checkpoint")}`
        : "no exported checkpoints to compare with"
    }.`,
    ...(findings.length === 0 ? ["It is whole: nothing was changed, removed, added, reordered or cut off."] : []),
    ...(findings.length > 0 ? [headline(findings), ""] : []),
    ...findings.map(describe),
  ];
  return `${lines.join("\n")}\n`;
}

function headline(findings: readonly LogFinding[]): string {
  if (!findings.every(isShiftOnly)) return `It is NOT whole: ${count(findings.length, "finding")}.`;
  return (
    "Nothing was changed, removed, added, reordered or cut off, but times are stored off by a time zone. What was signed proves " +
    "the true ones: npm run verify-access-log -- --mend-times stores them."
  );
}

function describe({ kind, connectionId, from, to, keyId, offByMinutes }: LogFinding): string {
  const place = kind === "log-missing" && connectionId === null ? "place in the register" : "entry";
  const span = from === undefined ? "" : from === to ? `, ${place} ${from}` : `, ${place} ${from} to ${to}`;
  const key = keyId === undefined ? "" : ` (key ${JSON.stringify(keyId)})`;
  const off = offByMinutes === undefined ? "" : ` (${hours(offByMinutes)})`;
  return `  ${connectionId ? `connection ${connectionId}` : "all connections"}${span}: ${kind}: ${findingWords[kind]}${key}${off}`;
}

/** "5:00 h too late, as by a session in UTC-05:00". */
function hours(minutes: number): string {
  const size = Math.abs(minutes);
  const rest = String(size % 60).padStart(2, "0");
  const whole = String(Math.floor(size / 60));
  const isSummerTime = minutes === 60 || minutes === 30;
  return [
    `${whole}:${rest} h too ${minutes > 0 ? "late" : "early"}, as `,
    isSummerTime ? "in the hour that summer time skips, or " : "",
    `by a session in UTC${minutes > 0 ? "-" : "+"}${whole.padStart(2, "0")}:${rest}`,
  ].join("");
}

function count(amount: number, one: string, many = `${one}s`): string {
  return `${amount.toLocaleString("en")} ${amount === 1 ? one : many}`;
}
