import type { AwsFailure } from "../aws/classify-error";
import type { Confidence, DiagnosisCause, Evidence } from "../types";
import { causeTexts } from "./causes";

/** What is known besides AWS's answer. Everything is optional: what is unknown makes the diagnosis less sure, never wrong. */
export interface DiagnosisContext {
  region?: string;
  /** Milliseconds since making the role was begun: its age at most. */
  roleAgeMs?: number;
  /** Milliseconds that refusals were waited out. */
  waitedMs?: number;
  /** The role was proven earlier. */
  provenBefore?: boolean;
  /** The ARN was predicted from the stack's name, so nobody saw such a role yet. */
  arnPredicted?: boolean;
  /** Another request to the same role was allowed in the same run. */
  allowedMeanwhile?: boolean;
  /**
   * What is known of the portal's own credentials: whether they are the vendor's, as GetCallerIdentity says, and whether their own
   * policies allow assuming the role, as AWS's simulator says.
   */
  ownIdentity?: "vendor" | "allowed" | "not-allowed" | "other-account" | "unusable";
  /** Of a call made with the role's session. */
  permissions?: KnownPermissions;
}

/** What the role's attached policies, its boundary and AWS's simulator say about a call; absent where they say nothing. */
export interface KnownPermissions {
  policies?: "allow" | "missing" | "deny" | undefined;
  simulation?: "allowed" | "denied-by-organization" | "denied-by-boundary" | undefined;
}

export interface DiagnosisInput {
  /** `AssumeRole` itself, or any call made with the role's session. */
  call: "AssumeRole" | "session";
  failure: Pick<AwsFailure, "kind" | "code" | "throttled" | "hint">;
  context?: DiagnosisContext;
}

export interface RankedCause {
  cause: DiagnosisCause;
  confidence: Confidence;
}

/** The likeliest cause of a failure in words, with what is known and what else it could be. */
export interface Diagnosis extends RankedCause {
  title: string;
  explanation: string;
  nextAction: string;
  evidence: Evidence[];
  /** Less likely causes, likeliest first. */
  alternatives: RankedCause[];
}

const PROPAGATION_MILLISECONDS = 120_000;

/** Turns what AWS answered, and what else is known, into a cause. It reads codes and hints, never AWS's words. */
export function diagnose({ call, failure, context = {} }: DiagnosisInput): Diagnosis {
  const ranked = rank(call, failure, context);
  const [first = guess("aws-unavailable", "possible"), ...alternatives] = withoutDoubles(ranked);
  const { title, explanation, nextAction } = causeTexts[first.cause];
  const evidence = evidenceOf(call, failure, context, first);
  return { ...first, title, explanation, nextAction, evidence, alternatives };
}

function rank(
  call: DiagnosisInput["call"],
  failure: DiagnosisInput["failure"],
  context: DiagnosisContext,
): RankedCause[] {
  if (failure.throttled) return [guess("throttled", "certain")];
  switch (failure.kind) {
    case "inconclusive":
      return [guess("aws-unavailable", "certain")];
    case "own-identity":
      return [guess("own-identity", "certain")];
    case "region-disabled":
      return [guess("region-not-enabled", "certain")];
    case "invalid-request":
      return [guess("request-not-accepted", "certain")];
    case "refused":
      return call === "AssumeRole"
        ? rankRefusedAssume(failure, context)
        : rankDenied(context.permissions, failure.hint);
  }
}

/** AccessDenied alone is ambiguous: everything here but our own identity's account is a guess. */
function rankRefusedAssume({ hint }: DiagnosisInput["failure"], context: DiagnosisContext): RankedCause[] {
  if (context.ownIdentity === "other-account" || context.ownIdentity === "unusable") {
    return [guess("own-identity", "certain")];
  }
  if (context.ownIdentity === "not-allowed") return [guess("own-identity", "likely"), ...usual(context, true)];
  const hinted: RankedCause[] = hint ? assumeHints[hint].map((cause) => guess(cause, "likely")) : [];
  const waited = (context.waitedMs ?? 0) >= PROPAGATION_MILLISECONDS / 2;
  const young = context.roleAgeMs !== undefined && context.roleAgeMs < PROPAGATION_MILLISECONDS && !waited;
  const spreading: RankedCause[] = young || context.allowedMeanwhile ? [guess("still-propagating", "likely")] : [];
  const maybeSpreading: RankedCause[] = waited ? [] : [guess("still-propagating", "possible")];
  return [...spreading, ...hinted, ...usual(context, hinted.length + spreading.length > 0), ...maybeSpreading];
}

function usual({ provenBefore, arnPredicted }: DiagnosisContext, explained: boolean): RankedCause[] {
  const first = explained ? "possible" : "likely";
  const possible = (...causes: DiagnosisCause[]) => causes.map((cause) => guess(cause, "possible"));
  if (provenBefore || arnPredicted) {
    return [
      guess("role-not-found", first),
      ...possible("wrong-external-id", "wrong-vendor-principal", "resource-control-policy"),
    ];
  }
  return [
    guess("wrong-external-id", first),
    ...possible("role-not-found", "wrong-vendor-principal", "resource-control-policy"),
  ];
}

const assumeHints: Record<NonNullable<AwsFailure["hint"]>, DiagnosisCause[]> = {
  "trust-policy": ["wrong-external-id", "wrong-vendor-principal"],
  "identity-policy": ["own-identity"],
  "service-control-policy": ["own-identity"],
  "permissions-boundary": ["own-identity"],
  "session-policy": ["own-identity"],
  "resource-control-policy": ["resource-control-policy"],
  "resource-policy": ["wrong-external-id", "wrong-vendor-principal"],
  "endpoint-policy": ["own-identity"],
};

const callHints: Record<NonNullable<AwsFailure["hint"]>, DiagnosisCause> = {
  "trust-policy": "resource-policy",
  "identity-policy": "missing-permission",
  "service-control-policy": "service-control-policy",
  "permissions-boundary": "permissions-boundary",
  "session-policy": "session-policy",
  "resource-control-policy": "resource-policy",
  "resource-policy": "resource-policy",
  "endpoint-policy": "resource-policy",
};

/** Why a call is denied that the template grants, likeliest first. */
export function rankDenied(
  { policies, simulation }: KnownPermissions = {},
  hint?: AwsFailure["hint"],
): [RankedCause, ...RankedCause[]] {
  // The simulator does not say which condition keys an organization's policy lacked (IAM API, EvaluationResult).
  if (simulation === "denied-by-organization") return [guess("service-control-policy", "likely")];
  if (simulation === "denied-by-boundary") return [guess("permissions-boundary", "certain")];
  if (policies === "deny") return [guess("explicit-deny", "certain")];
  if (policies === "missing") return [guess("missing-permission", "likely")];
  // What both methods allow and a real call does not, is refused by something that neither looks at.
  const unseen: [RankedCause, RankedCause] =
    simulation === "allowed"
      ? [guess("resource-policy", "likely"), guess("service-control-policy", "possible")]
      : [guess("service-control-policy", "likely"), guess("permissions-boundary", "possible")];
  const spreading = guess("still-propagating", "possible");
  return hint ? [guess(callHints[hint], "likely"), ...unseen, spreading] : [...unseen, spreading];
}

function guess(cause: DiagnosisCause, confidence: Confidence): RankedCause {
  return { cause, confidence };
}

function withoutDoubles(ranked: readonly RankedCause[]): RankedCause[] {
  return ranked.filter(({ cause }, index) => ranked.findIndex((other) => other.cause === cause) === index);
}

function evidenceOf(
  call: DiagnosisInput["call"],
  { code, kind, hint }: DiagnosisInput["failure"],
  { region, waitedMs, ownIdentity }: DiagnosisContext,
  first: RankedCause,
): Evidence[] {
  const fact = (label: string, value: string): Evidence => ({ label, value });
  const ambiguous = kind === "refused" && call === "AssumeRole" && first.confidence !== "certain";
  return [
    fact("AWS's answer", region ? `${code}, in ${region}` : code),
    ...(hint ? [fact("AWS's message mentions", hintWords[hint])] : []),
    ...(waitedMs ? [fact("Waited", `${Math.round(waitedMs / 1_000)} seconds for AWS to propagate the role`)] : []),
    ...(ownIdentity === "allowed"
      ? [fact("The portal's own identity", "In order: the vendor's account, and its policies allow assuming this role")]
      : []),
    ...(ownIdentity === "not-allowed"
      ? [fact("The portal's own identity", "Its own policies do not allow assuming this role, says AWS's simulator")]
      : []),
    ...(ownIdentity === "vendor" ? [fact("The portal's own identity", "In order: it is the vendor's account")] : []),
    ...(ownIdentity === "other-account"
      ? [fact("The portal's own identity", "It belongs to an account other than the vendor's")]
      : []),
    ...(ambiguous
      ? [
          fact(
            "What this shows",
            "AWS gives the same answer for a role that does not exist, a wrong external ID, a trust policy that does not name the vendor and an organization's policy, so which one it is remains a guess.",
          ),
        ]
      : []),
  ];
}

const hintWords: Record<NonNullable<AwsFailure["hint"]>, string> = {
  "trust-policy": "the role's trust policy",
  "identity-policy": "the caller's own policies",
  "service-control-policy": "a service control policy",
  "permissions-boundary": "a permissions boundary",
  "session-policy": "a session policy",
  "resource-control-policy": "a resource control policy",
  "resource-policy": "a resource-based policy",
  "endpoint-policy": "a VPC endpoint policy",
};
