import {
  CreateOpenIDConnectProviderCommand,
  CreateRoleCommand,
  GetOpenIDConnectProviderCommand,
  type IAMClient,
  UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { AssumeRoleWithWebIdentityCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createSandbox, type RunningSandbox } from "../server";
import { administratorOf, expectError, iamOf, policyOf, sessionOf, stsOf } from "../testing/clients";

const account = "111122223333";
const github = "token.actions.githubusercontent.com";
const RoleName = "Deploy";
const RoleArn = `arn:aws:iam::${account}:role/Deploy`;
const provider = `arn:aws:iam::${account}:oidc-provider/${github}`;

let sandbox: RunningSandbox;
let iam: IAMClient;
let sts: STSClient;
beforeAll(async () => {
  sandbox = await createSandbox();
  iam = iamOf(administratorOf(account, sandbox.url));
  sts = new STSClient({ endpoint: sandbox.url, region: "us-east-1" });
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const statement = (Condition?: object, Principal: unknown = { Federated: provider }) => ({
  Effect: "Allow",
  Principal,
  Action: "sts:AssumeRoleWithWebIdentity",
  ...(Condition ? { Condition } : {}),
});
const subject = (pattern: string) => ({ StringLike: { [`${github}:sub`]: pattern } });

async function make(...statements: object[]) {
  await iam.send(
    new CreateOpenIDConnectProviderCommand({ Url: `https://${github}`, ClientIDList: ["sts.amazonaws.com"] }),
  );
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: policyOf(...statements) }));
}
const token = (sub: string, more: Record<string, string> = {}, issuer = github) =>
  sandbox.issueWebIdentityToken({ issuer, claims: { sub, aud: "sts.amazonaws.com", ...more } });
const assume = (WebIdentityToken: string, more: object = {}) =>
  sts.send(new AssumeRoleWithWebIdentityCommand({ RoleArn, RoleSessionName: "deploy", WebIdentityToken, ...more }));

describe("AssumeRoleWithWebIdentity", () => {
  test("lets in whom the token is about, and gives a session of the role", async () => {
    await make(statement(subject("repo:acme/*")));
    const answer = await assume(token("repo:acme/app:ref:refs/heads/main"));
    expect(answer).toMatchObject({
      Provider: provider,
      Audience: "sts.amazonaws.com",
      SubjectFromWebIdentityToken: "repo:acme/app:ref:refs/heads/main",
    });
    const session = stsOf(sessionOf(answer.Credentials, sandbox.url));
    expect((await session.send(new GetCallerIdentityCommand({}))).Arn).toBe(
      `arn:aws:sts::${account}:assumed-role/Deploy/deploy`,
    );
  });

  test.each<[string, object[], string, Record<string, string>, boolean]>([
    ["another owner", [statement(subject("repo:acme/*"))], "repo:other/app:x", {}, false],
    ["an owner whose name begins alike", [statement(subject("repo:acme*"))], "repo:acme-evil/x:y", {}, true],
    [
      "another claim that STS takes",
      [statement({ StringEquals: { [`${github}:ref`]: "refs/heads/main" } })],
      "repo:other/app:x",
      { ref: "refs/heads/main" },
      true,
    ],
    ["nothing but the provider", [statement()], "repo:other/app:x", {}, true],
    ["everyone", [statement(undefined, "*")], "repo:other/app:x", {}, true],
    ["an AWS account", [statement(undefined, { AWS: account })], "repo:other/app:x", {}, false],
    ["another provider", [statement(undefined, { Federated: "accounts.google.com" })], "repo:a/b:x", {}, false],
    ["another action", [{ ...statement(), Action: "sts:AssumeRole" }], "repo:a/b:x", {}, false],
    ["an external ID, which no token has", [statement({ StringEquals: { "sts:ExternalId": "x" } })], "a", {}, false],
    [
      "a Deny for the provider",
      [statement(), { ...statement(), Effect: "Deny", Condition: subject("repo:other/*") }],
      "repo:other/app:x",
      {},
      false,
    ],
    [
      "a Deny for everyone of another account, by every action",
      [
        statement(),
        {
          Effect: "Deny",
          Principal: "*",
          Action: "sts:*",
          Condition: { StringNotEquals: { "aws:PrincipalAccount": account } },
        },
      ],
      "repo:other/app:x",
      {},
      false,
    ],
  ])("with %s in the trust policy", async (_what, statements, sub, claims, entered) => {
    await make(...statements);
    const answer = assume(token(sub, claims));
    if (entered) await expect(answer).resolves.toHaveProperty("Credentials");
    else await expectError(answer, "AccessDenied", "", 403);
  });

  test("takes a provider's word for whom the token was asked, not the sender's", async () => {
    await make(statement({ StringEquals: { [`${github}:aud`]: "client-1" } }));
    await expectError(assume(token("x")), "AccessDenied");
    await expect(assume(token("x", { azp: "client-1" }))).resolves.toHaveProperty("Credentials");
  });

  test("refuses what is no token of a provider that the account knows", async () => {
    await make(statement());
    const good = token("repo:acme/app:x");
    const [head, , signature] = good.split(".");
    const forged = `${head}.${Buffer.from(JSON.stringify({ iss: "x", exp: 9e9, claims: {} })).toString("base64url")}.${signature}`;
    await expectError(assume("eyJhbGciOi.eyJzdWIiOi.abc"), "InvalidIdentityToken", "of its own");
    await expectError(assume(forged), "InvalidIdentityToken");
    await expectError(assume(token("x", {}, "gitlab.com")), "InvalidIdentityToken", "No OpenIDConnect provider");
    await expectError(assume(token("x", { aud: "https://other" })), "InvalidIdentityToken", "audience");
    const expired = { issuer: github, claims: { sub: "x", aud: "sts.amazonaws.com" }, expiresIn: -1 };
    await expectError(assume(sandbox.issueWebIdentityToken(expired)), "ExpiredToken");
  });

  test("says what it does not support", async () => {
    await make(statement({ StringEquals: { [`${github}:enterprise`]: "acme" } }));
    await expectError(assume(token("x")), "NotImplemented", `${github}:enterprise`, 501);
    await expectError(assume(token("x"), { ProviderId: "www.amazon.com" }), "NotImplemented", "ProviderId", 501);
    const tags = { "https://aws.amazon.com/tags": "x" };
    await expectError(assume(token("x", tags)), "NotImplemented", "session tags", 501);
  });

  test("by the control route as well, for programs of this machine", async () => {
    await make(statement());
    const body = JSON.stringify({ issuer: github, claims: { sub: "x", aud: "sts.amazonaws.com" } });
    const answer = await fetch(`${sandbox.url}/_sandbox/web-identity`, { method: "POST", body });
    const given = (await answer.json()) as { token: string };
    await expect(assume(given.token)).resolves.toHaveProperty("Credentials");
    const refused = await fetch(`${sandbox.url}/_sandbox/web-identity`, { method: "POST", body: "{}" });
    expect(refused.status).toBe(400);
  });

  test("with the identity provider as IAM shows it", async () => {
    await make(statement());
    const found = await iam.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: provider }));
    expect(found).toMatchObject({ Url: github, ClientIDList: ["sts.amazonaws.com"] });
    const PolicyDocument = policyOf(statement(subject("repo:acme/*")));
    await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument }));
    await expectError(assume(token("repo:other/x")), "AccessDenied");
  });
});
