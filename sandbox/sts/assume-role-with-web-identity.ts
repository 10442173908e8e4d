import { accountOf } from "../iam/state";
import { claimsOf } from "../policy/claims";
import { list, optional, read, structure, text, whole } from "../protocol/input";
import { AwsError, type Operation, type RequestContext } from "../service";
import { webIdentity } from "../service/principals";
import { readToken, type WebIdentity } from "../web-identity/token";
import { openSession, roleAccount } from "./open-session";
import { requireRegion } from "./require-region";
import { packSessionPolicies } from "./session-policies";
import { requireDuration, targetRole } from "./target-role";

const DEFAULT_SECONDS = 3600;

/** Providers that AWS knows by their host; all others must be made known to the role's account. */
const builtIn = ["accounts.google.com", "cognito-identity.amazonaws.com"];

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html */
export const assumeRoleWithWebIdentity: Operation = (input, context) => {
  // Without ProviderId, which is for the access tokens of providers before OpenID Connect.
  const parameters = read(input, {
    RoleArn: text({ minimum: 20, maximum: 2048 }),
    RoleSessionName: text({ minimum: 2, maximum: 64, pattern: /^[\w+=,.@-]*$/ }),
    WebIdentityToken: text({ minimum: 4, maximum: 20_000 }),
    DurationSeconds: optional(whole(900, 43_200)),
    Policy: optional(text({ minimum: 1 })),
    PolicyArns: list(structure({ arn: text({ minimum: 20, maximum: 2048 }) }), 10),
  });
  const { RoleArn, RoleSessionName, DurationSeconds = DEFAULT_SECONDS } = parameters;
  const token = readToken(parameters.WebIdentityToken, { store: context.store, now: context.now() });
  const provider = providerOf(token, roleAccount(RoleArn), context);
  const subject = one(token.claims.sub);
  const role = targetRole(RoleArn, context, {
    action: "sts:AssumeRoleWithWebIdentity",
    conditionKeys: { ...claimKeys(token), "sts:RoleSessionName": RoleSessionName },
    as: webIdentity(provider, subject, context.partition),
  });
  requireDuration(DurationSeconds, role, context);
  requireRegion(roleAccount(RoleArn), context);
  const policies = packSessionPolicies(parameters, roleAccount(RoleArn), context);
  const session = openSession(role, {
    name: RoleSessionName,
    seconds: DurationSeconds,
    context,
    sessionPolicies: policies?.documents,
  });
  return {
    ...session,
    SubjectFromWebIdentityToken: subject,
    Audience: one(token.claims.aud),
    Provider: provider,
    ...(policies ? { PackedPolicySize: policies.packedSize } : {}),
  };
};

/** How a trust policy names the token's provider. */
function providerOf(
  { issuer, claims }: WebIdentity,
  accountId: string,
  { store, partition }: Pick<RequestContext, "store" | "partition">,
): string {
  if (builtIn.includes(issuer)) return issuer;
  const { identityProviders } = accountOf(store, partition, accountId);
  const known = Object.hasOwn(identityProviders, issuer) ? identityProviders[issuer] : undefined;
  if (!known) {
    const missing = `No OpenIDConnect provider found in your account for https://${issuer}`;
    throw new AwsError("InvalidIdentityToken", missing);
  }
  if (!known.clientIds.includes(one(claims.aud)))
    throw new AwsError("InvalidIdentityToken", "Incorrect token audience");
  return `arn:${partition}:iam::${accountId}:oidc-provider/${issuer}`;
}

/** A token that says for whom it was asked, `azp`, has that as its audience for policies, and its `aud` as `oaud`. */
function claimKeys({ issuer, claims: { azp, aud, ...claims } }: WebIdentity): Record<string, string | string[]> {
  if (Object.keys(claims).some((claim) => claim.startsWith("https://aws.amazon.com/"))) {
    throw new AwsError("NotImplemented", "The sandbox does not support session tags in tokens.", 501);
  }
  const given = { ...claims, ...(azp ? { aud: azp, oaud: aud } : { aud }) };
  const taken = claimsOf(issuer);
  return Object.fromEntries(
    Object.entries(given).flatMap(([claim, value]) =>
      value !== undefined && taken.includes(claim) ? [[`${issuer}:${claim}`, value]] : [],
    ),
  );
}

function one(value: string | string[] | undefined): string {
  return [value ?? ""].flat()[0] ?? "";
}
