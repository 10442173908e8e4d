import type { AccessLogEntryView } from "./schema";

export type ExportFormat = "csv" | "json";

/** How a list of entries becomes text: what comes first, between and last. */
export interface Writer {
  contentType: string;
  begin: string;
  row: (entry: AccessLogEntryView, isFirst: boolean) => string;
  end: string;
}

const columns: Record<string, (entry: AccessLogEntryView) => string | number | boolean | null> = {
  time: ({ at }) => at.toISOString(),
  outcome: ({ outcome }) => outcome,
  verification_probe: ({ probe }) => probe,
  purpose: ({ purpose }) => purpose,
  actor_type: ({ actor }) => actor.type,
  actor_id: ({ actor }) => actor.id,
  actor_name: ({ actor }) => actor.name,
  session_name: ({ sessionName }) => sessionName,
  sts_request_id: ({ requestId }) => requestId,
  region: ({ region }) => region,
  error_code: ({ errorCode }) => errorCode,
  latency_ms: ({ latencyMs }) => latencyMs,
  expires_at: ({ expiresAt }) => expiresAt?.toISOString() ?? null,
  connection_id: ({ connectionId }) => connectionId,
  sequence: ({ sequence }) => sequence,
};

export const writers: Record<ExportFormat, Writer> = {
  csv: {
    contentType: "text/csv; charset=utf-8; header=present",
    begin: csvLine(Object.keys(columns)),
    row: (entry) => csvLine(Object.values(columns).map((read) => read(entry))),
    end: "",
  },
  json: {
    contentType: "application/json",
    begin: "[",
    row: (entry, isFirst) => `${isFirst ? "" : ","}\n${JSON.stringify(recordOf(entry))}`,
    end: "\n]\n",
  },
};

function recordOf(entry: AccessLogEntryView) {
  return Object.fromEntries(Object.entries(columns).map(([name, read]) => [name, read(entry)]));
}

/** RFC 4180. */
function csvLine(values: readonly (string | number | boolean | null)[]): string {
  return `${values.map((value) => csvCell(value ?? "")).join(",")}\r\n`;
}

/**
 * A text that a spreadsheet would take for a formula gets an apostrophe in front, which shows it as text: purposes and actors
 * come from elsewhere. Also after blanks, in the full-width forms that some programs fold, and behind a semicolon, which
 * begins a new cell where decimals have a comma. Line breaks become blanks, because what reads a file line by line sees a
 * new cell behind them. https://owasp.org/www-community/attacks/CSV_Injection
 */
function csvCell(value: string | number | boolean): string {
  if (typeof value !== "string") return `"${value}"`;
  const text = value.replaceAll(/[\t\r\n]+/g, " ");
  const safe = text.replaceAll(/(?<=^|;)(?=[\s\p{C}"]*[=+\-@|%＝＋－＠])/gu, "'");
  return `"${safe.replaceAll('"', '""')}"`;
}
