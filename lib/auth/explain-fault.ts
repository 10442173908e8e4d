import { isSignInFaultCode, type SignInFaultCode } from "./sign-in-fault";

/** What a person is told, and what they can do. They have an administrator at their own company; the vendor runs this portal. */
const sentences: Record<SignInFaultCode, (supportEmail: string) => string> = {
  "access-denied": () =>
    "Your identity provider did not let you in, or you cancelled. If you did not cancel, ask your company's administrator to give you access to this application.",
  "provider-refused": (supportEmail) =>
    `Your identity provider refused how this portal asked for the sign-in. Trying again will not help: write to ${supportEmail}.`,
  "provider-busy": () => "Your identity provider cannot sign anyone in at the moment. Try again in a few minutes.",
  "sign-in-lost": () =>
    "The sign-in took longer than 15 minutes, was begun in another browser or was finished already. Try again; if it happens again, allow cookies for this site.",
  "provider-unreachable": (supportEmail) =>
    `This portal cannot reach your identity provider at the moment. Try again in a minute, or write to ${supportEmail}.`,
  "provider-slow": (supportEmail) =>
    `Your identity provider took too long to answer. Try again in a minute, or write to ${supportEmail}.`,
  "client-refused": (supportEmail) =>
    `Your identity provider does not accept this portal's own credentials. Trying again will not help: write to ${supportEmail}.`,
  "code-refused": (supportEmail) =>
    `Your identity provider did not finish the sign-in. Try again, or write to ${supportEmail}.`,
  "token-refused": (supportEmail) =>
    `Your identity provider answered with a token that is not valid for this portal. Trying again will not help: write to ${supportEmail}.`,
  "another-person": (supportEmail) =>
    `Your identity provider's two answers are not about the same person, so nobody was signed in. Write to ${supportEmail}.`,
  "unreadable-person": (supportEmail) =>
    `Your identity provider did not say who you are. Trying again will not help: write to ${supportEmail}.`,
  "not-recorded": (supportEmail) =>
    `The portal could not record your sign-in. Try again in a minute, or write to ${supportEmail}.`,
};

export function explainFault(code: string, supportEmail: string): string {
  if (code === "SessionRequired") return "Your session has ended. Sign in again to go on.";
  return isSignInFaultCode(code)
    ? sentences[code](supportEmail)
    : `Something went wrong on the way. Try again, or write to ${supportEmail}.`;
}
