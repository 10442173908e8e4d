import { covers, noStricter, overlaps } from "../../policy/coverage";
import type { PolicyStatement } from "../../policy/document";
import { beyond } from "./beyond";
import { asStatement, type ExpectedStatement, grantsOfAction } from "./expected-statement";
import type { AgreedBoundary } from "./own-boundary";

/** What the template itself denies and bounds, in both phases: no finding where the role has it, and no surprise where AWS says so. */
export interface OwnLimits {
  /** Whether the Deny that a role has takes away no more than the template does. */
  isOwnDeny: (found: PolicyStatement) => boolean;
  /** Whether the template itself may deny some of the action. */
  mayDeny: (statement: ExpectedStatement, action: string) => boolean;
  /** Whether its boundary may leave some of the action out. */
  mayBound: (statement: ExpectedStatement, action: string) => boolean;
}

export function ownLimits(expected: readonly ExpectedStatement[], boundary?: AgreedBoundary): OwnLimits {
  const denies = expected.filter(({ effect }) => effect === "Deny").map(asStatement);
  const bounds = boundary?.statements?.map(asStatement);
  return {
    isOwnDeny: (found) =>
      beyond(
        found,
        denies.filter(({ conditions }) => noStricter(conditions, found.conditions)),
      ) === null,
    mayDeny: (statement, action) =>
      grantsOfAction(statement, action).some((grant) => denies.some((deny) => overlaps(deny, grant))),
    mayBound: (statement, action) => {
      if (!boundary) return false;
      if (!bounds) return true;
      const grants = grantsOfAction(statement, action);
      return grants.some(
        (grant) =>
          !bounds.some((bound) => bound.effect === "Allow" && covers(bound, grant)) ||
          bounds.some((bound) => bound.effect === "Deny" && overlaps(bound, grant)),
      );
    },
  };
}
