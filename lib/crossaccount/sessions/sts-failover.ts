import {
  BrokenCircuitError,
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  ExponentialBackoff,
  handleWhenResult,
  retry,
} from "cockatiel";
import type { AssumeRoleResult } from "../aws/assume-role";
import { regionsToAsk } from "./region-order";

/** Failures in a row after which a Region's STS is left alone. */
const FAILURES_TO_OPEN = 5;
/** For how long at first; longer each time that it still fails. */
const OPEN_MILLISECONDS = { initialDelay: 5_000, maxDelay: 60_000 };
/** All Regions are tried once more after a pause. */
const RETRIES = 1;
const PAUSE_MILLISECONDS = { initialDelay: 100, maxDelay: 1_000 };

/** Every Region's circuit is open, so AWS was not asked. */
export const CIRCUIT_OPEN = "CircuitOpen";

/** Asks a Region's STS once. */
export type StsAttempt = (region: string, signal: AbortSignal) => Promise<AssumeRoleResult>;

/** Asks a Region's STS, and when it gives no answer the next healthy one; one per client, so that all callers learn. */
export type StsFailover = (region: string, attempt: StsAttempt, signal: AbortSignal) => Promise<AssumeRoleResult>;

export function createStsFailover(): StsFailover {
  const breakers = new Map<string, CircuitBreakerPolicy>();
  const rounds = retry(handleWhenResult(isWorthAnotherRound), {
    maxAttempts: RETRIES,
    backoff: new ExponentialBackoff(PAUSE_MILLISECONDS),
  });

  function breakerOf(region: string): CircuitBreakerPolicy {
    const known = breakers.get(region);
    if (known) return known;
    const breaker = circuitBreaker(handleWhenResult(isUnanswered), {
      breaker: new ConsecutiveBreaker(FAILURES_TO_OPEN),
      halfOpenAfter: new ExponentialBackoff(OPEN_MILLISECONDS),
    });
    breakers.set(region, breaker);
    return breaker;
  }

  /** Null when the Region is left alone, also while another caller tries whether it has recovered. */
  async function askRegion(region: string, attempt: StsAttempt, signal: AbortSignal): Promise<AssumeRoleResult | null> {
    const breaker = breakerOf(region);
    if (breaker.state === CircuitState.HalfOpen) return null;
    try {
      return await breaker.execute(() => attempt(region, signal), signal);
    } catch (error) {
      if (error instanceof BrokenCircuitError) return null;
      throw error;
    }
  }

  async function round(home: string, attempt: StsAttempt, signal: AbortSignal): Promise<AssumeRoleResult> {
    let unanswered: AssumeRoleResult | null = null;
    for (const region of regionsToAsk(home)) {
      const result = await askRegion(region, attempt, signal);
      if (result && isAnswer(result, region === home)) return result;
      unanswered ??= result;
      if (signal.aborted) break;
    }
    return unanswered ?? { ok: false, failure: { kind: "inconclusive", code: CIRCUIT_OPEN, throttled: false } };
  }

  return (region, attempt, signal) => rounds.execute((context) => round(region, attempt, context.signal), signal);
}

/** That our identity is not known in a Region says something only of the Region that was asked for. */
function isAnswer(result: AssumeRoleResult, home: boolean): boolean {
  if (result.ok) return true;
  const { kind } = result.failure;
  return kind === "refused" || kind === "invalid-request" || (home && kind === "own-identity");
}

function isUnanswered(result: unknown): boolean {
  const { ok, failure } = result as { ok: boolean; failure?: { kind: string } };
  return !ok && failure?.kind === "inconclusive";
}

function isWorthAnotherRound(result: unknown): boolean {
  return isUnanswered(result) && (result as { failure: { code: string } }).failure.code !== CIRCUIT_OPEN;
}
