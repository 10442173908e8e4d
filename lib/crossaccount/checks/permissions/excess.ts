import { isWholeService } from "../../config/wildcards";
import { noStricter } from "../../policy/coverage";
import { type Conditions, expiryOf, type PolicyStatement, untimed } from "../../policy/document";
import { findEscalations } from "../../policy/escalation";
import { revokedBefore } from "../../policy/revocation";
import { findSelfEscalation } from "../../policy/self-escalation";
import type { Check, Evidence } from "../../types";
import { check, fact, finding, skipped } from "../check";
import { type Beyond, beyond } from "./beyond";
import { asStatement, type ExpectedStatement } from "./expected-statement";
import { isOfAws, policyName } from "./managed-policy";
import { unreadableEvidence, unreadableFinding } from "./ongoing";
import { type AgreedBoundary, boundaryFault } from "./own-boundary";
import type { RolePolicies } from "./role-policies";
import { isBlind } from "./self-read-evidence";

export interface ExcessInput {
  ongoing: readonly ExpectedStatement[];
  setup: readonly ExpectedStatement[];
  /** ARNs of the policies by AWS that the role may have. */
  managed: { ongoing: readonly string[]; setup: readonly string[] };
  policies: RolePolicies;
  boundary?: AgreedBoundary;
  serviceName: string;
  /** Of the role; begins and ends with a slash. */
  path: string;
}

/** What one policy of the role allows beyond the template. */
interface Excess {
  policy: string;
  arn?: string;
  actions: string[];
  resources: string[];
  /** Why it is worse than needless, if it is. */
  leadsTo?: string;
}

/**
 * Finds what is granted beyond the template. Every such grant is a failure, for least privilege is what the customer was
 * promised, though the connection goes on working; a policy that could not be read is a warning, because nothing is proven.
 */
export function checkExcessPermissions(input: ExcessInput): Check {
  const found = excessOf(input);
  const hidden = unreadableEvidence(input.policies, { boundary: false });
  const unbounded = boundaryFault(input.boundary, input.policies);
  if (found.length > 0) {
    const worst = found.find(({ leadsTo }) => leadsTo);
    return check(
      "excess-permissions",
      "failed",
      [...found.map(evidenceOf), ...(unbounded?.evidence ?? []), ...hidden],
      finding(worst ? "excess-escalation" : "excess", "certain", {
        ...(worst && {
          cause: `A policy of the role, ${worst.policy}, lets it gain more than it was given: it ${worst.leadsTo}.`,
        }),
        policies: found.map(({ policy, arn }) => ({ name: policy, ...(arn && { arn }) })),
      }),
    );
  }
  if (unbounded) {
    return check("excess-permissions", "failed", [...unbounded.evidence, ...hidden], unbounded.finding);
  }
  if (isBlind(input.policies))
    return skipped(
      "excess-permissions",
      "The role may not read its own policies, as the check of ongoing permissions says.",
    );
  if (hidden.length > 0) {
    return check("excess-permissions", "warning", hidden, unreadableFinding(input.policies));
  }
  return check("excess-permissions", "passed", [
    fact("Beyond the template", "Nothing is attached"),
    ...revocations(input),
  ]);
}

/** Told as what it is: it grants nothing, and takes nothing from sessions that are made from now on. */
function revocations({ policies }: ExcessInput): Evidence[] {
  return policies.statements.flatMap((statement) => {
    const before = revokedBefore(statement);
    return before === null
      ? []
      : [fact(`Revoked sessions, by inline policy ${statement.policy}`, `Those issued before ${before}`)];
  });
}

function excessOf({ ongoing, setup, managed, policies, serviceName, path }: ExcessInput): Excess[] {
  const allowed = (list: readonly ExpectedStatement[]) =>
    list.filter(({ effect }) => effect === "Allow").map(asStatement);
  const agreed = { ongoing: allowed(ongoing), setup: allowed(setup) };
  const byPolicy = new Map<string, Excess>();
  for (const statement of policies.statements.filter(({ effect }) => effect === "Allow")) {
    const found = beyondAgreed(statement, agreed);
    if (!found) continue;
    const leadsTo = escalationOf(found, { serviceName, path });
    const name = statement.policyArn ?? statement.policy;
    const known = byPolicy.get(name);
    if (known) merge(known, found, leadsTo);
    else byPolicy.set(name, { policy: statement.policy, arn: statement.policyArn, ...found, leadsTo });
  }
  const unchosen = policies.declared
    .filter((arn) => ![...managed.ongoing, ...managed.setup].includes(arn))
    .map((arn) => ({ policy: policyName(arn), arn, actions: ["What AWS puts into it"], resources: ["what it names"] }));
  return [...byPolicy.values(), ...unchosen];
}

interface Agreed {
  ongoing: readonly PolicyStatement[];
  setup: readonly PolicyStatement[];
}

function beyondAgreed(statement: PolicyStatement, agreed: Agreed): Beyond | null {
  return beyond(statement, [
    ...agreed.ongoing.filter(({ conditions }) => noStricter(conditions, statement.conditions)),
    ...agreed.setup.filter(({ conditions }) => noStricterSetup(conditions, statement.conditions)),
  ]);
}

/** When setup ends differs from role to role, so an end counts as agreed whenever it is, as long as there is one. */
function noStricterSetup(agreed: Conditions, found: Conditions): boolean {
  const ends = expiryOf(agreed) !== null && expiryOf(found) !== null;
  return ends ? noStricter(untimed(agreed), untimed(found)) : noStricter(agreed, found);
}

function escalationOf(
  { actions, resources }: Beyond,
  { serviceName, path }: Pick<ExcessInput, "serviceName" | "path">,
): string | undefined {
  const grant = {
    effect: "Allow",
    actions: actions.map((action) => (action.startsWith("* except") ? "*" : action)),
    resources: resources.map((resource) =>
      resource.startsWith("* except") ? "*" : resource.replace(/^arn:[^:]+:/, "arn:aws:"),
    ),
  };
  if (grant.actions.includes("*") && grant.resources.includes("*")) return "may do everything in the account";
  const names = [serviceName, path.slice(1, -1)];
  if (names.some((name) => findSelfEscalation(name, grant).length > 0))
    return "can change its own policies, trust or boundary";
  const whole = grant.actions.find((action) => isWholeService(action) && /^(iam|organizations|sts):/i.test(action));
  if (whole) return `may do everything in ${whole.split(":")[0]}`;
  return findEscalations([grant]).find(({ narrowedBy }) => !narrowedBy)?.leadsTo;
}

function merge(known: Excess, { actions, resources }: Beyond, leadsTo: string | undefined): void {
  known.actions = [...new Set([...known.actions, ...actions])];
  known.resources = [...new Set([...known.resources, ...resources])];
  known.leadsTo ??= leadsTo;
}

function evidenceOf({ policy, arn, actions, resources, leadsTo }: Excess): Evidence {
  const kind = arn === undefined ? "inline policy" : isOfAws(arn) ? "policy by AWS" : "policy";
  const granted = `${actions.join(", ")} on ${resources.join(", ")}${leadsTo ? `; it ${leadsTo}` : ""}`;
  return fact(`Beyond the template, in ${kind} ${policy}`, granted);
}
