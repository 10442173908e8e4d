import { randomBytes, randomUUID } from "node:crypto";
import { flag, optional, read, text } from "../protocol/input";
import { isLoopback } from "../protocol/loopback";
import type { Operation, RequestContext } from "../service";
import { authorize, authorizedTopic, findTopic } from "./authorize";
import { deliver } from "./delivery";
import { forbidden, invalidParameter, notFound, unsupported } from "./error";
import { pageOf, subscriptionArn, topicArn } from "./input";
import { confirmation } from "./message";
import { removeSubscription, type Subscription, state, subscriptionsOf } from "./state";

const TOKEN_MS = 2 * 24 * 60 * 60 * 1000;

/** The endpoint is asked to confirm; it gets nothing else before. */
export const subscribe: Operation = (input, context) => {
  const { TopicArn, Protocol, Endpoint, ReturnSubscriptionArn } = read(input, {
    TopicArn: topicArn,
    Protocol: text(),
    Endpoint: text({ minimum: 1, maximum: 2048 }),
    ReturnSubscriptionArn: optional(flag()),
  });
  const topic = authorizedTopic("Subscribe", TopicArn, context, { "sns:Protocol": Protocol, "sns:Endpoint": Endpoint });
  const protocol = requireEndpoint(Protocol, Endpoint);
  const present = subscriptionsOf(context.store, topic).find(({ endpoint }) => endpoint === Endpoint);
  if (present?.confirmed) return { SubscriptionArn: present.arn };
  const subscription = present ?? {
    arn: `${topic.arn}:${randomUUID()}`,
    topicArn: topic.arn,
    protocol,
    endpoint: Endpoint,
    owner: context.accountId,
    confirmed: false,
    confirmedWithSignature: false,
    endsWithSignature: false,
    ...newToken(context),
  };
  if (!present) state(context.store).subscriptions.push(subscription);
  deliver(confirmation("SubscriptionConfirmation", topic, subscription, context), subscription, context);
  return { SubscriptionArn: ReturnSubscriptionArn ? subscription.arn : "pending confirmation" };
};

/** A sandbox that called on others could be used to reach them. */
function requireEndpoint(protocol: string, endpoint: string): Subscription["protocol"] {
  if (protocol !== "http" && protocol !== "https") throw unsupported(`subscriptions by ${protocol}`);
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url?.protocol !== `${protocol}:`) throw invalidParameter("Endpoint must match the specified protocol");
  if (!isLoopback(url.hostname)) throw unsupported(`the endpoint ${endpoint}: it delivers to this machine only`);
  return protocol;
}

function newToken({ now }: RequestContext) {
  return { token: randomBytes(120).toString("hex"), tokenExpires: now().getTime() + TOKEN_MS };
}

/** The token is what proves that the endpoint wants it; a link in a message carries it and needs no signature. */
export const confirmSubscription: Operation = (input, context) => {
  const { TopicArn, Token, AuthenticateOnUnsubscribe } = read(input, {
    TopicArn: topicArn,
    Token: text({ minimum: 1 }),
    AuthenticateOnUnsubscribe: optional(flag()),
  });
  const isSigned = context.principal.kind !== "anonymous";
  if (AuthenticateOnUnsubscribe && !isSigned) throw forbidden("AuthenticateOnUnsubscribe needs a signed request");
  if (isSigned) authorize({ action: "SNS:ConfirmSubscription", resource: TopicArn }, context);
  const topic = findTopic(TopicArn, context);
  if (!topic) throw notFound("Topic");
  const subscription = subscriptionsOf(context.store, topic).find(({ token }) => token === Token);
  if (!subscription || subscription.tokenExpires <= context.now().getTime()) throw invalidParameter("Invalid token");
  if (!subscription.confirmed) {
    const endsWithSignature = AuthenticateOnUnsubscribe ?? false;
    Object.assign(subscription, { confirmed: true, confirmedWithSignature: isSigned, endsWithSignature });
  }
  return { SubscriptionArn: subscription.arn };
};

export const unsubscribe: Operation = (input, context) => {
  const { SubscriptionArn } = read(input, { SubscriptionArn: subscriptionArn });
  const subscription = state(context.store).subscriptions.find(({ arn }) => arn === SubscriptionArn);
  const isSigned = context.principal.kind !== "anonymous";
  if (isSigned) authorize({ action: "SNS:Unsubscribe", resource: topicOf(SubscriptionArn) }, context);
  if (!subscription) return;
  const topic = findTopic(subscription.topicArn, context);
  const owners = [subscription.owner, topic?.accountId];
  if (isSigned ? !owners.includes(context.accountId) : subscription.endsWithSignature) {
    throw forbidden(
      `User: ${context.principal.arn} is not authorized to perform: SNS:Unsubscribe on this subscription`,
    );
  }
  removeSubscription(context.store, subscription);
  if (isSigned || !topic || !subscription.confirmed) return;
  // Whoever has the link may not be who wanted the messages, so the endpoint is told, and how to go back.
  const restored = { ...subscription, confirmed: false, ...newToken(context) };
  state(context.store).subscriptions.push(restored);
  deliver(confirmation("UnsubscribeConfirmation", topic, restored, context), restored, context);
};

export const listSubscriptionsByTopic: Operation = (input, context) => {
  const { TopicArn, NextToken } = read(input, { TopicArn: topicArn, NextToken: optional(text()) });
  const topic = authorizedTopic("ListSubscriptionsByTopic", TopicArn, context);
  const { items, ...more } = pageOf(subscriptionsOf(context.store, topic), NextToken);
  const Subscriptions = items.map(({ arn, confirmed, owner, protocol, endpoint }) => ({
    SubscriptionArn: confirmed ? arn : "PendingConfirmation",
    Owner: owner,
    Protocol: protocol,
    Endpoint: endpoint,
    TopicArn,
  }));
  return { Subscriptions, ...more };
};

export const getSubscriptionAttributes: Operation = (input, context) => {
  const { SubscriptionArn } = read(input, { SubscriptionArn: subscriptionArn });
  authorize({ action: "SNS:GetSubscriptionAttributes", resource: topicOf(SubscriptionArn) }, context);
  const subscription = state(context.store).subscriptions.find(({ arn }) => arn === SubscriptionArn);
  if (!subscription || ![subscription.owner, SubscriptionArn.split(":")[4]].includes(context.accountId)) {
    throw notFound("Subscription");
  }
  return {
    Attributes: new Map([
      ["SubscriptionArn", subscription.arn],
      ["TopicArn", subscription.topicArn],
      ["Owner", subscription.owner],
      ["Protocol", subscription.protocol],
      ["Endpoint", subscription.endpoint],
      ["PendingConfirmation", String(!subscription.confirmed)],
      ["ConfirmationWasAuthenticated", String(subscription.confirmedWithSignature)],
      ["RawMessageDelivery", "false"],
    ]),
  };
};

function topicOf(arn: string): string {
  return arn.slice(0, arn.lastIndexOf(":"));
}
