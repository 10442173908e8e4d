import { CrossAccountError } from "../errors";
import { type GrantPart, grantParts } from "./parts";
import type { RoleDeclaration } from "./permission";
import type { PolicyDocument, PolicyStatement } from "./policy-types";
import { splitStatement } from "./split-statement";
import { managedPolicyArn, partStatements, trustPolicy } from "./statements";
import { longestValues, type StackValues } from "./values";

/** Limits from the IAM User Guide, reference_iam-quotas; white space does not count. */
export const policyCharacters = 6_144;
const inlineCharacters = 10_240;
const trustPolicyCharacters = 2_048;
const policiesPerRole = 10;

export interface PhasePolicy<T> extends Pick<GrantPart, "phase" | "feature"> {
  /** `-Ongoing`, `-Ongoing2`, `-Setup`, `-Feature-Backups`, …; the policy's name is the role's name and this. */
  readonly suffix: string;
  /** In the role itself, because AWS attaches no more managed policies to one. */
  readonly inline: boolean;
  readonly document: PolicyDocument<T>;
}

/** A policy by AWS that the stack attaches. */
export interface AttachedPolicy<T> extends Pick<GrantPart, "phase" | "feature"> {
  readonly arn: T;
}

/**
 * The policies of a stack, as few as hold the statements in their order. What no managed policy is left for is put into the role.
 * @throws CrossAccountError `template-too-large`
 */
export function phasePolicies<T>(config: RoleDeclaration, values: StackValues<T>): readonly PhasePolicy<T | string>[] {
  const packed = grantParts(config).flatMap((part) => pack(config, part, values));
  const left = policiesPerRole - attachedPolicies(config, values).length;
  const bySize = packed.map(({ size }, index) => ({ size, index })).sort((one, other) => other.size - one.size);
  const inline = new Set(packed.length > left ? bySize.slice(Math.max(left, 0)).map(({ index }) => index) : []);
  const inlineSize = packed.reduce((sum, { size }, index) => sum + (inline.has(index) ? size : 0), 0);
  if (left < 0 || inlineSize > inlineCharacters) throw tooMany(packed, policiesPerRole - left, inlineSize);
  refuseLongTrustPolicy(config);
  return packed.map(({ policy }, index) => ({ ...policy, inline: inline.has(index) }));
}

/** The policies by AWS of a stack, each once: one that is attached for good is not attached for setup besides. */
export function attachedPolicies<T>(
  config: RoleDeclaration,
  values: StackValues<T>,
): readonly AttachedPolicy<T | string>[] {
  return grantParts(config).flatMap(({ phase, feature, managedPolicies }) =>
    managedPolicies.map((policy) => ({ phase, feature, arn: managedPolicyArn(policy, values) })),
  );
}

/** Characters as IAM counts them. */
export function documentSize(document: object): number {
  return JSON.stringify(document).replace(/\s/g, "").length;
}

interface Packed<T> {
  readonly size: number;
  readonly policy: Omit<PhasePolicy<T>, "inline">;
}

/** Where to split is decided on the longest a statement can get, so that names and contents never depend on a stack. */
function pack<T>(config: RoleDeclaration, part: GrantPart, values: StackValues<T>): Packed<T | string>[] {
  const longest = partStatements(config, part, longestValues);
  const pieces = partStatements(config, part, values).flatMap((statement, index) =>
    longest.slice(index, index + 1).flatMap((measured) => splitStatement({ measured, statement }, fits)),
  );
  const groups: { measured: PolicyStatement[]; statements: PolicyStatement<T | string>[] }[] = [];
  for (const { measured, statement } of pieces) {
    if (!fits([measured])) throw tooLongStatement(part, statement.Sid);
    const last = groups.at(-1);
    // A statement that was split goes on in the next policy, for its sid may stand in each but once.
    const isSplit = last?.statements.some(({ Sid }) => Sid === statement.Sid);
    if (last && !isSplit && fits([...last.measured, measured])) {
      last.measured.push(measured);
      last.statements.push(statement);
    } else {
      groups.push({ measured: [measured], statements: [statement] });
    }
  }
  const { phase, feature } = part;
  return groups.map(({ measured, statements }, index) => ({
    size: documentSize(policyDocument(measured)),
    policy: { phase, feature, suffix: suffixOf(part, index), document: policyDocument(statements) },
  }));
}

/** Ids have no hyphens, so that no two parts come to the same name. */
function suffixOf({ phase, feature }: GrantPart, index: number): string {
  const number = index === 0 ? "" : String(index + 1);
  if (feature === undefined) return `${phase === "setup" ? "-Setup" : "-Ongoing"}${number}`;
  return `-Feature-${feature}${phase === "setup" ? "-Setup" : ""}${number && `-${number}`}`;
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

function tooLongStatement({ phase }: GrantPart, sid: string): CrossAccountError {
  return new CrossAccountError(
    "template-too-large",
    `The statement "${sid}" in ${phase}Permissions cannot be split so that each part has the ${policyCharacters} characters that IAM allows for a policy. Name fewer resources or values in one statement, or use wildcards.`,
  );
}

function tooMany(packed: readonly { size: number }[], byAws: number, inlineSize: number): CrossAccountError {
  const total = packed.reduce((sum, { size }) => sum + size, 0);
  const attached = byAws === 0 ? "" : `, besides ${byAws} by AWS`;
  return new CrossAccountError(
    "template-too-large",
    `With every feature and the setup permissions, the role needs ${packed.length} policies of ${total} characters in all${attached}. AWS attaches ${policiesPerRole} managed policies of ${policyCharacters} characters to a role, and what is left may have ${inlineCharacters} inside the role; it would have ${inlineSize}. Use fewer or shorter statements, with wildcards where that is safe.`,
  );
}
