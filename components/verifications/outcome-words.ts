import type { Tone } from "@/components/ui/badge";
import type { ConnectionStatus } from "@/lib/crossaccount/status";
import type { CheckView, VerificationView } from "@/lib/verifications/schema";

export interface OutcomeWords {
  tone: Tone;
  title: string;
  text: string;
}

/** What a verification means, in one heading and one or two sentences. */
export function outcomeWords({ state, outcome, checks, waitingFor, connectionStatus }: VerificationView): OutcomeWords {
  if (state === "running") {
    return waitingFor
      ? { tone: "info", title: "Waiting for AWS", text: waitingFor }
      : { tone: "info", title: "Checking the role", text: "This usually takes less than a minute." };
  }
  if (state === "abandoned") {
    return {
      tone: "neutral",
      title: "The verification did not finish",
      text: "It stopped before it had an answer. That says nothing about the role. Verify again.",
    };
  }
  switch (outcome) {
    case "proven":
      if (connectionStatus === "insecure") return hiddenWords;
      return connectionStatus === "pending" ? unconfirmedWords : provenWords(checks);
    case "insecure":
      return {
        tone: "danger",
        title: "Blocked: this role is not safe to use",
        text: "Others can use it. No credentials are issued until it is repaired.",
      };
    case "failed":
      return {
        tone: "danger",
        title: connectionStatus === "broken" ? "The role can no longer be used" : "The role cannot be used yet",
        text: "Nothing in the account was changed. Repair what the checks below name, then verify again.",
      };
    case "inconclusive":
    case null:
      return {
        tone: "warning",
        title: "AWS gave no clear answer",
        text: "That says nothing about the role, and what is known about it has not changed. Verify again in a minute.",
      };
  }
}

const hiddenWords: OutcomeWords = {
  tone: "danger",
  title: "Blocked: nobody can see who is let in",
  text: "The role can be assumed with its external ID, and is refused without it. It denies reading its trust policy, which it allowed before, so others may be let in unseen.",
};

const unconfirmedWords: OutcomeWords = {
  tone: "info",
  title: "The role works, and is not used yet",
  text: "It can be used with its external ID, and refuses requests without it. It counts once an admin confirmed its AWS account and it was verified again.",
};

function provenWords(checks: readonly CheckView[]): OutcomeWords {
  if (checks.some(({ gravity }) => gravity === 0)) {
    return {
      tone: "danger",
      title: "The role can do more than was agreed",
      text: "It is assumed with its external ID and refused without it, but its permissions reach far beyond the template's. Take away what was added.",
    };
  }
  if (checks.some(({ status }) => status === "failed")) {
    return {
      tone: "warning",
      title: "The role works, but a check failed",
      text: "It can be used with its external ID, and refuses requests without it.",
    };
  }
  return {
    tone: "success",
    title: "The role is verified",
    text: "It can be used with its external ID, and refuses requests without it or with wrong ones.",
  };
}

/** Whether the verification itself says why a connection needs repair and what to do, or is about to. */
export function isExplained(status: ConnectionStatus, verification: VerificationView | null): boolean {
  if (!verification || !["insecure", "broken", "degraded"].includes(status)) return false;
  return verification.state === "running" || firstFinding(verification) !== undefined;
}

/** The check to act on first: the gravest, and of equals the first, for one failure explains those after it. */
export function firstFinding({ state, outcome, checks }: VerificationView): CheckView | undefined {
  if (state !== "finished") return undefined;
  const [failed] = checks
    .filter(({ status, toldBy }) => status === "failed" && !toldBy)
    .toSorted((one, other) => (one.gravity ?? 0) - (other.gravity ?? 0));
  // Without an answer nothing has failed, but the check that got none knows why.
  return failed ?? (outcome === "inconclusive" ? checks.find(({ cause }) => cause) : undefined);
}
