import { check, fact, finding } from "../checks/check";
import { checkSessionDuration } from "../checks/session-duration";
import { checkTemplateVersion } from "../checks/template-version";
import { checkTrustPolicy, explainOpenTrust, unreadableTrust } from "../checks/trust/trust-policy";
import type { CheckId } from "../types";
import { type Inspection, STOPPED } from "./inspection";
import { trustOf } from "./trust-of";

const IDS: readonly CheckId[] = ["trust-policy", "session-duration", "template-version"];

/**
 * Judges what GetRole says of the role itself. `open`: its trust policy lets in others than it should. `unclear`: it cannot be the
 * one that AWS goes by.
 */
export async function inspectRole(inspection: Inspection): Promise<"open" | "closed" | "unclear"> {
  const { dependencies, progress, details } = inspection;
  const { config } = dependencies;
  for (const id of IDS) progress.begin(id);
  const [answer, secrecy] = await Promise.all([details, inspection.secrecy]);
  if (secrecy === "insecure") {
    if (answer.ok) progress.finish(explainOpenTrust(await trustOf(inspection, answer.value)));
    else progress.skip(["trust-policy"], STOPPED);
    progress.skip(IDS.slice(1), STOPPED);
    return "open";
  }
  if (!answer.ok) {
    const { action, failure } = answer.unreadable;
    const why = `${action} answered ${failure.code}`;
    progress.finish(unreadableTrust(why));
    // Why the role may not read itself is told once, with what to add.
    if (failure.kind === "refused") progress.skip(IDS.slice(1), `The role may not read itself: ${why}`);
    else for (const id of IDS.slice(1)) progress.finish(unreadableCheck(id, why));
    return "closed";
  }
  await inspection.stackKnown;
  const { maxSessionDuration, description } = answer.value;
  const trust = checkTrustPolicy({ ...(await trustOf(inspection, answer.value)), proven: secrecy === "kept" });
  progress.finish(trust.check);
  progress.finish(checkSessionDuration(maxSessionDuration, config));
  progress.finish(checkTemplateVersion(description, config));
  if (trust.unclear) return "unclear";
  return trust.open ? "open" : "closed";
}

function unreadableCheck(id: CheckId, why: string) {
  const cause = "AWS gave no clear answer when the role was read, so this is not known.";
  const remedy = "Verify again in a minute.";
  return check(
    id,
    "warning",
    [fact("Could not be read", why)],
    finding("aws-unavailable", "certain", { cause, remedy }),
  );
}
