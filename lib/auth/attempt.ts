import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import { faultOfAnswer, faultOfRequest, SignInFault } from "./sign-in-fault";

/** One request of a sign-in, and what is known of how far it came. */
export interface Attempt {
  /** The code is being exchanged: the provider's discovery was read, and the browser brought its cookies back. */
  reachedExchange?: boolean;
  /** Why the ID token alone had to do. */
  userinfoTrouble?: string | undefined;
  fault?: SignInFault;
  /** What next-auth reported. */
  error?: unknown;
}

/** next-auth has one logger for all requests: this tells which one it speaks of. */
export const currentAttempt = new AsyncLocalStorage<Attempt>();

/** Does a part of the sign-in and remembers its fault: next-auth passes no more on than that there was one. */
export async function remembered<T>(attempt: Attempt, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    attempt.fault = error instanceof SignInFault ? error : new SignInFault("not-recorded", { cause: error });
    throw attempt.fault;
  }
}

interface Beginning {
  /** The `error` with which the provider sent the browser back. */
  answer: string | null;
  /** Whether the browser brought the cookies of a sign-in that it began. */
  begun: boolean;
}

/** Why an attempt failed. */
export function faultOf(attempt: Attempt, { answer, begun }: Beginning): SignInFault {
  if (attempt.fault) return attempt.fault;
  if (answer !== null) return faultOfAnswer(answer);
  if (!begun || cannotReadCookies(attempt.error)) return new SignInFault("sign-in-lost", { cause: attempt.error });
  return attempt.reachedExchange
    ? new SignInFault("not-recorded", { cause: attempt.error })
    : faultOfRequest(attempt.error, "provider-unreachable");
}

/** Too old, sealed with another AUTH_SECRET, or not ours. */
function cannotReadCookies(error: unknown): boolean {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  return typeof code === "string" && /^(ERR_JW[ET]_|INVALID_CALLBACK_URL)/.test(code);
}
