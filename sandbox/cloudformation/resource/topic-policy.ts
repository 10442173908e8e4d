import type { RequestContext } from "../../service";
import { defaultTopicPolicy } from "../../sns/topic-policy";
import { unlessGone } from "./iam-call";
import { physicalName } from "./physical-name";
import { documentOf, stringsOf } from "./properties";
import type { Existing, ResourceType } from "./resource-type";

const longestName = 128;

export const topicPolicy: ResourceType = {
  type: "AWS::SNS::TopicPolicy",
  properties: {
    PolicyDocument: { kind: "document", required: true },
    Topics: { kind: "strings", required: true },
  },
  attributes: [],
  async create(properties, { request, stackName, logicalId, created }) {
    for (const arn of stringsOf(properties, "Topics"))
      await set(arn, documentOf(properties, "PolicyDocument"), request);
    created(physicalName(stackName, logicalId, longestName), {});
  },
  async update({ properties: before, attributes }: Existing, after, { request }) {
    const topics = stringsOf(after, "Topics");
    for (const arn of stringsOf(before, "Topics").filter((arn) => !topics.includes(arn))) await reset(arn, request);
    for (const arn of topics) await set(arn, documentOf(after, "PolicyDocument"), request);
    return attributes;
  },
  async delete({ properties }: Existing, { request }) {
    for (const arn of stringsOf(properties, "Topics")) await reset(arn, request);
  },
};

async function set(TopicArn: string, AttributeValue: string | undefined, request: RequestContext): Promise<void> {
  await request.call("sns", "SetTopicAttributes", { TopicArn, AttributeName: "Policy", AttributeValue });
}

async function reset(arn: string, request: RequestContext): Promise<void> {
  await unlessGone(set(arn, defaultTopicPolicy(arn, arn.split(":")[4] ?? ""), request));
}
