import type { Store } from "../store";

export interface Topic {
  name: string;
  arn: string;
  accountId: string;
  displayName: string;
  policy: string;
  /** Unique IDs of the users and roles that the policy names, as of the time it was stored. */
  principalIds: Record<string, string>;
  signatureVersion: "1" | "2";
  tags: Tag[];
  /** Subscriptions that were ended. */
  ended: number;
}

export interface Tag {
  Key: string;
  Value: string;
}

export interface Subscription {
  arn: string;
  topicArn: string;
  protocol: "http" | "https";
  endpoint: string;
  /** Account that subscribed. */
  owner: string;
  confirmed: boolean;
  confirmedWithSignature: boolean;
  /** Whether only its owner and the topic's may end it; a link in a message otherwise suffices. */
  endsWithSignature: boolean;
  token: string;
  /** Epoch milliseconds. */
  tokenExpires: number;
}

interface State {
  topics: Topic[];
  subscriptions: Subscription[];
  /** Both PEM; what messages are signed with, and what they are verified by. */
  signer?: { privateKey: string; certificate: string };
}

export function state(store: Store): State {
  return store.slice<State>("sns", () => ({ topics: [], subscriptions: [] }));
}

export function subscriptionsOf(store: Store, { arn }: Topic): Subscription[] {
  return state(store).subscriptions.filter(({ topicArn }) => topicArn === arn);
}

export function removeSubscription(store: Store, gone: Subscription): void {
  const sns = state(store);
  sns.subscriptions = sns.subscriptions.filter((other) => other !== gone);
  const topic = sns.topics.find(({ arn }) => arn === gone.topicArn);
  if (topic && gone.confirmed) topic.ended += 1;
}
