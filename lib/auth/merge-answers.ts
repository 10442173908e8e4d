import { claimedEmail } from "./claims";
import { SignInFault } from "./sign-in-fault";

export type Answer = Record<string, unknown>;

/**
 * Many providers put groups and own claims into only one of their two answers; where both have a claim, that of the ID token,
 * which is signed, holds. An e-mail is taken with its verification from one answer: whoever wrote the other one did not verify it.
 *
 * @throws SignInFault when the userinfo answer is not about the subject of the ID token
 * ({@link https://openid.net/specs/openid-connect-core-1_0.html#UserInfoResponse OpenID Connect Core 5.3.2})
 */
export function mergeAnswers(idToken: Answer, userinfo: Answer): Answer {
  if (userinfo.sub !== idToken.sub) throw new SignInFault("another-person");
  const [answer, other] = claimedEmail(idToken) ? [idToken, userinfo] : [userinfo, idToken];
  return { ...userinfo, ...idToken, email: answer.email, email_verified: verificationOf(answer, other) };
}

/** What the other answer says of its own e-mail counts where that is the same; where it is not, it says at least that this provider does verify. */
function verificationOf(answer: Answer, other: Answer): unknown {
  if (answer.email_verified !== undefined || other.email_verified === undefined) return answer.email_verified;
  const email = claimedEmail(answer);
  return email !== null && email === claimedEmail(other) ? other.email_verified : false;
}
