/** `crossaccount/webhooks`: verifies a delivery of the portal. */
export { CrossAccountError } from "../errors";
export { createWebhookVerifier, type WebhookEvent, type WebhookVerifier } from "../webhooks/verify-webhook";
