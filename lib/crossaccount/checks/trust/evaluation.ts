import { comparisons, separateComparisons } from "./condition";
import type { AssumeAction, TrustPrincipal, TrustStatement } from "./document";
import { type Keys, meets } from "./operators";

/** One request to assume the role, by someone and with certain condition keys. */
export interface Attempt {
  action: AssumeAction;
  who: Requester;
  keys: Keys;
}

export type Requester =
  | { kind: "identity"; partition: string; accountId: string; arn: string; sessionArn?: string }
  /** Someone with a token of this provider, as a trust policy names it. */
  | { kind: "federated"; provider: string };

/**
 * Whether an Allow statement lets this attempt in, and no Deny statement keeps it out. What is not understood lets it in, so that
 * nobody is thought kept out by it, unless `unsure` says otherwise.
 */
export function letsIn(
  allow: TrustStatement,
  denials: readonly TrustStatement[],
  attempt: Attempt,
  { unsure } = { unsure: true },
): boolean {
  return applies(allow, attempt, unsure) && !denials.some((denial) => applies(denial, attempt, !unsure));
}

function applies(statement: TrustStatement, { action, who, keys }: Attempt, unsure: boolean): boolean {
  if (!isAbout(statement, { action, who })) return false;
  const found =
    statement.effect === "Allow" ? comparisons(statement.conditions) : separateComparisons(statement.conditions);
  return found.every((comparison) => meets(comparison, keys, { variables: statement.variables, unsure }));
}

/** Whether a statement speaks of someone's request, whatever its conditions say. */
export function isAbout(statement: TrustStatement, { action, who }: Pick<Attempt, "action" | "who">): boolean {
  return statement.reaches.includes(action) && concerns(statement, who);
}

type Level = "everyone" | "account" | "role" | "session" | "provider";

/** Whether a statement's principals are or include someone (IAM User Guide, reference_policies_elements_principal). */
function concerns({ effect, principals, principalsExcluded }: TrustStatement, who: Requester): boolean {
  const levels = principals.flatMap((principal) => levelOf(principal, who) ?? []);
  if (!principalsExcluded) return levels.length > 0;
  if (effect === "Allow" || levels.includes("everyone")) return levels.length === 0;
  // NotPrincipal with Deny spares only who is listed at each level (reference_policies_elements_notprincipal).
  if (who.kind === "federated") return !levels.includes("provider");
  const needed: Level[] = who.sessionArn ? ["account", "role", "session"] : ["account", "role"];
  return !needed.every((level) => levels.includes(level));
}

function levelOf({ type, value }: TrustPrincipal, who: Requester): Level | null {
  if (type === "AWS" && value === "*") return "everyone";
  if (who.kind === "federated") return type === "Federated" && value === who.provider ? "provider" : null;
  if (type !== "AWS") return null;
  const { partition, accountId, arn, sessionArn } = who;
  if (value === accountId || value === `arn:${partition}:iam::${accountId}:root`) return "account";
  if (value === sessionArn) return "session";
  return value === arn ? "role" : null;
}
