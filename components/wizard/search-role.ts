import { pause } from "@/components/ui/pause";
import type { FindRole } from "./actions";

export type SearchInput = Parameters<FindRole>[0];
export type SearchEnd =
  | { kind: "found" }
  | { kind: "stopped" }
  | { kind: "refused"; message: string }
  /** Not found in the time that a new stack takes. */
  | { kind: "ended"; explanation: string; roleArn: string | null };

/** A new stack and IAM together rarely take longer. */
const LONGEST_MILLISECONDS = 120_000;

const UNREACHABLE_RETRY_SECONDS = 5;

/**
 * Asks for the role until it is found, one bounded try after the other, and only while the page is looked at; for two minutes, after
 * which the same question has the same answer.
 */
export async function searchRole(
  findRole: FindRole,
  input: SearchInput,
  signal: AbortSignal,
  onExplanation: (text: string) => void,
  time: SearchTime = { now: Date.now, pause },
): Promise<SearchEnd> {
  const begun = time.now();
  let roleArn: string | null = null;
  while (!signal.aborted) {
    const result = await findRole(input).catch(() => null);
    if (signal.aborted) break;
    if (result?.ok && !result.data.found) roleArn = result.data.roleArn;
    if (result?.ok && result.data.found) return { kind: "found" };
    if (result && !result.ok && result.code !== "rate-limited" && result.code !== "unavailable") {
      return { kind: "refused", message: result.fields?.accountId ?? result.message };
    }
    const { text, seconds } = waitAfter(result);
    if (time.now() - begun >= LONGEST_MILLISECONDS) return { kind: "ended", explanation: text, roleArn };
    onExplanation(text);
    await time.pause(seconds * 1_000, signal);
    await visible(signal);
  }
  return { kind: "stopped" };
}

interface SearchTime {
  now: () => number;
  pause: typeof pause;
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

function visible(signal: AbortSignal): Promise<void> {
  if (signal.aborted || document.visibilityState === "visible") return Promise.resolve();
  return new Promise((resolve) => {
    document.addEventListener("visibilitychange", () => resolve(), { once: true, signal });
    signal.addEventListener("abort", () => resolve());
  });
}
