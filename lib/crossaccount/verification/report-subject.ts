import { createHash } from "node:crypto";

/** Digest of what a report is about. The external ID's 128 random bits keep it from being guessed backwards. */
export function reportSubject(roleArn: string, externalId: string): string {
  return createHash("sha256").update(`${roleArn}\n${externalId}`).digest("base64url");
}
