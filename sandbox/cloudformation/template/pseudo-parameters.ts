import type { Json } from "./json";

/** What the pseudo parameters answer; `AWS::NoValue` is not among them, it removes what refers to it. */
export function pseudoParameters(stack: {
  id: string;
  name: string;
  accountId: string;
  region: string;
  partition: string;
}): Map<string, Json> {
  return new Map<string, Json>([
    ["AWS::AccountId", stack.accountId],
    ["AWS::NotificationARNs", []],
    ["AWS::Partition", stack.partition],
    ["AWS::Region", stack.region],
    ["AWS::StackId", stack.id],
    ["AWS::StackName", stack.name],
    ["AWS::URLSuffix", urlSuffix(stack.partition)],
  ]);
}

export const pseudoParameterNames = [
  "AWS::AccountId",
  "AWS::NotificationARNs",
  "AWS::NoValue",
  "AWS::Partition",
  "AWS::Region",
  "AWS::StackId",
  "AWS::StackName",
  "AWS::URLSuffix",
];

function urlSuffix(partition: string): string {
  if (partition === "aws-cn") return "amazonaws.com.cn";
  return partition === "aws-eusc" ? "amazonaws.eu" : "amazonaws.com";
}
