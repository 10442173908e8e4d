import type { AssumeRoleResult } from "../assume-role";
import type { AwsFailure } from "../classify-error";
import type { RandomBytes } from "../random";
import { fact } from "./check";

/** What became of a request that must be refused. A session that it obtained is dropped where this is made. */
export type ProbeOutcome = { kind: "refused" } | { kind: "succeeded" } | { kind: "inconclusive"; failure: AwsFailure };

/** Only AccessDenied counts as refused: throttling, a timeout or an invalid request proves nothing. */
export function probeOutcome(result: AssumeRoleResult): ProbeOutcome {
  if (result.ok) return { kind: "succeeded" };
  return result.failure.kind === "refused" ? { kind: "refused" } : { kind: "inconclusive", failure: result.failure };
}

/** A fresh wrong ID with the right one's prefix and length: finds wildcards after a known prefix. */
export function wrongIdOfSameShape(externalId: string, randomBytes: RandomBytes): string {
  const prefix = externalId.slice(0, externalId.lastIndexOf("-") + 1);
  const length = externalId.length - prefix.length;
  const tail = hex(randomBytes, Math.ceil(length / 2)).slice(0, length);
  const wrong = prefix + tail;
  return wrong === externalId ? wrong.slice(0, -1) + (wrong.endsWith("0") ? "1" : "0") : wrong;
}

/** A fresh wrong ID that shares neither prefix nor length nor alphabet with ours: finds `*` and long allow-lists. */
export function wrongIdOfOtherShape(randomBytes: RandomBytes): string {
  return `Probe:${hex(randomBytes, 21).toUpperCase()}`;
}

export const insecureEvidence = fact(
  "If you just changed it",
  "A trust policy that was tightened seconds ago can take a minute to apply everywhere; the connection stays blocked until a verification proves it.",
);

export function inconclusiveEvidence(failure: AwsFailure) {
  return [
    fact("AWS's answer", failure.code),
    fact("What this proves", "Nothing: only AccessDenied counts as a refusal."),
  ];
}

export const inconclusiveFinding = {
  cause: "AWS gave no clear answer to a request that it should refuse.",
  confidence: "certain",
  remedy: "Verify again in a minute. What was known of this connection stays as it was.",
} as const;

function hex(randomBytes: RandomBytes, bytes: number): string {
  return Buffer.from(randomBytes(bytes)).toString("hex");
}
