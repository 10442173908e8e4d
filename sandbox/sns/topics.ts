import { shownPolicy } from "../iam/named-principals";
import { requestTagKeys } from "../iam/tags";
import { optional, read, text } from "../protocol/input";
import type { Operation, RequestContext } from "../service";
import { authorize, authorizedTopic, findTopic } from "./authorize";
import { effectiveDeliveryPolicy } from "./delivery";
import { invalidParameter, unsupported } from "./error";
import { entries, pageOf, tags, topicArn } from "./input";
import { state, subscriptionsOf, type Topic } from "./state";
import { defaultTopicPolicy, readTopicPolicy } from "./topic-policy";

export const createTopic: Operation = (input, context) => {
  const { Name, Attributes, Tags } = read(input, { Name: text(), Attributes: entries(), Tags: tags });
  if (Name.endsWith(".fifo") || Attributes.FifoTopic === "true") throw unsupported("FIFO topics");
  if (!/^[\w-]{1,256}$/.test(Name)) throw invalidParameter("Topic Name");
  const { accountId, region, partition } = context;
  const arn = `arn:${partition}:sns:${region}:${accountId}:${Name}`;
  authorize({ action: "SNS:CreateTopic", resource: arn, conditionKeys: requestTagKeys(Tags) }, context);
  const present = findTopic(arn, context);
  const topic: Topic = present ?? {
    name: Name,
    arn,
    accountId,
    displayName: "",
    policy: defaultTopicPolicy(arn, accountId),
    principalIds: {},
    signatureVersion: "1",
    tags: Tags,
    ended: 0,
  };
  const chosen = Object.entries(Attributes).map(([name, value]) => attribute(name, value, context));
  const wanted: Topic = Object.assign({ ...topic }, ...chosen);
  if (!present) state(context.store).topics.push(wanted);
  else if (JSON.stringify(wanted) !== JSON.stringify(present)) {
    throw invalidParameter("Attributes Reason: Topic already exists with different attributes");
  }
  return { TopicArn: arn };
};

/** What one attribute changes of a topic. */
function attribute(name: string, value: string, context: RequestContext): Partial<Topic> {
  switch (name) {
    case "DisplayName":
      if (value.length > 100) throw invalidParameter("DisplayName");
      return { displayName: value };
    case "Policy":
      return readTopicPolicy(value, context);
    case "SignatureVersion":
      if (value !== "1" && value !== "2") throw invalidParameter("SignatureVersion");
      return { signatureVersion: value };
    default:
      throw unsupported(`the attribute ${name} of a topic`);
  }
}

export const setTopicAttributes: Operation = (input, context) => {
  const { TopicArn, AttributeName, AttributeValue } = read(input, {
    TopicArn: topicArn,
    AttributeName: text({ minimum: 1 }),
    AttributeValue: optional(text()),
  });
  const topic = authorizedTopic("SetTopicAttributes", TopicArn, context);
  Object.assign(topic, attribute(AttributeName, AttributeValue ?? "", context));
};

export const getTopicAttributes: Operation = (input, context) => {
  const { TopicArn } = read(input, { TopicArn: topicArn });
  const topic = authorizedTopic("GetTopicAttributes", TopicArn, context);
  const subscriptions = subscriptionsOf(context.store, topic);
  const confirmed = subscriptions.filter((subscription) => subscription.confirmed).length;
  return {
    Attributes: new Map([
      ["TopicArn", topic.arn],
      ["Owner", topic.accountId],
      ["DisplayName", topic.displayName],
      ["Policy", shownPolicy(topic.policy, topic.principalIds, context.store)],
      ["SignatureVersion", topic.signatureVersion],
      ["EffectiveDeliveryPolicy", effectiveDeliveryPolicy],
      ["SubscriptionsConfirmed", String(confirmed)],
      ["SubscriptionsPending", String(subscriptions.length - confirmed)],
      ["SubscriptionsDeleted", String(topic.ended)],
    ]),
  };
};

/** Takes its subscriptions with it; a topic that is gone already is no fault. */
export const deleteTopic: Operation = (input, context) => {
  const { TopicArn } = read(input, { TopicArn: topicArn });
  if (findTopic(TopicArn, context) || !ownTopic(TopicArn, context)) authorizedTopic("DeleteTopic", TopicArn, context);
  const sns = state(context.store);
  sns.topics = sns.topics.filter(({ arn }) => arn !== TopicArn);
  sns.subscriptions = sns.subscriptions.filter((subscription) => subscription.topicArn !== TopicArn);
};

export const listTopics: Operation = (input, context) => {
  const { NextToken } = read(input, { NextToken: optional(text()) });
  authorize({ action: "SNS:ListTopics", resource: "*" }, context);
  const own = state(context.store).topics.filter(({ arn }) => ownTopic(arn, context));
  const { items, ...more } = pageOf(own, NextToken);
  return { Topics: items.map(({ arn }) => ({ TopicArn: arn })), ...more };
};

export const listTagsForResource: Operation = (input, context) => {
  const { ResourceArn } = read(input, { ResourceArn: topicArn });
  return { Tags: authorizedTopic("ListTagsForResource", ResourceArn, context).tags };
};

function ownTopic(arn: string, { partition, region, accountId }: RequestContext): boolean {
  return arn.startsWith(`arn:${partition}:sns:${region}:${accountId}:`);
}
