import { principalIdsOf } from "../iam/named-principals";
import { validatePolicy } from "../policy/validate";
import { AwsError, type RequestContext } from "../service";
import { invalidParameter } from "./error";

/** Actions that a topic policy may speak of. https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-language-api-permissions-reference.html */
const actions = [
  "AddPermission",
  "DeleteTopic",
  "GetDataProtectionPolicy",
  "GetTopicAttributes",
  "ListSubscriptionsByTopic",
  "ListTagsForResource",
  "Publish",
  "PutDataProtectionPolicy",
  "Receive",
  "RemovePermission",
  "SetTopicAttributes",
  "Subscribe",
].map((action) => `sns:${action.toLowerCase()}`);

/** The policy of a new topic: its own account may use it. */
export function defaultTopicPolicy(arn: string, accountId: string): string {
  return JSON.stringify({
    Version: "2008-10-17",
    Id: "__default_policy_ID",
    Statement: [
      {
        Sid: "__default_statement_ID",
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: [
          "SNS:GetTopicAttributes",
          "SNS:SetTopicAttributes",
          "SNS:AddPermission",
          "SNS:RemovePermission",
          "SNS:DeleteTopic",
          "SNS:Subscribe",
          "SNS:ListSubscriptionsByTopic",
          "SNS:Publish",
        ],
        Resource: arn,
        Condition: { StringEquals: { "AWS:SourceOwner": accountId } },
      },
    ],
  });
}

/** A checked topic policy, with each named user or role tied to the unique ID that it has now. */
export function readTopicPolicy(policy: string, context: RequestContext) {
  const document = validated(policy, context);
  const named = document.statements.flatMap((statement) => statement.actions?.patterns ?? []);
  if (!named.every((action) => actions.includes(action.toLowerCase()))) {
    throw invalidParameter("Policy statement action out of service scope!");
  }
  return { policy, principalIds: principalIdsOf(document, context) };
}

function validated(policy: string, context: RequestContext) {
  try {
    const document = validatePolicy(policy, "resource");
    principalIdsOf(document, context);
    return document;
  } catch (error) {
    if (error instanceof AwsError && error.code === "MalformedPolicyDocument") {
      throw invalidParameter(`Policy Error: ${error.message}`);
    }
    throw error;
  }
}
