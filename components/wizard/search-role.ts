import type { FindRole } from "./actions";

export type SearchInput = Parameters<FindRole>[0];
export type SearchEnd =
  | { kind: "found" }
  | { kind: "stopped" }
  | { kind: "refused"; message: string }
  /** Not found in the time that a new stack takes. */
  | { kind: "ended"; explanation: string; roleArn: string | null };

export interface SearchTime {
  /** Milliseconds that the page was looked at since the search began. */
  elapsed: () => number;
  isSeen: () => boolean;
  /** Ends early when someone comes back to the page. */
  pause: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** A new stack and IAM together rarely take longer. */
const LONGEST_MILLISECONDS = 120_000;

const UNREACHABLE_RETRY_SECONDS = 5;
/** Of a page that nobody looks at, so that the role is there when someone comes back; for as long as a stack could take. */
const UNSEEN_RETRY_SECONDS = 15;
const UNSEEN_TRIES = 80;
/** What a browser's timer takes. */
const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * Asks for the role until it is found, one bounded try after the other. After two minutes in which someone looked at the page the same
 * question has the same answer, and it ends.
 */
export async function searchRole(
  findRole: FindRole,
  input: SearchInput,
  signal: AbortSignal,
  onExplanation: (text: string) => void,
  time: SearchTime,
): Promise<SearchEnd> {
  let roleArn: string | null = null;
  let unseenTries = 0;
  while (!signal.aborted) {
    const result = await findRole(input).catch(() => null);
    if (signal.aborted) break;
    if (result?.ok && !result.data.found) roleArn = result.data.roleArn;
    if (result?.ok && result.data.found) return { kind: "found" };
    if (result && !result.ok && result.code !== "rate-limited" && result.code !== "unavailable") {
      return { kind: "refused", message: result.fields?.accountId ?? result.message };
    }
    const { text, seconds } = waitAfter(result);
    if (time.elapsed() >= LONGEST_MILLISECONDS) return { kind: "ended", explanation: text, roleArn };
    onExplanation(text);
    unseenTries = time.isSeen() ? 0 : unseenTries + 1;
    await time.pause(unseenTries === 0 ? seconds * 1_000 : unseenPause(seconds, unseenTries), signal);
  }
  return { kind: "stopped" };
}

function unseenPause(seconds: number, tries: number): number {
  return tries < UNSEEN_TRIES ? Math.max(seconds, UNSEEN_RETRY_SECONDS) * 1_000 : LONGEST_TIMER;
}

type Unfinished = Awaited<ReturnType<FindRole>> | null;

function waitAfter(result: Unfinished): { text: string; seconds: number } {
  if (!result) {
    return { text: "The portal cannot be reached at the moment. Trying again.", seconds: UNREACHABLE_RETRY_SECONDS };
  }
  if (!result.ok) return { text: result.message, seconds: result.retryAfterSeconds ?? UNREACHABLE_RETRY_SECONDS };
  if (result.data.found) return { text: "", seconds: 0 };
  return { text: result.data.explanation, seconds: result.data.retryAfterSeconds };
}
