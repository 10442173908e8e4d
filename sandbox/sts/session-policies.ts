import { defaultDocument, findPolicy } from "../iam/state";
import { validatePolicy } from "../policy/validate";
import { AwsError, type RequestContext } from "../service";

const MAXIMUM_CHARACTERS = 2048;

interface SessionPolicies {
  Policy: string | undefined;
  PolicyArns: { arn: string }[];
}

/** Session policies as documents, with the share of the allowed space they take in percent; undefined when none are given. */
export function packSessionPolicies(
  { Policy, PolicyArns }: SessionPolicies,
  accountId: string,
  context: RequestContext,
) {
  if (Policy === undefined && PolicyArns.length === 0) return undefined;
  if (Policy !== undefined) validatePolicy(Policy, "identity", context.partition);
  const managed = PolicyArns.map(({ arn }) => managedDocument(arn, accountId, context));
  const characters = (Policy ?? "").length + PolicyArns.reduce((sum, { arn }) => sum + arn.length, 0);
  const packedSize = Math.ceil((characters / MAXIMUM_CHARACTERS) * 100);
  if (packedSize > 100) {
    throw new AwsError(
      "PackedPolicyTooLarge",
      `Packed policy consumes ${packedSize}% of allotted space, please use smaller policy.`,
    );
  }
  return { documents: [...(Policy === undefined ? [] : [Policy]), ...managed], packedSize };
}

function managedDocument(arn: string, accountId: string, { store, partition }: RequestContext): string {
  const isReachable = new RegExp(`^arn:${partition}:iam::(${accountId}|aws):policy/`).test(arn);
  const policy = isReachable ? findPolicy(store, arn) : undefined;
  if (!policy) throw new AwsError("ValidationError", `Policy ${arn} does not exist or is not attachable.`);
  return defaultDocument(policy);
}
