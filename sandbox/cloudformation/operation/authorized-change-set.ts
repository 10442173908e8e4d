import { AwsError, type RequestContext } from "../../service";
import { type FoundChangeSet, findChangeSet } from "../stack/change-set";
import { type Input, requiredString, stringOf } from "./input";
import { authorizedStack } from "./stack-arn";

/** Authorises an action on the change set that a request names, and finds it. */
export function authorizedChangeSet(action: string, input: Input, context: RequestContext): FoundChangeSet {
  const name = requiredString(input, "ChangeSetName");
  const stackName = stringOf(input, "StackName");
  const found = findChangeSet(context, name, stackName);
  authorizedStack(context, action, found?.stack.id ?? stackName ?? name, {
    "cloudformation:ChangeSetName": found?.changeSet.name ?? name,
  });
  if (found) return found;
  throw new AwsError("ChangeSetNotFound", `ChangeSet [${name}] does not exist`, 404);
}
