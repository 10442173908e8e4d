import { patternsOverlap } from "../../policy/pattern";
import { comparisons } from "./condition";
import type { TrustStatement } from "./document";
import { type ExternalIdDemand, type ExternalIdDenials, externalIdDemand, externalIdDenials } from "./external-id";
import {
  isPinned,
  letsAnybodyIn,
  type PrincipalKind,
  principalKind,
  principalLimit,
  type TrustParties,
} from "./principal";

export interface TrustExpectation extends TrustParties {
  externalId: string;
  /** External IDs that were issued to other connections, as this policy spells them. */
  othersExternalIds: ReadonlySet<string>;
  /** Identities of the vendor that the template names; none: it names the account. */
  trustedPrincipalArns: readonly string[];
}

/**
 * `open`: others than the vendor may assume the role, or the vendor without this external ID. `wider`: more than the template
 * allows, but by nobody outside the two accounts. `notice`: harmless, worth a look. `stated`: lets nobody else in, and is said
 * so that the customer sees it.
 */
export interface TrustFinding {
  severity: "open" | "wider" | "notice" | "stated";
  label: string;
  text: string;
}

interface TrustContext extends TrustExpectation {
  /** Some statement lists this connection's external ID. */
  named: boolean;
  /** No other statement can be the one by which AWS let the vendor in, so an organization in it is the vendor's. */
  alone: boolean;
}

const ASSUMING = ["sts:assumerole", "sts:assumerolewithsaml", "sts:assumerolewithwebidentity", "sts:assumeroot"];
const HARMLESS_ACTIONS = ["sts:tagsession", "sts:setsourceidentity"];

/** What each statement of a trust policy lets in, beyond or short of what the template says. */
export function trustFindings(statements: readonly TrustStatement[], expected: TrustExpectation): TrustFinding[] {
  const denials = externalIdDenials(statements);
  const allows = statements.filter(({ effect }) => effect === "Allow");
  const named = allows.some((statement) => {
    const demand = externalIdDemand(statement, denials);
    return demand.kind === "exact" && demand.ids.includes(expected.externalId);
  });
  const alone = allows.filter((statement) => reaches(statement, ASSUMING)).length === 1;
  const findings = allows.flatMap((statement) => statementFindings(statement, { ...expected, named, alone }, denials));
  const denied = statements.length - allows.length;
  return denied === 0
    ? findings
    : [...findings, finding("stated", "Deny statements", `${denied}, which take away and never grant`)];
}

function statementFindings(
  statement: TrustStatement,
  expected: TrustContext,
  denials: ExternalIdDenials,
): TrustFinding[] {
  const assumes = reaches(statement, ASSUMING);
  if (!assumes) return actionFindings(statement);
  if (statement.principalsExcluded) {
    return [finding("open", "Trusted principal", "Everyone except those listed (NotPrincipal)")];
  }
  if (statement.principals.length === 0) {
    return [finding("open", "Trusted principal", "Written in an unknown way, so it may be anyone")];
  }
  const limit = principalLimit(statement, expected);
  const kinds = statement.principals.map((principal) => ({
    principal: principal.value,
    kind: limit === "vendor" && principal.value === "*" ? "vendor-account" : principalKind(principal, expected),
  }));
  const isVendor = kinds.some(({ kind }) => kind === "vendor-account" || kind === "vendor-identity");
  const isEveryone = kinds.some(({ kind }) => kind === "everyone");
  return [
    ...kinds.flatMap(({ principal, kind }) => principalFinding(statement, principal, kind, limit, expected)),
    ...(isVendor || isEveryone ? demandFindings(externalIdDemand(statement, denials), expected) : []),
    ...actionFindings(statement),
    ...furtherConditions(statement),
  ];
}

function principalFinding(
  statement: TrustStatement,
  principal: string,
  kind: PrincipalKind,
  limit: ReturnType<typeof principalLimit>,
  expected: TrustContext,
): TrustFinding[] {
  const label = "Trusted principal";
  switch (kind) {
    case "vendor-account":
    case "vendor-identity":
      if (expected.trustedPrincipalArns.length > 0 && !isPinned(statement, principal, expected.trustedPrincipalArns)) {
        return [finding("notice", label, `${principal}: identities of the vendor that the template does not name`)];
      }
      return kind === "vendor-account" ? [] : [finding("stated", label, `${principal}, an identity of the vendor`)];
    case "everyone":
      return limit === "organization" && expected.alone
        ? [finding("wider", label, "Every account of the vendor's organization, where the template names one")]
        : [finding("open", label, "Everyone (*): anyone who learns the external ID can assume the role")];
    case "other-account":
      if (limit === "vendor") return [finding("notice", label, `${principal}, which a condition excludes`)];
      return [finding("open", label, `${principal}: an AWS account other than the vendor's`)];
    case "other-federation":
      return [finding("open", label, `${principal}: people of another identity provider`)];
    case "own-account":
      return [finding("wider", label, `${principal}: an identity of your own account`)];
    case "own-federation":
      if (letsAnybodyIn(statement, principal)) {
        return [finding("open", label, `${principal}: anyone with an account there, because no claim is compared`)];
      }
      return [finding("wider", label, `${principal}: an identity provider of your own account`)];
    case "service":
      return [finding("wider", label, `${principal}: an AWS service in your own account`)];
    case "deleted":
      return [finding("notice", label, `${principal}: a user or role that was deleted; it lets no one in`)];
  }
}

function demandFindings(demand: ExternalIdDemand, expected: TrustContext): TrustFinding[] {
  const label = "External ID";
  switch (demand.kind) {
    case "none":
      return [finding("open", label, "Not compared: there is no condition on sts:ExternalId")];
    case "pattern":
      return [finding("open", label, `${demand.operator} with a wildcard, which other IDs match too`)];
    case "passes-when-missing":
      return [finding("open", label, `${demand.operator}: a request without any external ID passes`)];
    case "negated":
      return [
        finding(
          "open",
          label,
          `${demand.operator}: any ID but the listed ones passes, and so does a request without one`,
        ),
      ];
    case "presence-only":
      return [finding("open", label, `${demand.operator}: any external ID passes`)];
    case "ignores-case":
      return [
        finding("wider", label, `${demand.operator}: the ID in any upper or lower case passes`),
        ...foreignFindings(demand.operator, demand.ids, expected),
      ];
    case "exact":
      return [
        ...exactFindings(demand.operator, demand.ids, expected),
        ...foreignFindings(demand.operator, demand.ids, expected),
      ];
  }
}

function exactFindings(operator: string, ids: readonly string[], { externalId, named }: TrustContext): TrustFinding[] {
  const label = "External ID";
  if (ids.length === 0) return [];
  if (!ids.includes(externalId)) {
    return [finding(named ? "notice" : "wider", label, `${operator} with IDs other than this connection's`)];
  }
  const others = ids.filter((id) => id !== externalId).length;
  return others === 0
    ? [finding("stated", label, `${operator}, exactly this connection's`)]
    : [finding("notice", label, `${operator}, this connection's and ${others} more, which it does not need`)];
}

/** The customer of another connection could have the role assumed for them by naming it as theirs. */
function foreignFindings(
  operator: string,
  ids: readonly string[],
  { othersExternalIds }: TrustContext,
): TrustFinding[] {
  return ids.some((id) => othersExternalIds.has(id))
    ? [finding("open", "External ID", `${operator} with the external ID of another connection, which may be anyone's`)]
    : [];
}

function actionFindings({ actions }: TrustStatement): TrustFinding[] {
  if (actions.excluded) return [finding("wider", "Allowed action", `Everything except ${actions.patterns.join(", ")}`)];
  return actions.patterns
    .filter((pattern) => pattern.toLowerCase() !== "sts:assumerole")
    .map((pattern) =>
      HARMLESS_ACTIONS.includes(pattern.toLowerCase())
        ? finding("notice", "Allowed action", `${pattern}, which the template does not need`)
        : finding("wider", "Allowed action", `${pattern}, where the template allows only sts:AssumeRole`),
    );
}

function furtherConditions({ conditions }: TrustStatement): TrustFinding[] {
  return comparisons(conditions)
    .filter(({ key }) => key.toLowerCase() !== "sts:externalid")
    .map(({ written, key, values }) =>
      finding("stated", "Further condition", `${written} ${key}: ${values.join(", ")}`),
    );
}

function reaches({ actions }: TrustStatement, names: readonly string[]): boolean {
  const matches = (name: string) => actions.patterns.some((pattern) => patternsOverlap(pattern.toLowerCase(), name));
  return names.some((name) => matches(name) !== actions.excluded);
}

function finding(severity: TrustFinding["severity"], label: string, text: string): TrustFinding {
  return { severity, label, text };
}
