import { type Authorization, AwsError, type RequestContext } from "../service";
import { forbidden, invalidParameter, notFound } from "./error";
import { state, type Topic } from "./state";

/** Checks that the caller may do this to a topic, of whatever account, and finds it; permission comes before existence. */
export function authorizedTopic(
  action: string,
  arn: string,
  context: RequestContext,
  conditionKeys: Record<string, string> = {},
): Topic {
  const [, partition, , region, owner] = arn.split(":");
  if (partition !== context.partition || region !== context.region) throw invalidParameter("TopicArn");
  const topic = findTopic(arn, context);
  authorize(
    {
      action: `SNS:${action}`,
      resource: arn,
      resourceAccountId: owner,
      resourcePolicy: topic?.policy,
      principalIds: topic?.principalIds,
      conditionKeys: {
        ...conditionKeys,
        "aws:SourceOwner": context.principal.accountId,
        ...Object.fromEntries((topic?.tags ?? []).map(({ Key, Value }) => [`aws:ResourceTag/${Key}`, Value])),
      },
    },
    context,
  );
  if (!topic) throw notFound("Topic");
  return topic;
}

export function findTopic(arn: string, { store }: RequestContext): Topic | undefined {
  return state(store).topics.find((topic) => topic.arn === arn);
}

export function authorize(authorization: Authorization, context: RequestContext): void {
  try {
    context.authorize(authorization);
  } catch (error) {
    if (error instanceof AwsError && error.code === "AccessDenied") throw forbidden(error.message);
    throw error;
  }
}
