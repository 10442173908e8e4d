import type { HttpRequest, HttpResponse } from "../protocol/http";
import type { Service } from "../service";
import type { Store } from "../store";
import { certificateName } from "./certificate";
import { publish } from "./publish";
import { state } from "./state";
import {
  confirmSubscription,
  getSubscriptionAttributes,
  listSubscriptionsByTopic,
  subscribe,
  unsubscribe,
} from "./subscriptions";
import {
  createTopic,
  deleteTopic,
  getTopicAttributes,
  listTagsForResource,
  listTopics,
  setTopicAttributes,
} from "./topics";

/** SNS with standard topics and HTTP subscribers of this machine; no other protocol, no filters, no raw delivery. */
export const sns: Service = {
  name: "sns",
  protocol: "query",
  namespace: "http://sns.amazonaws.com/doc/2010-03-31/",
  links: { ConfirmSubscription: "TopicArn", Unsubscribe: "SubscriptionArn" },
  operations: {
    ConfirmSubscription: confirmSubscription,
    CreateTopic: createTopic,
    DeleteTopic: deleteTopic,
    GetSubscriptionAttributes: getSubscriptionAttributes,
    GetTopicAttributes: getTopicAttributes,
    ListSubscriptionsByTopic: listSubscriptionsByTopic,
    ListTagsForResource: listTagsForResource,
    ListTopics: listTopics,
    Publish: publish,
    SetTopicAttributes: setTopicAttributes,
    Subscribe: subscribe,
    Unsubscribe: unsubscribe,
  },
};

/** The certificate that signatures are verified by, if that is what a request asks for. */
export function signingCertificate({ method, path }: HttpRequest, store: Store): HttpResponse | undefined {
  const certificate = state(store).signer?.certificate;
  if (certificate === undefined || method !== "GET" || path !== `/${certificateName(certificate)}`) return undefined;
  return { status: 200, headers: { "content-type": "application/x-x509-ca-cert" }, body: certificate };
}
