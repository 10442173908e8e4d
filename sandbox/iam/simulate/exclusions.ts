import { matchesWildcards } from "../../policy/pattern";
import { list, optional, structure, text, type Values } from "../../protocol/input";
import { invalid } from "./parameters";
import type { SourcePolicy, Subject } from "./subject";

const identifier = structure({
  PolicyType: optional(text({ pattern: /^(aws-managed|user-managed|inline|permission-boundary|scp|rcp)$/ })),
  PolicyArn: optional(text({ pattern: /^arn:[\w-]+:iam::(aws|\d{12}):policy\/[^*]*\*?[^*]*$/ })),
  InlinePolicyIdentifier: optional(
    structure({
      PolicyName: text({ minimum: 1, maximum: 128 }),
      AttachmentType: text({ pattern: /^(user|group|role)$/i }),
      AttachmentName: text({ minimum: 1, maximum: 128 }),
    }),
  ),
});

export const exclusionList = list(identifier, 100);

type Exclusion = Values<{ one: typeof identifier }>["one"];

/** A subject as if these policies were not there; resource control policies never are. */
export function without(subject: Subject, exclusions: Exclusion[]): Subject {
  if (exclusions.some((exclusion) => Object.values(exclusion).filter((value) => value !== undefined).length !== 1)) {
    throw invalid("A policy identifier has exactly one of PolicyType, PolicyArn and InlinePolicyIdentifier.");
  }
  const types = exclusions.map(({ PolicyType }) => PolicyType);
  const { boundary, serviceControl, ...rest } = subject;
  return {
    ...rest,
    policies: subject.policies.filter((policy) => !exclusions.some((one) => excludes(one, policy, subject))),
    ...(boundary && !types.includes("permission-boundary") ? { boundary } : {}),
    ...(serviceControl && !types.includes("scp") ? { serviceControl } : {}),
  };
}

function excludes(
  { PolicyType, PolicyArn, InlinePolicyIdentifier: inline }: Exclusion,
  { type, arn, name }: SourcePolicy,
  { caller }: Subject,
): boolean {
  if (PolicyType !== undefined) return PolicyType === (type === "role" ? "inline" : type);
  if (PolicyArn !== undefined) return arn !== undefined && matchesWildcards(PolicyArn, arn);
  return (
    type === "role" &&
    inline?.PolicyName === name &&
    inline.AttachmentType.toLowerCase() === "role" &&
    matchesWildcards(inline.AttachmentName, caller.roleName ?? "")
  );
}
