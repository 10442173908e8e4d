import { z } from "zod";
import { type AccessLogEntryView, type AccessLogRecord, accessLogRecordSchema } from "./schema";

export type ExportFormat = "csv" | "json";

/** How a list of entries becomes text: what comes first, between and last. */
export interface Writer {
  contentType: string;
  begin: string;
  row: (entry: AccessLogEntryView, isFirst: boolean) => string;
  end: string;
}

type EncodedRecord = z.input<typeof accessLogRecordSchema>;

function recordOf(entry: AccessLogEntryView): EncodedRecord {
  const record: AccessLogRecord = {
    time: entry.at,
    outcome: entry.outcome,
    verification_probe: entry.probe,
    purpose: entry.purpose,
    actor_type: entry.actor.type,
    actor_id: entry.actor.id,
    actor_name: entry.actor.name,
    session_name: entry.sessionName,
    sts_request_id: entry.requestId,
    region: entry.region,
    error_code: entry.errorCode,
    latency_ms: entry.latencyMs,
    expires_at: entry.expiresAt,
    connection_id: entry.connectionId,
    sequence: entry.sequence,
    source: entry.source,
  };
  return z.encode(accessLogRecordSchema, record);
}

const columns = accessLogRecordSchema.keyof().options;

export const writers: Record<ExportFormat, Writer> = {
  csv: {
    contentType: "text/csv; charset=utf-8; header=present",
    begin: csvLine(columns),
    row: (entry) => {
      const record = recordOf(entry);
      return csvLine(columns.map((name) => record[name]));
    },
    end: "",
  },
  json: {
    contentType: "application/json",
    begin: "[",
    row: (entry, isFirst) => `${isFirst ? "" : ","}\n${JSON.stringify(recordOf(entry))}`,
    end: "\n]\n",
  },
};

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
