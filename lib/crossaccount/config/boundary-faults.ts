import type { BoundaryStatement } from "../grants/permission";
import { selfReadingPolicies } from "../policy/aws-policies";
import { coversAction, coversResource } from "../policy/coverage";
import { scopeLists } from "../policy/scope";

interface Fault {
  /** Within the boundary. */
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** What is wrong with a policy by AWS as the role's boundary. */
export function policyBoundaryFault(arn: string): string | undefined {
  const name = arn.slice("arn:aws:iam::aws:policy/".length);
  if (/^AdministratorAccess/.test(name)) return "bounds nothing; remove it, or name what the role can do at most";
  if (selfReadingPolicies.has(name)) return undefined;
  return `is not known to let the role read itself, without which nothing can be verified, as ${[...selfReadingPolicies].join(", ")} do; give statements instead, to which the template adds that`;
}

/** What is wrong with statements as the role's boundary. */
export function statementBoundaryFaults(boundary: readonly BoundaryStatement[]): readonly Fault[] {
  const denies = boundary.some(({ effect }) => effect === "Deny");
  const allows = boundary
    .map((statement, index) => ({ ...statement, index }))
    .filter(({ effect }) => effect === "Allow");
  if (denies && allows.length === 0) return [{ path: [], message: "lets nothing through; add an Allow statement" }];
  const open = allows.find((statement) => {
    const { actions, resources } = scopeLists(statement);
    return coversAction({ actions }, "*") && coversResource({ resources }, "*") && !statement.condition;
  });
  if (!open || denies) return [];
  return [{ path: [open.index], message: "bounds nothing: it lets everything through, everywhere and always" }];
}
