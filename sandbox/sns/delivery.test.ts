import { X509Certificate } from "node:crypto";
import http from "node:http";
import https from "node:https";
import {
  ConfirmSubscriptionCommand,
  CreateTopicCommand,
  GetSubscriptionAttributesCommand,
  ListSubscriptionsByTopicCommand,
  PublishCommand,
  SetTopicAttributesCommand,
  SNSClient,
  SubscribeCommand,
  UnsubscribeCommand,
} from "@aws-sdk/client-sns";
import MessageValidator from "sns-validator";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createSandbox, type RunningSandbox } from "../server";
import { administratorOf, expectError } from "../testing/clients";
import { type Endpoint, startEndpoint } from "../testing/endpoint";
import type { Message } from "./message";

const vendor = "123456789012";
const TopicArn = `arn:aws:sns:us-east-1:${vendor}:phone-home`;

let sandbox: RunningSandbox;
let sns: SNSClient;
let endpoint: Endpoint;
let time = Date.now();
const waited: number[] = [];

beforeEach(async () => {
  time = Date.now();
  waited.length = 0;
  sandbox = await createSandbox({
    now: () => new Date(time),
    wait: async (ms) => {
      waited.push(ms);
    },
  });
  sns = new SNSClient(administratorOf(vendor, sandbox.url));
  await sns.send(new CreateTopicCommand({ Name: "phone-home" }));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await sandbox.close();
  await endpoint?.close();
});

const subscribe = () => sns.send(new SubscribeCommand({ TopicArn, Protocol: "http", Endpoint: endpoint.url }));
const publish = (Message: string, Subject?: string) => sns.send(new PublishCommand({ TopicArn, Message, Subject }));
const follow = (link: string | undefined) => fetch(link ?? "");

/** Subscribes and follows the link; the subscription's ARN. */
async function confirmed(): Promise<string> {
  await subscribe();
  const answer = await follow((await endpoint.next()).message.SubscribeURL);
  return /<SubscriptionArn>([^<]+)</.exec(await answer.text())?.[1] ?? "";
}

/** AWS's own validator. It takes certificates by https of AWS's hosts alone; here they come from the sandbox. */
function validate(message: Message): Promise<unknown> {
  vi.spyOn(https, "get").mockImplementation(((url: string, callback: () => void) =>
    http.get(url.replace(/^https:/, "http:"), callback)) as typeof https.get);
  const secure = { ...message, SigningCertURL: message.SigningCertURL.replace(/^http:/, "https:") };
  const validator = new MessageValidator(new RegExp(`^${new URL(sandbox.url).host.replaceAll(".", "\\.")}$`));
  return new Promise((resolve, reject) => {
    validator.validate({ ...secure }, (error, valid) => (error ? reject(error) : resolve(valid)));
  });
}

describe("a subscription", () => {
  test("gets nothing before it is confirmed by the link in its first message", async () => {
    endpoint = await startEndpoint();
    expect((await subscribe()).SubscriptionArn).toBe("pending confirmation");
    const first = await endpoint.next();
    expect(first.headers).toMatchObject({
      "content-type": "text/plain; charset=UTF-8",
      "x-amz-sns-message-type": "SubscriptionConfirmation",
      "x-amz-sns-topic-arn": TopicArn,
    });
    await publish("too early");
    expect((await follow(first.message.SubscribeURL)).status).toBe(200);
    const { MessageId } = await publish("hello", "A subject");
    const { headers, message } = await endpoint.next();
    expect(message).toMatchObject({
      Type: "Notification",
      Message: "hello",
      Subject: "A subject",
      MessageId,
      TopicArn,
    });
    const { Subscriptions = [] } = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
    expect(headers).toMatchObject({
      "x-amz-sns-message-type": "Notification",
      "x-amz-sns-message-id": MessageId,
      "x-amz-sns-subscription-arn": Subscriptions[0]?.SubscriptionArn,
    });
    expect(endpoint.count()).toBe(2);
  });

  test("is confirmed by its token, which ends after two days and is nobody else's", async () => {
    endpoint = await startEndpoint();
    await subscribe();
    const { Token } = (await endpoint.next()).message;
    const confirm = (token = Token) => sns.send(new ConfirmSubscriptionCommand({ TopicArn, Token: token }));
    await expectError(confirm("0".repeat(240)), "InvalidParameter", "Invalid token");
    time += 2 * 24 * 60 * 60 * 1000;
    await expectError(confirm(), "InvalidParameter", "Invalid token");
    time -= 1;
    const { SubscriptionArn } = await confirm();
    const { Attributes } = await sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }));
    expect(Attributes).toMatchObject({ PendingConfirmation: "false", ConfirmationWasAuthenticated: "true" });
  });

  test("ends by the link in a message, which the endpoint is told, or by whoever owns it", async () => {
    endpoint = await startEndpoint();
    await confirmed();
    await publish("one");
    await follow((await endpoint.next()).message.UnsubscribeURL);
    const told = (await endpoint.next()).message;
    expect(told.Type).toBe("UnsubscribeConfirmation");
    await follow(told.SubscribeURL);
    await publish("two");
    expect((await endpoint.next()).message.Message).toBe("two");
    const { Subscriptions = [] } = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
    const SubscriptionArn = Subscriptions[0]?.SubscriptionArn;
    const stranger = new SNSClient(administratorOf("999999999999", sandbox.url));
    await expectError(stranger.send(new UnsubscribeCommand({ SubscriptionArn })), "AuthorizationError");
    await sns.send(new UnsubscribeCommand({ SubscriptionArn }));
    expect((await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }))).Subscriptions ?? []).toEqual([]);
  });

  test("does not end by a link when that was chosen", async () => {
    endpoint = await startEndpoint();
    await subscribe();
    const { Token } = (await endpoint.next()).message;
    await sns.send(new ConfirmSubscriptionCommand({ TopicArn, Token, AuthenticateOnUnsubscribe: "true" }));
    await publish("one");
    expect((await follow((await endpoint.next()).message.UnsubscribeURL)).status).toBe(403);
    await publish("two");
    expect((await endpoint.next()).message.Message).toBe("two");
  });
});

describe("a delivery", () => {
  test("is sent again with the same ID while the endpoint is away, three times and no more", async () => {
    endpoint = await startEndpoint((count) => (count === 1 ? 200 : 503));
    await confirmed();
    const { MessageId } = await publish("hello");
    for (let sent = 0; sent < 4; sent += 1) expect((await endpoint.next()).message.MessageId).toBe(MessageId);
    await publish("next");
    expect((await endpoint.next()).message.Message).toBe("next");
    expect(waited.slice(0, 3)).toEqual([20_000, 20_000, 20_000]);
  });

  test("that the endpoint refuses is not sent again", async () => {
    endpoint = await startEndpoint((count) => (count === 2 ? 404 : 200));
    await confirmed();
    await publish("refused");
    await publish("taken");
    const texts = [await endpoint.next(), await endpoint.next()].map(({ message }) => message.Message);
    expect(texts.toSorted()).toEqual(["refused", "taken"]);
    expect(waited).toEqual([]);
  });

  test.each(["1", "2"])("is signed so that AWS's validator takes it, version %s", async (AttributeValue) => {
    endpoint = await startEndpoint();
    const change = { TopicArn, AttributeName: "SignatureVersion", AttributeValue };
    await sns.send(new SetTopicAttributesCommand(change));
    await subscribe();
    const { message: invitation } = await endpoint.next();
    await expect(validate(invitation)).resolves.toMatchObject({ SignatureVersion: AttributeValue });
    await follow(invitation.SubscribeURL);
    await publish("größer\n{}", "Subject");
    const { message } = await endpoint.next();
    await expect(validate(message)).resolves.toMatchObject({ Message: "größer\n{}" });
    for (const forged of [{ Message: "other" }, { TopicArn: `${TopicArn}2` }, { Subject: "Other" }, { Type: "X" }]) {
      await expect(validate({ ...message, ...forged } as Message)).rejects.toThrow("The message signature is invalid");
    }
    await expect(validate({ ...message, SignatureVersion: AttributeValue === "1" ? "2" : "1" })).rejects.toThrow();
  });

  test("carries a certificate that OpenSSL reads", async () => {
    endpoint = await startEndpoint();
    await subscribe();
    const { SigningCertURL } = (await endpoint.next()).message;
    expect(new URL(SigningCertURL).origin).toBe(sandbox.url);
    const certificate = new X509Certificate(await (await fetch(SigningCertURL)).text());
    expect(certificate.subject).toBe("CN=sns.amazonaws.com");
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(Date.parse(certificate.validTo)).toBeGreaterThan(Date.now());
  });
});
