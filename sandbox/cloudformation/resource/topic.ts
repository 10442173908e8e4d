import type { RequestContext } from "../../service";
import type { JsonObject } from "../template/json";
import { unlessGone } from "./iam-call";
import { physicalName } from "./physical-name";
import { changedProperties, objectsOf, stringOf } from "./properties";
import type { Existing, ResourceContext, ResourceType } from "./resource-type";
import { tagsOf } from "./tags";

const longestName = 256;

export const topic: ResourceType = {
  type: "AWS::SNS::Topic",
  properties: {
    DisplayName: { kind: "string" },
    SignatureVersion: { kind: "string" },
    Subscription: { kind: "objects" },
    Tags: { kind: "objects" },
    TopicName: { kind: "string", replaces: true, names: true },
  },
  attributes: ["TopicArn", "TopicName"],
  async create(properties, context) {
    const { request, stackName, logicalId } = context;
    const Name = stringOf(properties, "TopicName") ?? physicalName(stackName, logicalId, longestName);
    await refusePresent(Name, request);
    const { TopicArn } = await request.call<{ TopicArn: string }>("sns", "CreateTopic", {
      Name,
      Tags: tagsOf(properties, context),
    });
    context.created(TopicArn, { TopicArn, TopicName: Name });
    await configure(TopicArn, {}, properties, context);
    for (const { Protocol, Endpoint, ...rest } of objectsOf(properties, "Subscription")) {
      await request.call("sns", "Subscribe", { TopicArn, Protocol, Endpoint, ...rest });
    }
  },
  async update({ physicalId, properties: before, attributes }: Existing, after, context) {
    const fixed = changedProperties(before, after).filter((name) => name === "Subscription" || name === "Tags");
    if (fixed.length > 0) throw new Error(`Not supported by the sandbox: a change of ${fixed.join(", ")}`);
    await configure(physicalId, before, after, context);
    return attributes;
  },
  async delete({ physicalId: TopicArn }: Existing, { request }) {
    await unlessGone(request.call("sns", "DeleteTopic", { TopicArn }));
  },
};

/** CreateTopic answers a topic that is there; a stack never takes one over. */
async function refusePresent(name: string, request: RequestContext): Promise<void> {
  const arn = `arn:${request.partition}:sns:${request.region}:${request.accountId}:${name}`;
  const { Topics } = await request.call<{ Topics: { TopicArn: string }[] }>("sns", "ListTopics", {});
  if (Topics.some(({ TopicArn }) => TopicArn === arn)) throw new Error(`${arn} already exists`);
}

const defaults: Record<string, string> = { DisplayName: "", SignatureVersion: "1" };

async function configure(
  TopicArn: string,
  before: JsonObject,
  after: JsonObject,
  { request }: ResourceContext,
): Promise<void> {
  for (const AttributeName of changedProperties(before, after).filter((name) => Object.hasOwn(defaults, name))) {
    const AttributeValue = stringOf(after, AttributeName) ?? defaults[AttributeName];
    await request.call("sns", "SetTopicAttributes", { TopicArn, AttributeName, AttributeValue });
  }
}
