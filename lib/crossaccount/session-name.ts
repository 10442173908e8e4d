import type { RandomBytes } from "./random";

const MAX_SERVICE = 24;
const MAX_PURPOSE = 22;
const UNIQUE_BYTES = 8;

/**
 * Role session name `<service>-<purpose>-<16 hex digits>`, at most 64 characters. The customer reads it in CloudTrail and
 * finds the same one in our access log; it names nobody, because session names are no place for personal data.
 */
export function sessionName(serviceName: string, purpose: string, randomBytes: RandomBytes): string {
  const unique = Buffer.from(randomBytes(UNIQUE_BYTES)).toString("hex");
  return [words(serviceName, MAX_SERVICE), words(purpose, MAX_PURPOSE), unique].filter(Boolean).join("-");
}

function words(text: string, length: number): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, length)
    .replace(/^-+|-+$/g, "");
}
