/** What STS takes from the tokens of any identity provider. */
const common = ["amr", "aud", "email", "oaud", "sub"];

const ofGitHub = [
  "actor",
  "actor_id",
  "enterprise_id",
  "environment",
  "job_workflow_ref",
  "ref",
  "repository",
  "repository_id",
  "repository_owner_id",
  "workflow",
];

/**
 * Claims of a token that become condition keys, as `<issuer>:<claim>`; STS leaves out the others.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
 */
export function claimsOf(issuer: string): readonly string[] {
  return issuer.toLowerCase() === "token.actions.githubusercontent.com" ? [...common, ...ofGitHub] : common;
}

/** Whether a condition key is a claim that STS would take from a token of that issuer; an issuer is a host, with or without a path. */
export function isClaimKey(key: string): boolean {
  const [, issuer = "", claim = ""] = /^((?:[\w-]+\.)+[a-z]+(?:\/[^:]*)?):(\w+)$/i.exec(key) ?? [];
  return issuer !== "" && claimsOf(issuer).includes(claim.toLowerCase());
}
