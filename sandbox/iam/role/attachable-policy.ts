import { AwsError, type RequestContext } from "../../service";
import type { ManagedPolicy } from "../entities";
import { getPolicy } from "../state";

/** A policy that roles of the caller's account can have: one of that account or one of AWS's. */
export function attachablePolicy(arn: string, context: RequestContext): ManagedPolicy {
  const { partition, accountId } = context;
  if (!new RegExp(`^arn:${partition}:iam::(${accountId}|aws):policy/`).test(arn)) {
    throw new AwsError("NoSuchEntity", `Policy ${arn} does not exist or is not attachable.`, 404);
  }
  return getPolicy(context, arn);
}
