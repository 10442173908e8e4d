// What a vendor's own TypeScript may write: it must compile, strictly, in both ways of resolving modules.
import { STSClient } from "@aws-sdk/client-sts";
import {
  type AccessLog,
  CrossAccountError,
  type CrossAccountErrorCode,
  createCrossAccountClient,
  crossAccountErrors,
} from "crossaccount";
import { createAssumer } from "crossaccount/assume";
import { type CrossAccountConfigInput, defineConfig, renderTemplate, reviewPermissions } from "crossaccount/config";
import { createKmsEncryptor, createLocalEncryptor } from "crossaccount/encryptors";
import { createPortalClient, type PortalClient, PortalError, type PortalErrorCode } from "crossaccount/portal";
import { type ConnectionStatus, isUsable } from "crossaccount/status";
import { createMemoryAccessLog, createMemoryEncryptor, createMemoryStorage } from "crossaccount/testing";
import { createWebhookVerifier, type WebhookEvent } from "crossaccount/webhooks";
import { type AwsSandbox, createSandbox } from "crossaccount-sandbox";

export const input: CrossAccountConfigInput = {
  serviceName: "Nimbus",
  serviceAccountId: "123456789012",
  templateS3Bucket: "nimbus-templates",
  ongoingPermissions: [],
  branding: { productName: "Nimbus", supportEmail: "support@nimbus.example", accentColor: "#4f46e5" },
};
export const config = defineConfig(input);
export const texts: string[] = [renderTemplate(config), ...reviewPermissions(config).map(({ why }) => why)];

export const log: AccessLog = { record: async (entry) => void entry.requestId };
export const keys = createLocalEncryptor({ keys: [{ id: "a", key: new Uint8Array(32) }] });
export const kms = createKmsEncryptor({ keyId: "arn:aws:kms:us-east-1:123456789012:key/1" });
export const client = createCrossAccountClient(config, { storage: createMemoryStorage(), encryptor: keys });
export const assumer = createAssumer({
  serviceName: "reports",
  storage: createMemoryStorage(),
  encryptor: createMemoryEncryptor(),
  accessLog: createMemoryAccessLog(),
});
export const sts = new STSClient({ credentials: assumer.assumeCustomerRole("acme", { purpose: "reports" }) });

export async function connect(customerId: string, roleArn: string): Promise<ConnectionStatus> {
  const { connectionId } = await client.generateIntegrationUrl({ customerId, region: "eu-west-1" });
  const report = await client.verifyIntegration({ customerId, connectionId, roleArn, waitForPropagation: true });
  const { status } = await client.storeCustomerCredentials({ customerId, connectionId, roleArn, report });
  return isUsable(status) ? status : "pending";
}

export function canTryAgain(error: unknown): boolean {
  if (!(error instanceof CrossAccountError)) return false;
  const code: CrossAccountErrorCode = error.code;
  return crossAccountErrors[code].tryAgain;
}

export const portal: PortalClient = createPortalClient({ url: "https://portal.example", apiKey: async () => "ck_" });
export async function connectByApi(customer: string): Promise<string | null> {
  const { connection, launch_url } = await portal.connections.create({ customer, name: "Main", region: "eu-west-1" });
  const { outcome, checks } = await portal.connections.verify(connection.id, { expect_setup: "gone" });
  for await (const { at, purpose } of portal.connections.listAccessLog(connection.id)) texts.push(at, purpose);
  return outcome === "proven" ? launch_url : (checks[0]?.remedy ?? null);
}
export function codeOf(error: unknown): PortalErrorCode | null {
  return error instanceof PortalError && error.code !== "connection-unusable" ? error.code : null;
}

export const receive = (body: string, headers: Headers): WebhookEvent =>
  createWebhookVerifier({ secrets: ["whsec_x"] }).verify(body, headers);
export const sandbox: Promise<AwsSandbox> = createSandbox({ port: 0, state: "sandbox.json" });
