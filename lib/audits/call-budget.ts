import "server-only";
import type { Database } from "@/lib/db";

export interface CallBudgetDependencies {
  database: Database;
  name: string;
  callsPerSecond: number;
  /** Milliseconds that only go forward. */
  now: () => number;
  wait: (milliseconds: number) => Promise<void>;
}

interface Lease {
  calls: number;
  /** Used from here on, and no more once it is old: whoever hoards calls could make them all at once. */
  startsAt: number;
  endsAt: number;
}

/**
 * A bound on calls that holds for all processes together. One row says when the next call may be made; a process moves it
 * on by a few calls at a time and makes them then, so that the row is written far less often than calls are made. The
 * database's clock decides, not the machines'.
 */
export function createCallBudget(dependencies: CallBudgetDependencies): () => Promise<void> {
  const { callsPerSecond, now, wait } = dependencies;
  const calls = Math.max(1, Math.min(20, Math.floor(callsPerSecond / 4)));
  const spanMs = (calls / callsPerSecond) * 1_000;
  let lease: Lease | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  async function takeOne(): Promise<void> {
    if (!lease || lease.calls === 0 || now() > lease.endsAt) {
      const startsAt = now() + (await reserve(dependencies, calls));
      lease = { calls, startsAt, endsAt: startsAt + Math.max(spanMs, 1_000) };
    }
    lease.calls -= 1;
    const ahead = lease.startsAt - now();
    if (ahead > 0) await wait(ahead);
  }

  return () => {
    const mine = turn.then(takeOne);
    turn = mine.catch(() => undefined);
    return mine;
  };
}

/** Reserves the next calls. Milliseconds until the first of them may be made. */
export async function reserve(
  { database, name, callsPerSecond }: Pick<CallBudgetDependencies, "database" | "name" | "callsPerSecond">,
  calls: number,
): Promise<number> {
  const seconds = calls / callsPerSecond;
  const [row] = await database.$queryRaw<{ ahead: number }[]>`
    INSERT INTO "CallBudget" AS budget ("name", "freeAt")
    VALUES (${name}, clock_timestamp() + make_interval(secs => ${seconds}::float8))
    ON CONFLICT ("name") DO UPDATE
    SET "freeAt" = greatest(budget."freeAt", clock_timestamp()) + make_interval(secs => ${seconds}::float8)
    RETURNING extract(epoch FROM "freeAt" - clock_timestamp())::float8 - ${seconds}::float8 AS ahead`;
  return Math.max(0, (row?.ahead ?? 0) * 1_000);
}
