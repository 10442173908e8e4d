import { comparisons } from "./condition";
import type { TrustStatement } from "./document";
import { externalIdFindings, ownIds } from "./external-id-findings";
import { providersIn, readTrust, type TrustReading } from "./openings";
import { principalFindings } from "./principal-findings";
import { finding, type TrustFinding } from "./trust-finding";
import type { TrustExpectation, TrustSubject } from "./trust-subject";

const HARMLESS_ACTIONS = ["sts:tagsession", "sts:setsourceidentity"];

export interface TrustFindings {
  findings: TrustFinding[];
  /** Some statement lets in the vendor with this external ID. */
  admitsVendor: boolean;
}

/** What each statement of a trust policy lets in, beyond or short of what the template says. */
export function trustFindings(statements: readonly TrustStatement[], expected: TrustExpectation): TrustFindings {
  const reading = readTrust(statements, expected);
  const allows = statements.filter(({ effect }) => effect === "Allow");
  const own = ownIds(expected);
  const admitsVendor = allows.some((allow) => own.some((id) => reading.toVendor(allow, id)));
  const about = { ...expected, statements, admitsVendor };
  const findings = allows.flatMap((allow) => statementFindings(allow, reading, about));
  const denied = statements.length - allows.length;
  const stated = finding("stated", "Deny statements", `${denied}, which take away and never grant`);
  return { admitsVendor, findings: denied === 0 ? findings : [...findings, stated] };
}

function statementFindings(allow: TrustStatement, reading: TrustReading, subject: TrustSubject): TrustFinding[] {
  if (allow.reaches.length === 0) return actionFindings(allow);
  if (allow.principals.length === 0 && !allow.principalsExcluded) {
    const text = "Written in a way that is not known, so it may be anyone";
    return [finding("open", "Trusted principal", text, { sure: false })];
  }
  return [
    ...principalFindings(allow, reading, subject, providersIn(allow, subject)),
    ...externalIdFindings(allow, reading, subject),
    ...actionFindings(allow),
    ...furtherConditions(allow),
  ];
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
