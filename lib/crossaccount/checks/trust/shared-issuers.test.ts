import { describe, expect, test } from "vitest";
import { testConfig } from "../../testing/customer";
import { accountId, trust } from "../../testing/run-verification";
import { sharedIssuer, sharedIssuers } from "./shared-issuers";
import { checkTrustPolicy } from "./trust-policy";

const externalId = `acme-${"0".repeat(32)}`;
const role = { partition: "aws", accountId, path: "/acme/", roleName: "Role" } as const;

function isOpen(issuer: string, condition: object, host = false): boolean {
  const Federated = host ? issuer : `arn:aws:iam::${accountId}:oidc-provider/${issuer}`;
  const own = trust({ StringEquals: { "sts:ExternalId": externalId } }).Statement[0];
  const statement = { Effect: "Allow", Principal: { Federated }, Action: "sts:AssumeRoleWithWebIdentity" };
  const document = JSON.stringify({ Version: "2012-10-17", Statement: [own, { ...statement, Condition: condition }] });
  return checkTrustPolicy({ document, config: testConfig, role, externalId }).open;
}

/** One that names an owner, then some that do not. */
const claims: Readonly<Record<string, readonly (readonly [claim: string, value: string])[]>> = {
  "token.actions.githubusercontent.com": [
    ["sub", "repo:acme/app:*"],
    ["sub", "repo:acme*"],
    ["sub", "repository_owner:acme*"],
    ["actor", "octocat"],
    ["job_workflow_ref", "acme/app/.github/workflows/deploy.yml@refs/heads/main"],
    ["environment", "production"],
    ["repository", "acme*"],
    ["aud", "sts.amazonaws.com"],
  ],
  "vstoken.actions.githubusercontent.com": [
    ["sub", "repo:acme/*"],
    ["sub", "repo:*"],
  ],
  "oidc-configuration.audit-log.githubusercontent.com": [
    ["sub", "https://github.com/acme"],
    ["sub", "https://github.com/acme*"],
  ],
  "gitlab.com": [
    ["sub", "project_path:acme/*"],
    ["sub", "project_path:acme*"],
    ["sub", "project_path:*:ref_type:branch:ref:main"],
    ["aud", "https://gitlab.com"],
  ],
  "app.terraform.io": [
    ["sub", "organization:acme:*"],
    ["sub", "organization:acme*"],
    ["sub", "organization:*:project:prod:*"],
    ["aud", "aws.workload.identity"],
  ],
  "agent.buildkite.com": [
    ["sub", "organization:acme:pipeline:*"],
    ["sub", "organization:acme*"],
  ],
  "oidc.codefresh.io": [
    ["sub", "account:64f:*"],
    ["sub", "account:64f*"],
  ],
  "studio.datachain.ai/api": [
    ["sub", "credentials:acme/*"],
    ["sub", "credentials:acme*"],
  ],
  "api.pulumi.com/oidc": [
    ["aud", "aws:acme"],
    ["aud", "aws:acme*"],
    ["sub", "pulumi:deploy:*"],
  ],
  "sandboxes.cloud": [
    ["aud", "acme"],
    ["aud", "acme*"],
  ],
  "scalr.io": [
    ["sub", "account:acme:*"],
    ["sub", "account:acme*"],
  ],
  "tokens.cloud.shisho.dev": [
    ["sub", "job:acme"],
    ["sub", "job:*"],
  ],
  "proidc.upbound.io": [
    ["sub", "mcp:acme/*"],
    ["sub", "mcp:acme*"],
  ],
  "oidc.vercel.com": [
    ["aud", "https://vercel.com/acme"],
    ["aud", "https://vercel.com/acme*"],
    ["sub", "owner:acme*"],
  ],
  "rh-oidc.s3.us-east-1.amazonaws.com/22ejnvnnturfmt6km08idd0nt4hekbn7": [
    ["sub", "system:serviceaccount:acme:t8c-operator"],
    ["sub", "system:serviceaccount:*"],
  ],
  "cognito-identity.amazonaws.com": [
    ["sub", "us-east-1:11111111-2222-3333-4444-555555555555"],
    // Of a pool, which gives tokens to guests.
    ["aud", "us-east-1:11111111-2222-3333-4444-555555555555"],
  ],
  "accounts.google.com": [
    ["sub", "110000000000000000001"],
    ["aud", "client.apps.googleusercontent.com"],
    ["sub", "11*"],
  ],
  "www.amazon.com": [
    ["user_id", "amzn1.account.A"],
    ["app_id", "amzn1.application.A"],
  ],
  "graph.facebook.com": [
    ["id", "4711"],
    ["app_id", "4712"],
  ],
};

describe.each(Object.entries(claims))("%s", (issuer, [owner, ...others]) => {
  const host = /^(cognito|accounts\.google|www\.amazon|graph)/.test(issuer);
  const open = (claim: string, value: string) =>
    isOpen(issuer, { StringLike: { [`${issuer}:${claim}`]: value } }, host);

  test("lets in nobody but the owner that a claim names", () => {
    expect(owner && open(...owner)).toBe(false);
  });
  test.each(others)("lets in strangers by %s %s", (claim, value) => {
    expect(open(claim, value)).toBe(true);
  });
  test("lets in strangers by no claim, and by a claim that nobody knows", () => {
    expect(isOpen(issuer, {}, host)).toBe(true);
    expect(open("tenant", "acme")).toBe(true);
  });
});

test("a shared issuer is tried above, or below, and cites its source", () => {
  const tried = [...Object.keys(claims), "sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d"];
  expect(new Set(tried.map((issuer) => sharedIssuer(issuer)?.issuer)).size).toBe(sharedIssuers.length);
  for (const { source } of sharedIssuers) expect(source).toMatch(/^https:\/\//);
});

test("Microsoft Sentinel names a workspace by the session's name", () => {
  const issuer = "sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d";
  const named = (operator: string, value: string) => isOpen(issuer, { [operator]: { "sts:RoleSessionName": value } });
  expect(named("StringEquals", "MicrosoftSentinel_1234")).toBe(false);
  expect(named("StringLike", "MicrosoftSentinel_*")).toBe(true);
  expect(isOpen(issuer, { StringEquals: { [`${issuer}:aud`]: "api://1462b192" } })).toBe(true);
});

test("Cognito's pool lets in those whom it authenticated, where the policy demands that", () => {
  const pool = { "cognito-identity.amazonaws.com:aud": "us-east-1:11111111-2222-3333-4444-555555555555" };
  const authenticated = (amr: string) => ({
    StringEquals: pool,
    "ForAnyValue:StringLike": { "cognito-identity.amazonaws.com:amr": amr },
  });
  expect(isOpen("cognito-identity.amazonaws.com", authenticated("authenticated"), true)).toBe(false);
  expect(isOpen("cognito-identity.amazonaws.com", authenticated("unauthenticated"), true)).toBe(true);
  expect(isOpen("cognito-identity.amazonaws.com", authenticated("*"), true)).toBe(true);
});

test.each([
  "oidc.circleci.com/org/11111111-2222-3333-4444-555555555555",
  "api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc",
  "oidc.vercel.com/acme",
  "gitlab.acme.example",
  "oidc.eks.us-east-1.amazonaws.com/id/ABCDEF",
])("%s is its owner's own", (issuer) => {
  expect(sharedIssuer(issuer)).toBeUndefined();
  expect(isOpen(issuer, {})).toBe(false);
});
