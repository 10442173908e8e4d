import { IAMClient } from "@aws-sdk/client-iam";
import { type Credentials, STSClient } from "@aws-sdk/client-sts";
import { expect } from "vitest";

/** SDK clients for tests, with the credentials of an account's administrator or of a role session. */
export interface ClientSettings {
  endpoint: string;
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
}

export function administratorOf(accountId: string, url: string, region = "us-east-1"): ClientSettings {
  return {
    endpoint: url,
    region,
    credentials: { accessKeyId: `AKIASANDBOX${accountId}`, secretAccessKey: "sandbox" },
  };
}

export function sessionOf(credentials: Credentials | undefined, url: string, region = "us-east-1"): ClientSettings {
  const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "" } = credentials ?? {};
  return {
    endpoint: url,
    region,
    credentials: { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken },
  };
}

export function stsOf(settings: ClientSettings): STSClient {
  return new STSClient(settings);
}

export function iamOf(settings: ClientSettings): IAMClient {
  return new IAMClient(settings);
}

/** Expects an AWS error by its code, which the SDK may give the suffix Exception, by a part of its text and its status. */
export async function expectError(work: Promise<unknown>, code: string, text = "", status?: number): Promise<void> {
  await expect(work).rejects.toMatchObject({
    name: expect.stringMatching(new RegExp(`^${code}(Exception)?$`)) as string,
    message: expect.stringContaining(text) as string,
    ...(status === undefined ? {} : { $metadata: { httpStatusCode: status } }),
  });
}

export function policyOf(...statements: object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}
