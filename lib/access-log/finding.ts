/** What the verifier found wrong. Each kind has a sentence for the operator. */
export const findingWords = {
  "entry-changed": "was changed, moved or written by someone without the key",
  "entries-missing": "missing from the middle of the log",
  "entry-added": "is where no entry belongs",
  "tail-missing": "cut off the end of the log",
  "put-back": "differs from what a signed checkpoint says: an older copy was put back",
  "head-changed": "the head of the log was changed by someone without the key",
  "time-shifted":
    "is as it was written but for its time, which is stored off, as earlier versions did where the database is not in UTC",
  "head-shifted":
    "the head of the log is as it was signed, but its time is stored off, as earlier versions did where the database is not in UTC",
  "head-missing": "the head of the log was removed",
  "log-missing": "a connection's whole log was removed",
  "use-missing":
    "verifications used the role then, but the log has no entry for it: it was cut, or an older copy was put back",
  "register-changed": "the register of logs was changed or removed",
  "checkpoint-forged": "an exported checkpoint was not signed by us",
  "key-missing": "signed by a key that is not in the ring: put the key back, or take this for tampering",
} as const;

export type FindingKind = keyof typeof findingWords;

export interface LogFinding {
  kind: FindingKind;
  /** Null for what concerns no single connection. */
  connectionId: string | null;
  /** Sequence numbers of the entries concerned; for `log-missing` without a connection, places in the register. */
  from?: number;
  to?: number;
  /** Which key, for `key-missing`. */
  keyId?: string;
  /** By how much a stored time is later than the one that was signed, for `time-shifted`. */
  offByMinutes?: number;
  /** How many, and between which times (ISO 8601), for `use-missing`. */
  uses?: number;
  since?: string;
  until?: string;
}

/** Nothing is lost then: the times that were signed are known, and `--mend-times` stores them. */
export function isShiftOnly({ kind }: LogFinding): boolean {
  return kind === "time-shifted" || kind === "head-shifted";
}

/** Adds a finding; one about the next entry lengthens the last, so that a thousand changed entries are one line. */
export function addFinding(findings: LogFinding[], finding: LogFinding): void {
  const last = findings.at(-1);
  const goesOn =
    last?.to !== undefined &&
    finding.from === last.to + 1 &&
    (["kind", "connectionId", "keyId", "offByMinutes"] as const).every((field) => last[field] === finding[field]);
  if (last && goesOn) last.to = finding.to;
  else findings.push({ ...finding });
}
