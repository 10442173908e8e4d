import { causeTexts, type Diagnosis } from "../diagnosis";
import type { Check, CheckId, CheckStatus, Evidence } from "../types";
import { check, fact } from "./check";

/** A check whose finding is a diagnosis: its cause in words, and what else it could be as evidence. */
export function diagnosed(id: CheckId, status: CheckStatus, diagnosis: Diagnosis, evidence: Evidence[] = []): Check {
  const { cause, explanation, confidence, nextAction, alternatives } = diagnosis;
  const others = alternatives.map((other) =>
    fact(other.confidence === "likely" ? "Likely too" : "Also possible", causeTexts[other.cause].explanation),
  );
  return check(id, status, [...evidence, ...diagnosis.evidence, ...others], {
    cause: explanation,
    causeId: cause,
    confidence,
    remedy: nextAction,
  });
}
