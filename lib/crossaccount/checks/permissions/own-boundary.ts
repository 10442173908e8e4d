import { covers, type Grant, noStricter } from "../../policy/coverage";
import type { PolicyStatement } from "../../policy/document";
import type { Evidence } from "../../types";
import { type Finding, fact, finding } from "../check";
import { beyond } from "./beyond";
import { asStatement, type ExpectedStatement, grantsOf } from "./expected-statement";
import type { RolePolicies } from "./role-policies";

/** The boundary that the template gives to the role. */
export interface AgreedBoundary {
  name: string;
  arn: string;
  /** Missing of one by AWS, which is compared by its ARN. */
  statements?: readonly ExpectedStatement[];
}

export interface BoundaryFault {
  evidence: Evidence[];
  finding: Finding;
}

/** Where the role lacks the boundary that was agreed, or has one that lets more through; one that could not be read is told elsewhere. */
export function boundaryFault(
  agreed: AgreedBoundary | undefined,
  { boundary }: RolePolicies,
): BoundaryFault | undefined {
  if (!agreed || boundary === "unknown") return undefined;
  const expected = fact("Permissions boundary of the template", agreed.name);
  if (boundary === null) {
    const evidence = [expected, fact("The role's permissions boundary", "None")];
    return { evidence, finding: finding("boundary-gone", "certain") };
  }
  const isBound =
    typeof boundary.statements === "object" && agreed.statements
      ? isNoWider(boundary.statements, agreed.statements)
      : boundary.arn === agreed.arn;
  if (isBound) return undefined;
  const isEdited = boundary.arn === agreed.arn;
  return {
    evidence: [
      expected,
      fact("The role's permissions boundary", isEdited ? `${boundary.name}, edited` : boundary.name),
    ],
    finding: finding(isEdited ? "boundary-edited" : "boundary-gone", "certain"),
  };
}

/** Whether a boundary lets through all that is granted; what it denies at times counts where that takes away all. */
export function withinBoundary(
  statements: readonly PolicyStatement[],
  grants: Grant[],
  unconditional: Grant[],
): boolean {
  const allows = statements.filter(({ effect }) => effect === "Allow");
  const denies = statements.filter(({ effect }) => effect === "Deny");
  return (
    grants.every((grant) => allows.some((allow) => covers(allow, grant))) &&
    !denies.some((deny) => unconditional.some((grant) => covers(deny, grant)))
  );
}

/** Whether all that the boundary lets through is let through by the template's, and nothing that is kept back there is missing. */
function isNoWider(found: readonly PolicyStatement[], agreed: readonly ExpectedStatement[]): boolean {
  const allows = agreed.filter(({ effect }) => effect === "Allow").map(asStatement);
  const denies = found.filter(({ effect }) => effect === "Deny");
  const lets = (statement: PolicyStatement) =>
    beyond(
      statement,
      allows.filter(({ conditions }) => noStricter(conditions, statement.conditions)),
    ) === null;
  return (
    found.filter(({ effect }) => effect === "Allow").every(lets) &&
    agreed
      .filter(({ effect }) => effect === "Deny")
      .flatMap(grantsOf)
      .every((grant) => denies.some((deny) => covers(deny, grant)))
  );
}
