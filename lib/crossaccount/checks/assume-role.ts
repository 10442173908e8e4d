import type { AwsFailure } from "../classify-error";
import type { Check } from "../types";
import { check, fact } from "./check";

export interface AssumeRoleAttempts {
  /** Absent when the last attempt succeeded. */
  failure?: AwsFailure;
  attempts: number;
  elapsedMs: number;
  region: string;
}

/** Judges the positive probe: AssumeRole with the connection's own external ID. */
export function checkAssumeRole(result: AssumeRoleAttempts): Check {
  const { failure } = result;
  const asked = fact("Asked", `${times(result.attempts)} over ${seconds(result.elapsedMs)}, in ${result.region}`);
  if (!failure) return check("assume-role", "passed", [fact("Answer", "Allowed"), asked]);

  const answer = [fact("AWS's answer", failure.code), asked];
  switch (failure.kind) {
    case "refused":
      return check("assume-role", "failed", [...answer, ...refusedEvidence()], {
        cause:
          "Most often the stack does not exist yet, or its parameter ExternalId is not the one that the portal issued, because it was edited in the console.",
        confidence: "likely",
        remedy:
          "Open the stack in CloudFormation and compare its parameter ExternalId with the external ID shown here. If they differ or there is no stack, open the launch link again and leave its parameters unchanged; then verify again.",
      });
    case "region-disabled":
      return check("assume-role", "failed", answer, {
        cause: `STS is not active in ${result.region} for this account.`,
        confidence: "certain",
        remedy: `Activate STS for ${result.region} in the IAM console under Account settings, or choose another region for this connection.`,
      });
    case "own-identity":
      return check("assume-role", "warning", answer, {
        cause:
          "The portal's own AWS credentials were not accepted. Nothing is wrong with your role as far as this shows.",
        confidence: "certain",
        remedy: "Nothing to do in your account. Tell the vendor's support, then verify again.",
      });
    case "invalid-request":
      return check("assume-role", "warning", answer, {
        cause: "AWS did not accept the request as the portal sent it, so the role was not tested.",
        confidence: "certain",
        remedy: "Check that the role ARN is complete and verify again; if this repeats, tell the vendor's support.",
      });
    case "inconclusive":
      return check("assume-role", "warning", answer, {
        cause: failure.throttled
          ? "AWS is limiting the portal's requests at the moment."
          : "AWS gave no clear answer in time.",
        confidence: "certain",
        remedy: "Verify again in a minute. What was known of this connection stays as it was.",
      });
  }
}

function refusedEvidence() {
  return [
    fact(
      "What this proves",
      "AWS gives the same answer for a role that does not exist, a wrong external ID and a trust policy that does not name the vendor, so which one it is remains a guess.",
    ),
    fact(
      "Also possible",
      "The role ARN has a typing error, or the role was created in another account or deleted again.",
    ),
    fact("Also possible", "The trust policy names another account than the vendor's, or has a further condition."),
    fact("Also possible", "A policy of your organization (RCP or SCP) blocks AssumeRole from outside accounts."),
    fact("Less likely", "The role was created within the last minute and IAM has not spread it everywhere."),
  ];
}

function times(count: number): string {
  return count === 1 ? "once" : `${count} times`;
}

function seconds(milliseconds: number): string {
  const count = Math.round(milliseconds / 1_000);
  return count === 1 ? "1 second" : `${count} seconds`;
}
