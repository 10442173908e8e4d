import type { Check, RotationSight } from "../types";
import { check, fact, finding } from "./check";
import { inconclusiveCheck, insecureEvidence, type ProbeOutcome, unconfirmedCheck } from "./negative-probe";

/** The two wrong IDs that were tried, each fresh and random. */
export interface WrongIdOutcomes {
  sameShape: ProbeOutcome;
  otherShape: ProbeOutcome;
  /** What AWS answered to the other one of two external IDs, while one is rotated. Either may be accepted until the rotation is complete. */
  rotation?: Pick<RotationSight, "inUse" | "other"> | undefined;
}

/** Judges AssumeRole with wrong external IDs, sent after the same request with the right one had succeeded. */
export function checkRejectWrongExternalId({ sameShape, otherShape, rotation }: WrongIdOutcomes): Check {
  const succeeded = sameShape.kind === "succeeded" || otherShape.kind === "succeeded";
  if (succeeded) {
    const evidence = [
      fact("Random ID of the same prefix and length", answer(sameShape)),
      fact("Random ID of another shape", answer(otherShape)),
      insecureEvidence,
    ];
    const cause = likelyCause(otherShape);
    return check("reject-wrong-external-id", "failed", evidence, finding("trust-open", "likely", { cause }));
  }
  for (const outcome of [sameShape, otherShape]) {
    if (outcome.kind === "inconclusive") return inconclusiveCheck("reject-wrong-external-id", outcome.failure);
    if (outcome.kind === "unconfirmed") return unconfirmedCheck("reject-wrong-external-id");
  }
  return check("reject-wrong-external-id", "passed", [
    fact("Random ID of the same prefix and length", answer(sameShape)),
    fact("Random ID of another shape", answer(otherShape)),
    ...(rotation ? [rotated(rotation)] : []),
  ]);
}

function rotated({ inUse, other }: Pick<RotationSight, "inUse" | "other">) {
  const label = inUse === "next" ? "External ID that is being replaced" : "Next external ID";
  if (other === undefined) return fact(label, "No clear answer");
  if (other === "accepted") return fact(label, "Accepted too: the rotation is not complete");
  return fact(label, inUse === "next" ? "AccessDenied: only the new one is accepted" : "AccessDenied: not in use yet");
}

function likelyCause(otherShape: ProbeOutcome): string {
  return otherShape.kind === "succeeded"
    ? "The trust policy accepts any external ID: it does not check sts:ExternalId, or compares it with StringLike and *."
    : "The trust policy accepts every external ID with this prefix: it compares sts:ExternalId with StringLike and a wildcard.";
}

function answer(outcome: ProbeOutcome): string {
  switch (outcome.kind) {
    case "refused":
      return "AccessDenied, as required";
    case "succeeded":
      return "Allowed: the session was discarded unused";
    case "unconfirmed":
      return "AccessDenied, but the right external ID was refused too";
    case "inconclusive":
      return `No clear answer (${outcome.failure.code})`;
  }
}
