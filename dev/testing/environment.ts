import { randomBytes } from "node:crypto";

/** What the portal needs to run in a test or a benchmark: a database and a sandbox, fresh keys, and no one to sign in. */
export function testEnvironment({ databaseUrl, sandboxUrl }: { databaseUrl: string; sandboxUrl: string }) {
  return {
    BASE_URL: "http://localhost:3000",
    DATABASE_URL: databaseUrl,
    CROSSACCOUNT_AWS: "sandbox",
    AWS_ENDPOINT_URL: sandboxUrl,
    AWS_ACCESS_KEY_ID: "AKIASANDBOX123456789012",
    AWS_SECRET_ACCESS_KEY: "sandbox",
    AWS_REGION: "us-east-1",
    AUTH_SECRET: randomBytes(32).toString("hex"),
    ENCRYPTION_KEYS: `test:${randomBytes(32).toString("base64")}`,
    OIDC_ISSUER: "http://127.0.0.1:9",
    OIDC_CLIENT_ID: "crossaccount",
    OIDC_CLIENT_SECRET: "unused",
  };
}
