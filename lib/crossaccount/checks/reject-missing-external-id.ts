import type { Check } from "../types";
import { check, fact, finding } from "./check";
import { inconclusiveCheck, insecureEvidence, type ProbeOutcome, unconfirmedCheck } from "./negative-probe";

/** Judges AssumeRole without an external ID, sent after the same request with it had succeeded. */
export function checkRejectMissingExternalId(outcome: ProbeOutcome): Check {
  switch (outcome.kind) {
    case "refused":
      return check("reject-missing-external-id", "passed", [
        fact("Answer without external ID", "AccessDenied, as required"),
      ]);
    case "succeeded":
      return check(
        "reject-missing-external-id",
        "failed",
        [fact("Answer without external ID", "Allowed: the session was discarded unused"), insecureEvidence],
        finding("trust-open", "certain", {
          cause:
            "The role's trust policy does not require the external ID: the condition on sts:ExternalId is absent, or uses an operator that ends in IfExists.",
        }),
      );
    case "inconclusive":
      return inconclusiveCheck("reject-missing-external-id", outcome.failure);
    case "unconfirmed":
      return unconfirmedCheck("reject-missing-external-id");
  }
}
