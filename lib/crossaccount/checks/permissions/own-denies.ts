import { noStricter, overlaps } from "../../policy/coverage";
import type { PolicyStatement } from "../../policy/document";
import { beyond } from "./beyond";
import { asStatement, type ExpectedStatement, grantsOfAction } from "./gaps";

/** What the template itself denies, of both phases: no finding where the role has it, and no surprise where AWS says so. */
export interface OwnDenies {
  /** Whether the Deny that a role has takes away no more than the template does. */
  isOwn: (found: PolicyStatement) => boolean;
  /** Whether the template itself may deny some of the action. */
  mayDeny: (statement: ExpectedStatement, action: string) => boolean;
}

export function ownDenies(expected: readonly ExpectedStatement[]): OwnDenies {
  const denies = expected.filter(({ effect }) => effect === "Deny").map(asStatement);
  return {
    isOwn: (found) =>
      beyond(
        found,
        denies.filter(({ conditions }) => noStricter(conditions, found.conditions)),
      ) === null,
    mayDeny: (statement, action) =>
      grantsOfAction(statement, action).some((grant) => denies.some((deny) => overlaps(deny, grant))),
  };
}
