import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type Egress, startEgress } from "@/dev/testing/egress";
import { okta } from "@/dev/testing/identity-provider/manners/okta";
import { directory } from "@/dev/testing/identity-provider/people";
import { startIdentityProvider } from "@/dev/testing/identity-provider/server";
import { testSandbox } from "@/dev/testing/sandbox";
import { SignInBrowser } from "@/dev/testing/sign-in-browser";
import { createKmsEncryptor } from "@/lib/crossaccount";
import { connected } from "@/lib/crossaccount/testing/connected-client";
import { env } from "@/lib/env";

const sandbox = await testSandbox();
const credentials = { accessKeyId: "AKIASANDBOX123456789012", secretAccessKey: "sandbox" };
const sts = "sts.us-east-1.amazonaws.com";
const kms = "kms.us-east-1.amazonaws.com";

let egress: Egress;
const usual = getCACertificates();
beforeEach(() => {
  sandbox.reset();
  vi.stubEnv("AWS_ENDPOINT_URL", undefined);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  setDefaultCACertificates(usual);
  await egress.close();
});

async function open(hosts: Record<string, string>): Promise<void> {
  egress = await startEgress(hosts);
  setDefaultCACertificates([...usual, egress.ca]);
}

describe("where a proxy is the only way out", () => {
  test("AWS is asked through it, by its own names, for sessions, verifications and keys", async () => {
    const hosts = [sts, "iam.amazonaws.com", "acme-templates.s3.us-east-1.amazonaws.com", kms];
    await open(Object.fromEntries(hosts.map((host) => [host, sandbox.url])));
    const proxyEnv = { HTTPS_PROXY: egress.url };
    const { client, provider } = await connected(sandbox.url, { aws: { credentials, proxyEnv } });
    await expect(provider()()).resolves.toHaveProperty("sessionToken");
    const report = await client.verifyIntegration({ customerId: "customer-1", connectionId: "connection-1" });
    expect(report.outcome).toBe("proven");
    const keyId = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555";
    const encryptor = createKmsEncryptor({ keyId, client: { credentials }, proxyEnv });
    const context = { customerId: "customer-1", connectionId: "connection-1", field: "roleArn" } as const;
    await expect(encryptor.encrypt("secret", context)).rejects.toMatchObject({ code: "encryption-failed" });
    expect(new Set(egress.asked)).toEqual(new Set(hosts.map((host) => `${host}:443`)));
  });

  test("a refusal of the proxy is told as no answer of AWS, and says nothing of the role", async () => {
    await open({ [sts]: sandbox.url });
    egress.shut();
    const aws = { credentials, proxyEnv: { HTTPS_PROXY: egress.url } };
    const { client, provider } = await connected(sandbox.url, { aws });
    await expect(provider()()).rejects.toMatchObject({ code: "aws-unavailable" });
    const input = { customerId: "customer-1", connectionId: "connection-1", deadlineMs: 1 };
    expect((await client.verifyIntegration(input)).outcome).toBe("inconclusive");
  });

  test("names of NO_PROXY are asked directly", async () => {
    await open({ "aws.invalid": sandbox.url });
    const proxyEnv = { HTTPS_PROXY: egress.url, NO_PROXY: "localhost,.invalid" };
    const aws = { endpoint: "https://aws.invalid", credentials, proxyEnv };
    const { provider } = await connected(sandbox.url, { aws, deadlineMs: 300 });
    await expect(provider()()).rejects.toMatchObject({ code: "aws-unavailable" });
    expect(egress.asked).toEqual([]);
  });

  test("people sign in through it", async () => {
    const client = { id: "portal", secret: "secret", redirectUri: `${env.BASE_URL}/api/auth/callback/oidc` };
    const manners = { ...okta, idToken: () => ({ email: "kim@newcomer.example", email_verified: true }) };
    const host = "login.example.com";
    const provider = await startIdentityProvider({ manners, people: directory(), client, origin: `https://${host}` });
    await open({ [host]: provider.address });
    const browser = new SignInBrowser({
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: client.id,
      OIDC_CLIENT_SECRET: client.secret,
      HTTPS_PROXY: egress.url,
    });
    const { pathname, searchParams } = await browser.begin();
    searchParams.set("person", "kim");
    const sentBack = await fetch(`${provider.address}${pathname}?${searchParams}`, { redirect: "manual" });
    expect(await browser.finish(new URL(sentBack.headers.get("location") ?? ""))).toBeNull();
    expect(await browser.whoIs()).toMatchObject({ email: "kim@newcomer.example" });
    expect(new Set(egress.asked)).toEqual(new Set([`${host}:443`]));
    await provider.close();
  });
});
