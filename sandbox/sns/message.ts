import { randomUUID, sign } from "node:crypto";
import type { RequestContext } from "../service";
import { certificateName, makeSigner } from "./certificate";
import { type Subscription, state, type Topic } from "./state";

/** What a subscriber is sent. https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html */
export interface Message {
  Type: "Notification" | "SubscriptionConfirmation" | "UnsubscribeConfirmation";
  MessageId: string;
  TopicArn: string;
  Message: string;
  Timestamp: string;
  Subject?: string;
  Token?: string;
  SubscribeURL?: string;
  UnsubscribeURL?: string;
  SignatureVersion: string;
  Signature: string;
  SigningCertURL: string;
}

type Unsigned = Omit<Message, "SignatureVersion" | "Signature" | "SigningCertURL">;

export function notification(
  topic: Topic,
  { messageId, subject, message }: { messageId: string; subject: string | undefined; message: string },
  subscription: Subscription,
  context: RequestContext,
): Message {
  const content = {
    Type: "Notification" as const,
    MessageId: messageId,
    TopicArn: topic.arn,
    ...(subject === undefined ? {} : { Subject: subject }),
    Message: message,
    Timestamp: context.now().toISOString(),
  };
  const UnsubscribeURL = link(context, { Action: "Unsubscribe", SubscriptionArn: subscription.arn });
  return { ...signed(content, topic, context), UnsubscribeURL };
}

export function confirmation(
  Type: "SubscriptionConfirmation" | "UnsubscribeConfirmation",
  topic: Topic,
  { arn, token }: Subscription,
  context: RequestContext,
): Message {
  const text =
    Type === "SubscriptionConfirmation"
      ? `You have chosen to subscribe to the topic ${topic.arn}.\nTo confirm the subscription, visit the SubscribeURL included in this message.`
      : `You have chosen to deactivate subscription ${arn}.\nTo cancel this operation and restore the subscription, visit the SubscribeURL included in this message.`;
  const content = {
    Type,
    MessageId: randomUUID(),
    Token: token,
    TopicArn: topic.arn,
    Message: text,
    SubscribeURL: link(context, { Action: "ConfirmSubscription", TopicArn: topic.arn, Token: token }),
    Timestamp: context.now().toISOString(),
  };
  return signed(content, topic, context);
}

/** https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html */
const signedFields = [
  "Message",
  "MessageId",
  "Subject",
  "SubscribeURL",
  "Timestamp",
  "Token",
  "TopicArn",
  "Type",
] as const;

function signed(content: Unsigned, { signatureVersion }: Topic, context: RequestContext): Message {
  const { privateKey, certificate } = signerOf(context);
  const text = signedFields
    .filter((field) => content[field] !== undefined)
    .map((field) => `${field}\n${content[field]}\n`)
    .join("");
  const algorithm = signatureVersion === "1" ? "RSA-SHA1" : "RSA-SHA256";
  return {
    ...content,
    SignatureVersion: signatureVersion,
    Signature: sign(algorithm, Buffer.from(text), privateKey).toString("base64"),
    SigningCertURL: `${context.url}/${certificateName(certificate)}`,
  };
}

function signerOf({ store, now }: RequestContext) {
  const sns = state(store);
  sns.signer ??= makeSigner(now());
  return sns.signer;
}

function link({ url }: RequestContext, query: Record<string, string>): string {
  return `${url}/?${new URLSearchParams(query)}`;
}
