import type { StackValues } from "../grants/values";

/** A CloudFormation value: text taken literally, or a function that CloudFormation evaluates. */
export type TemplateValue = string | Intrinsic;

export type Intrinsic =
  | { readonly Ref: string }
  | { readonly "Fn::Join": readonly [delimiter: string, parts: readonly TemplateValue[]] }
  | { readonly "Fn::FindInMap": readonly [map: string, first: TemplateValue, second: TemplateValue] }
  | { readonly "Fn::GetAtt": readonly [logicalId: string, attribute: string] }
  | { readonly "Fn::If": readonly [condition: string, then: TemplateValue, otherwise: TemplateValue] };

export const vendorAccountsMap = "VendorAccountsByPartition";
export const trustedPrincipalsMap = "TrustedPrincipalsByPartition";

export function ref(name: string): Intrinsic {
  return { Ref: name };
}

/** Fn::Join and never Fn::Sub: what the vendor wrote stays literal, `${…}` included. */
export function join(parts: readonly TemplateValue[]): Intrinsic {
  return { "Fn::Join": ["", parts.reduce<readonly TemplateValue[]>(appendPart, [])] };
}

function appendPart(parts: readonly TemplateValue[], part: TemplateValue): readonly TemplateValue[] {
  const last = parts.at(-1);
  return typeof last === "string" && typeof part === "string" ? [...parts.slice(0, -1), last + part] : [...parts, part];
}

/**
 * The vendor's account comes from a mapping looked up by partition and parameter: a parameter that is not the vendor's own
 * account in this very partition fails the stack, so a forged link cannot make a role that trusts somebody else.
 */
export const templateValues: StackValues<TemplateValue> = {
  partition: ref("AWS::Partition"),
  accountId: ref("AWS::AccountId"),
  roleName: ref("RoleName"),
  externalId: ref("ExternalId"),
  vendorAccountId: { "Fn::FindInMap": [vendorAccountsMap, ref("AWS::Partition"), ref("ServiceAccountId")] },
  trustedPrincipalArns: { "Fn::FindInMap": [trustedPrincipalsMap, ref("AWS::Partition"), "RoleArns"] },
  setupExpiresAt: ref("SetupExpiresAt"),
  join,
};
