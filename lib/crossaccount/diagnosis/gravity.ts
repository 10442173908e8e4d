import type { Check, CheckId, DiagnosisCause } from "../types";

/** Who else may get in, or what more may be done than was agreed, comes before what does not work. */
const grave: readonly DiagnosisCause[] = ["trust-open", "role-taken", "excess-escalation"];
const serious: readonly DiagnosisCause[] = [
  "trust-wider",
  "used-by-others",
  "role-made-again",
  "excess",
  "boundary-gone",
  "boundary-edited",
];

/** How harmful a finding is; 0 is the worst. Checks without one have none. */
export function gravityOf({ status, causeId }: Pick<Check, "status" | "causeId">): number | undefined {
  if (status !== "failed" && status !== "warning") return undefined;
  if (causeId && grave.includes(causeId)) return 0;
  if (causeId && serious.includes(causeId)) return 1;
  return status === "failed" ? 2 : 3;
}

interface Ranked {
  id: CheckId;
  gravity: number;
  /** The check that tells the same cause, and comes first. */
  toldBy?: CheckId;
}

/** The findings of a report, the worst first, each cause told by one of them. */
export function rankFindings(checks: readonly Pick<Check, "id" | "status" | "causeId">[]): Ranked[] {
  const found = checks.flatMap(({ id, status, causeId }) => {
    const gravity = gravityOf({ status, causeId });
    return gravity === undefined ? [] : [{ id, gravity, causeId }];
  });
  const sorted = found.toSorted((one, other) => one.gravity - other.gravity);
  return sorted.map(({ id, gravity, causeId }) => {
    const first = causeId && sorted.find((other) => other.causeId === causeId);
    return { id, gravity, ...(first && first.id !== id && { toldBy: first.id }) };
  });
}
