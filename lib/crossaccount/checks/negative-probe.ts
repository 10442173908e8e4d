import type { AssumeRoleResult } from "../aws/assume-role";
import type { AwsFailure } from "../aws/classify-error";
import { diagnose } from "../diagnosis";
import type { RandomBytes } from "../random";
import type { Check, CheckId } from "../types";
import { fact } from "./check";
import { diagnosed } from "./diagnosed";

/** What became of a request that must be refused. A session that it obtained is dropped where this is made. */
export type ProbeOutcome =
  | { kind: "refused" }
  | { kind: "succeeded" }
  /** Refused, and so was the right external ID at the same time: AWS's servers do not agree about the role yet. */
  | { kind: "unconfirmed" }
  | { kind: "inconclusive"; failure: AwsFailure };

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
  "A trust policy that was tightened seconds ago can take a minute to apply everywhere. The connection stays blocked until a verification passes.",
);

/** A warning about a request that should have been refused and was not answered. */
export function inconclusiveCheck(id: CheckId, failure: AwsFailure): Check {
  const proves = fact("What this shows", "Nothing: only AccessDenied counts as a refusal.");
  return diagnosed(id, "warning", diagnose({ call: "AssumeRole", failure }), [proves]);
}

/** A refusal proves nothing while the same role refuses the right external ID too. */
export function unconfirmedCheck(id: CheckId): Check {
  const failure = { kind: "refused", code: "AccessDenied", throttled: false } as const;
  const context = { allowedMeanwhile: true };
  return diagnosed(id, "warning", diagnose({ call: "AssumeRole", failure, context }), [
    fact(
      "What this shows",
      "Nothing: at the same time AWS also refused the right external ID, which it had allowed before.",
    ),
  ]);
}

function hex(randomBytes: RandomBytes, bytes: number): string {
  return Buffer.from(randomBytes(bytes)).toString("hex");
}
