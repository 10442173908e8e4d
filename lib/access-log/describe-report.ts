import { findingWords, isShiftOnly, type LogFinding } from "./finding";
import type { LogReport } from "./verify-access-log";

/** The verifier's report for a person at a terminal. */
export function describeReport(report: LogReport): string {
  const { connections, entries, checkpoints, cutCheckpoints, findings } = report;
  const lines = [
    `Access log: ${count(connections, "connection")}, ${count(entries, "entry", "entries")}, ${
      checkpoints > 0
        ? `compared with ${count(checkpoints, "exported checkpoint")}`
        : "no exported checkpoints to compare with"
    }.`,
    ...(cutCheckpoints > 0 ? [describeCut(cutCheckpoints)] : []),
    ...(findings.length === 0 ? [describeWhole(report)] : []),
    ...(findings.length > 0 ? [headline(findings), ""] : []),
    ...findings.map(describe),
  ];
  return `${lines.join("\n")}\n`;
}

function headline(findings: readonly LogFinding[]): string {
  if (!findings.every(isShiftOnly)) return `It is NOT whole: ${count(findings.length, "finding")}.`;
  return (
    "Nothing was removed, added, reordered or cut off, and nothing changed but times, each by as much as a time zone: by an earlier " +
    "version where the database is not in UTC, or by someone who can write to it. The signatures show the true ones: npm run " +
    "verify-access-log -- --mend-times stores them."
  );
}

/** Says no more than can be known: an older state that is put back as a whole is as well signed as the newest. */
function describeWhole({ connections, checkpoints, withoutCheckpoint }: LogReport): string {
  const whole = "It is whole: nothing was changed, removed, added, reordered or cut off";
  if (checkpoints === 0 || (connections > 0 && withoutCheckpoint === connections))
    return `${whole}, as far as the database can tell; without a checkpoint file kept outside the database, a whole log put back to an earlier state cannot be told from a whole one.`;
  if (withoutCheckpoint > 0)
    return `${whole}; ${count(withoutCheckpoint, "connection has", "connections have")} no checkpoint there, so an earlier state of their logs cannot be told from a whole one.`;
  return `${whole}, nor put back to a state before its checkpoints.`;
}

function describeCut(lines: number): string {
  return `${count(lines, "line")} of the checkpoints ${lines === 1 ? "is" : "are"} cut off, as a crash or a full disk leaves it, and passed over.`;
}

function describe({ kind, connectionId, from, to, keyId, offByMinutes, uses, since, until }: LogFinding): string {
  const place = kind === "log-missing" && connectionId === null ? "place in the register" : "entry";
  const span = from === undefined ? "" : from === to ? `, ${place} ${from}` : `, ${place} ${from} to ${to}`;
  const times = uses === undefined ? "" : `, ${count(uses, "use")} from ${since} to ${until}`;
  const key = keyId === undefined ? "" : ` (key ${JSON.stringify(keyId)})`;
  const off = offByMinutes === undefined ? "" : ` (${hours(offByMinutes)})`;
  return `  ${connectionId ? `connection ${connectionId}` : "all connections"}${span}${times}: ${kind}: ${findingWords[kind]}${key}${off}`;
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
