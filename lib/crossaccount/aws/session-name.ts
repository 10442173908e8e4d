import type { RandomBytes } from "../random";

const LONGEST_PURPOSE = 18;
/** A UUID with its hyphens. */
const LONGEST_CONNECTION = 36;
const UNIQUE_BYTES = 4;

/**
 * Role session name `<purpose>-<connection>-<8 hex digits>`, at most 64 characters. The customer reads it in CloudTrail,
 * finds the same one in our access log, and sees by the connection's ID which of several it was. It names no one, because
 * session names are no place for personal data.
 */
export function sessionName(connectionId: string, purpose: string, randomBytes: RandomBytes): string {
  const unique = Buffer.from(randomBytes(UNIQUE_BYTES)).toString("hex");
  return [words(purpose, LONGEST_PURPOSE), words(connectionId, LONGEST_CONNECTION), unique].filter(Boolean).join("-");
}

function words(text: string, length: number): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+/, "")
    .slice(0, length)
    .replace(/-+$/, "");
}
