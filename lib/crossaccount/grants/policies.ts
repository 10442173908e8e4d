import { CrossAccountError } from "../errors";
import type { PermissionPhase, RoleDeclaration } from "./permission";
import type { PolicyDocument, PolicyStatement } from "./policy-types";
import { ongoingStatements, setupStatements, trustPolicy } from "./statements";
import { longestValues, type StackValues } from "./values";

/** Limits from the IAM User Guide, reference_iam-quotas; white space does not count. */
const policyCharacters = 6_144;
const trustPolicyCharacters = 2_048;
const policiesPerRole = 10;

export interface PhasePolicy<T> {
  readonly phase: PermissionPhase;
  /** `-Ongoing`, `-Ongoing2`, `-Setup`, …; the policy's name is the role's name and this. */
  readonly suffix: string;
  readonly document: PolicyDocument<T>;
}

/**
 * The managed policies of a stack, as few as hold the statements in their order.
 * @throws CrossAccountError `template-too-large`
 */
export function phasePolicies<T>(config: RoleDeclaration, values: StackValues<T>): readonly PhasePolicy<T | string>[] {
  const policies = [
    ...pack("ongoing", "-Ongoing", ongoingStatements(config, longestValues), ongoingStatements(config, values)),
    ...pack("setup", "-Setup", setupStatements(config, longestValues), setupStatements(config, values)),
  ];
  if (policies.length > policiesPerRole) throw tooManyPolicies(policies.length);
  refuseLongTrustPolicy(config);
  return policies;
}

/** Characters as IAM counts them. */
export function documentSize(document: object): number {
  return JSON.stringify(document).replace(/\s/g, "").length;
}

/** Where to split is decided on the longest a statement can get, so that names and contents never depend on a stack. */
function pack<T>(
  phase: PermissionPhase,
  suffix: string,
  longest: readonly PolicyStatement[],
  statements: readonly PolicyStatement<T>[],
): PhasePolicy<T>[] {
  const groups: { measured: PolicyStatement[]; statements: PolicyStatement<T>[] }[] = [];
  statements.forEach((statement, index) => {
    const measured = longest.slice(index, index + 1);
    if (!fits(measured)) throw tooLongStatement(phase, statement.Sid);
    const last = groups.at(-1);
    if (last && fits([...last.measured, ...measured])) {
      last.measured.push(...measured);
      last.statements.push(statement);
    } else {
      groups.push({ measured, statements: [statement] });
    }
  });
  return groups.map((group, index) => ({
    phase,
    suffix: index === 0 ? suffix : `${suffix}${index + 1}`,
    document: policyDocument(group.statements),
  }));
}

function fits(statements: readonly PolicyStatement[]): boolean {
  return documentSize(policyDocument(statements)) <= policyCharacters;
}

function policyDocument<T>(statements: readonly PolicyStatement<T>[]): PolicyDocument<T> {
  return { Version: "2012-10-17", Statement: statements };
}

function refuseLongTrustPolicy(config: RoleDeclaration): void {
  const sides = [config, ...Object.values(config.partitions)];
  for (const { trustedPrincipalArns } of sides) {
    const size = documentSize(trustPolicy(config, { ...longestValues, trustedPrincipalArns }));
    if (size > trustPolicyCharacters) {
      throw new CrossAccountError(
        "template-too-large",
        `The role's trust policy would have ${size} characters, and IAM allows ${trustPolicyCharacters}. Name fewer trustedPrincipalArns, or roles with shorter paths.`,
      );
    }
  }
}

function tooLongStatement(phase: PermissionPhase, sid: string): CrossAccountError {
  return new CrossAccountError(
    "template-too-large",
    `The statement "${sid}" in ${phase}Permissions is longer than the ${policyCharacters} characters that IAM allows for a whole policy. Split it into several statements, or use wildcards.`,
  );
}

function tooManyPolicies(count: number): CrossAccountError {
  return new CrossAccountError(
    "template-too-large",
    `The permissions need ${count} managed policies of ${policyCharacters} characters, and AWS attaches at most ${policiesPerRole} to a role. Use fewer or shorter statements, with wildcards where that is safe.`,
  );
}
