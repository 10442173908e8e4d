import { emailClaim } from "./claims";

export type Answer = Record<string, unknown>;

/**
 * Many providers put groups and own claims into only one of their two answers; where both have a claim, that of the ID token,
 * which is signed, holds. An e-mail is taken with its verification from one answer: whoever wrote the other one did not verify it.
 *
 * @throws Error when the userinfo answer is not about the subject of the ID token
 * ({@link https://openid.net/specs/openid-connect-core-1_0.html#UserInfoResponse OpenID Connect Core 5.3.2})
 */
export function mergeAnswers(idToken: Answer, userinfo: Answer): Answer {
  if (userinfo.sub !== idToken.sub)
    throw new Error(
      "The userinfo answer names another subject than the ID token, or none: it may be about someone else, so no one is signed in. OpenID Connect requires the same sub in both; the provider must be repaired.",
    );
  const { email, email_verified } = emailClaim.safeParse(idToken.email).success ? idToken : userinfo;
  return { ...userinfo, ...idToken, email, email_verified };
}
