import { randomUUID } from "node:crypto";
import { optional, read, text } from "../protocol/input";
import type { Operation } from "../service";
import { authorizedTopic } from "./authorize";
import { deliver } from "./delivery";
import { invalidParameter } from "./error";
import { topicArn } from "./input";
import { notification } from "./message";
import { subscriptionsOf } from "./state";

const MOST_BYTES = 262_144;

export const publish: Operation = (input, context) => {
  const { TopicArn, Message, Subject } = read(input, {
    TopicArn: topicArn,
    Message: text(),
    Subject: optional(text()),
  });
  const topic = authorizedTopic("Publish", TopicArn, context);
  if (Message === "") throw invalidParameter("Empty message");
  if (Buffer.byteLength(Message) > MOST_BYTES) throw invalidParameter("Message too long");
  if (Subject !== undefined && !/^[\x21-\x7e][\x20-\x7e]{0,99}$/.test(Subject)) throw invalidParameter("Subject");
  const content = { messageId: randomUUID(), subject: Subject, message: Message };
  for (const subscription of subscriptionsOf(context.store, topic).filter(({ confirmed }) => confirmed)) {
    deliver(notification(topic, content, subscription, context), subscription, context);
  }
  return { MessageId: content.messageId };
};
