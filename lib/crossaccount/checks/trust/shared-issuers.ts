/** A claim by which a shared identity provider says for whom it signed. */
export interface OwnerClaim {
  claim: string;
  /**
   * Matches the beginning of a value as far as it names an owner: up to a separator that no owner's name can hold, or to the end
   * where only the whole value names one.
   */
  owner: RegExp;
  /** Who is nobody of the owner's, although a token of theirs names it. */
  outsiders?: { claim: string; value: string };
}

/** An identity provider that signs for everyone by one and the same name, and how its tokens name an owner. */
export interface SharedIssuer {
  /** Host and path, as in a provider's ARN and in condition keys. */
  issuer: RegExp;
  name: string;
  owners: readonly OwnerClaim[];
  source: string;
}

const controls = "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html";
const keys = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html";
const whole = /^.+$/s;
const subject = (owner: RegExp): readonly OwnerClaim[] => [{ claim: "sub", owner }];

/** Subjects as a workflow has them unless its owner changed their form, and those that a changed form begins with. */
const ofGitHub: readonly OwnerClaim[] = [
  { claim: "sub", owner: /^repo:[^/:]+\// },
  { claim: "sub", owner: /^repository:[^/:]+\// },
  { claim: "sub", owner: /^(repository_owner|repository_owner_id|repository_id|enterprise|enterprise_id):[^:]+(:|$)/ },
  { claim: "repository", owner: /^[^/]+\// },
  { claim: "repository_id", owner: whole },
  { claim: "repository_owner_id", owner: whole },
  { claim: "enterprise_id", owner: whole },
];

/**
 * Shared identity providers. What is not listed of a provider's claims names nobody: a branch, an environment, a workflow and an
 * audience are anyone's to choose, a reusable workflow is run by whoever may read it, and an actor's name stands in the tokens of
 * every repository that the actor touched.
 *
 * CircleCI and Bitbucket have an issuer for each organization or workspace, and so do Vercel's teams, Okta, Auth0, Entra ID, a
 * cluster and a self-hosted GitLab: such a provider is its owner's own.
 */
export const sharedIssuers: readonly SharedIssuer[] = [
  {
    issuer: /^token\.actions\.githubusercontent\.com$/,
    name: "GitHub Actions",
    owners: ofGitHub,
    source: "https://docs.github.com/en/actions/reference/security/oidc",
  },
  { issuer: /^vstoken\.actions\.githubusercontent\.com$/, name: "GitHub Actions", owners: ofGitHub, source: controls },
  {
    issuer: /^oidc-configuration\.audit-log\.githubusercontent\.com$/,
    name: "GitHub audit log streaming",
    owners: subject(/^https:\/\/github\.com\/.+$/),
    source: controls,
  },
  {
    issuer: /^gitlab\.com$/,
    name: "GitLab.com",
    owners: subject(/^project_path:[^/:]+\//),
    source: "https://docs.gitlab.com/ci/secrets/id_token_authentication/",
  },
  {
    issuer: /^app(\.eu)?\.terraform\.io$/,
    name: "HCP Terraform",
    owners: subject(/^organization:[^:]+:/),
    source:
      "https://developer.hashicorp.com/terraform/cloud-docs/workspaces/dynamic-provider-credentials/aws-configuration",
  },
  {
    issuer: /^agent\.buildkite\.com$/,
    name: "Buildkite",
    owners: subject(/^organization:[^:]+:/),
    source: "https://buildkite.com/docs/pipelines/security/oidc",
  },
  { issuer: /^oidc\.codefresh\.io$/, name: "Codefresh", owners: subject(/^account:[^:]+:/), source: controls },
  {
    issuer: /^studio\.datachain\.ai\/api$/,
    name: "DVC Studio",
    owners: subject(/^credentials:[^/:]+\//),
    source: controls,
  },
  {
    issuer: /^api\.pulumi\.com\/oidc$/,
    name: "Pulumi Cloud",
    owners: [
      { claim: "aud", owner: whole },
      { claim: "sub", owner: /^pulumi:(deploy|environments):org:[^:]+:/ },
    ],
    source: controls,
  },
  { issuer: /^sandboxes\.cloud$/, name: "sandboxes.cloud", owners: [{ claim: "aud", owner: whole }], source: controls },
  { issuer: /^scalr\.io$/, name: "Scalr", owners: subject(/^account:[^:]+:/), source: controls },
  { issuer: /^tokens\.cloud\.shisho\.dev$/, name: "Shisho Cloud", owners: subject(whole), source: controls },
  { issuer: /^proidc\.upbound\.io$/, name: "Upbound", owners: subject(/^mcp:[^/:]+\//), source: controls },
  {
    issuer: /^oidc\.vercel\.com$/,
    name: "Vercel",
    owners: [
      { claim: "aud", owner: /^https:\/\/vercel\.com\/[^/]+$/ },
      { claim: "sub", owner: /^owner:[^:]+:/ },
    ],
    source: "https://vercel.com/docs/oidc/reference",
  },
  {
    issuer: /^rh-oidc\.s3\.us-east-1\.amazonaws\.com\/|^oidc\.op1\.openshiftapps\.com\//,
    name: "IBM Turbonomic",
    owners: subject(whole),
    source: controls,
  },
  {
    issuer: /^sts\.windows\.net\/33e01921-4d64-4f8c-a055-5bdaffd5e33d\/?$/,
    name: "Microsoft Sentinel",
    owners: [{ claim: "sts:RoleSessionName", owner: /^MicrosoftSentinel_.+$/ }],
    source: controls,
  },
  {
    // Whoever opens the application gets a guest's token of its pool, unless the pool has no guests.
    issuer: /^cognito-identity(\.us-gov)?\.amazonaws\.com(\.cn)?$/,
    name: "Amazon Cognito",
    owners: [
      { claim: "aud", owner: whole, outsiders: { claim: "amr", value: "unauthenticated" } },
      { claim: "sub", owner: whole },
    ],
    source: "https://docs.aws.amazon.com/cognito/latest/developerguide/role-trust-and-permissions.html",
  },
  // The audience is an application, to which anyone with an account there can sign in.
  { issuer: /^accounts\.google\.com$/, name: "Google", owners: subject(whole), source: keys },
  {
    issuer: /^www\.amazon\.com$/,
    name: "Login with Amazon",
    owners: [{ claim: "user_id", owner: whole }],
    source: keys,
  },
  { issuer: /^graph\.facebook\.com$/, name: "Facebook", owners: [{ claim: "id", owner: whole }], source: keys },
];

/** Who `issuer` is, if it signs for everyone. */
export function sharedIssuer(issuer: string): SharedIssuer | undefined {
  return sharedIssuers.find(({ issuer: pattern }) => pattern.test(issuer.toLowerCase()));
}

/** Host and path of a provider, from its ARN or as AWS names it itself. */
export function issuerOf(provider: string): string {
  return (provider.split(":oidc-provider/")[1] ?? provider).toLowerCase();
}
