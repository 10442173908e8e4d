import { findingWords, type LogFinding } from "./finding";
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
    ...(findings.length > 0 ? [`It is NOT whole: ${count(findings.length, "finding")}.`, ""] : []),
    ...findings.map(describe),
  ];
  return `${lines.join("\n")}\n`;
}

function describe({ kind, connectionId, from, to, keyId }: LogFinding): string {
  const place = kind === "log-missing" && connectionId === null ? "place in the register" : "entry";
  const span = from === undefined ? "" : from === to ? `, ${place} ${from}` : `, ${place} ${from} to ${to}`;
  const key = keyId === undefined ? "" : ` (key ${JSON.stringify(keyId)})`;
  return `  ${connectionId ? `connection ${connectionId}` : "all connections"}${span}: ${kind}: ${findingWords[kind]}${key}`;
}

function count(amount: number, one: string, many = `${one}s`): string {
  return `${amount.toLocaleString("en")} ${amount === 1 ? one : many}`;
}
