import type { RequestContext } from "../service";
import type { Message } from "./message";
import type { Subscription } from "./state";

const RETRIES = 3;
const RETRY_DELAY_SECONDS = 20;
const TIMEOUT_MS = 15_000;

/** https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html */
export const effectiveDeliveryPolicy = JSON.stringify({
  http: {
    defaultHealthyRetryPolicy: {
      minDelayTarget: RETRY_DELAY_SECONDS,
      maxDelayTarget: RETRY_DELAY_SECONDS,
      numRetries: RETRIES,
      numMaxDelayRetries: 0,
      numNoDelayRetries: 0,
      numMinDelayRetries: 0,
      backoffFunction: "linear",
    },
    disableSubscriptionOverrides: false,
    defaultRequestPolicy: { headerContentType: "text/plain; charset=UTF-8" },
  },
});

/** Sends a message in the background: once, and again while the endpoint is away, so many times. */
export function deliver(message: Message, subscription: Subscription, context: RequestContext): void {
  void deliverAll(message, subscription, context);
}

async function deliverAll(message: Message, subscription: Subscription, context: RequestContext): Promise<void> {
  const { lifetime } = context.store;
  for (let attempt = 0; attempt <= RETRIES; attempt += 1) {
    if (attempt > 0) await context.wait(RETRY_DELAY_SECONDS * 1000, lifetime);
    if (lifetime.aborted || (await send(message, subscription, lifetime)) === "done") return;
  }
}

/** What an endpoint refuses (4xx) it would refuse again; what it cannot take now is sent again. */
async function send(
  message: Message,
  { arn, endpoint }: Subscription,
  lifetime: AbortSignal,
): Promise<"done" | "again"> {
  try {
    const { status } = await fetch(endpoint, {
      method: "POST",
      headers: {
        "content-type": "text/plain; charset=UTF-8",
        "user-agent": "Amazon Simple Notification Service Agent",
        "x-amz-sns-message-type": message.Type,
        "x-amz-sns-message-id": message.MessageId,
        "x-amz-sns-topic-arn": message.TopicArn,
        ...(message.Type === "SubscriptionConfirmation" ? {} : { "x-amz-sns-subscription-arn": arn }),
      },
      body: JSON.stringify(message, null, 2),
      redirect: "manual",
      signal: AbortSignal.any([lifetime, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    return status >= 500 || status === 429 ? "again" : "done";
  } catch {
    return "again";
  }
}
