import { checkTitles, skipped } from "../checks/check";
import { redactCheck } from "../checks/redaction";
import { CHECK_IDS, type Check, type CheckId, type CheckProgress, type RemedyWay } from "../types";

/** Collects the checks of one verification and tells the caller as each begins, waits and ends. */
export interface Progress {
  begin(id: CheckId): void;
  waiting(id: CheckId, waitingFor: "iam-propagation" | "retry", attempt: number): void;
  finish(check: Check): Check;
  skip(ids: readonly CheckId[], why: string): void;
  /** In the order of `CHECK_IDS`. */
  checks(): Check[];
}

/** What a customer wrote into the role may hold what a report must not; `subject` is left out of it. */
export function createProgress(
  subject: Parameters<typeof redactCheck>[1],
  notify: (progress: CheckProgress) => void = () => {},
  waysFor: (check: Check) => RemedyWay[] = () => [],
): Progress {
  const finished = new Map<CheckId, Check>();

  function finish(found: Check): Check {
    const ways = waysFor(found);
    const check = redactCheck(ways.length > 0 ? { ...found, ways } : found, subject);
    finished.set(check.id, check);
    notify({ phase: "done", id: check.id, check });
    return check;
  }

  return {
    begin: (id) => notify({ phase: "running", id, title: checkTitles[id] }),
    waiting: (id, waitingFor, attempt) => notify({ phase: "waiting", id, title: checkTitles[id], waitingFor, attempt }),
    finish,
    skip: (ids, why) => {
      for (const id of ids) finish(skipped(id, why));
    },
    checks: () => CHECK_IDS.flatMap((id) => finished.get(id) ?? []),
  };
}
