import type { PolicyStatement } from "./policy-types";

/** A statement of the stack, and the longest that it can get. */
export interface MeasuredStatement<T> {
  readonly measured: PolicyStatement;
  readonly statement: PolicyStatement<T>;
}

type Fits = (statements: readonly PolicyStatement[]) => boolean;

/**
 * A statement that is longer than a policy, in parts that together mean the same: each with some of its actions, or, where one action is
 * too long already, with some of its resources. What cannot be split is given back as it is, such as a list of
 * what is left out.
 */
export function splitStatement<T>(whole: MeasuredStatement<T>, fits: Fits): MeasuredStatement<T>[] {
  if (fits([whole.measured])) return [whole];
  const { Action: actions = [], Resource: resources = [] } = whole.measured;
  const narrowed = (from: number, to: number) => narrow(whole, "Action", from, to);
  if (actions.length > 1 && fits([narrowed(0, 1).measured])) return cut(actions.length, narrowed, fits);
  if (actions.length > 1) {
    return actions.flatMap((_action, index) => splitStatement(narrowed(index, index + 1), fits));
  }
  if (resources.length < 2) return [whole];
  return cut(resources.length, (from, to) => narrow(whole, "Resource", from, to), fits);
}

/** Parts as long as fit, one after another. */
function cut<T>(
  length: number,
  part: (from: number, to: number) => MeasuredStatement<T>,
  fits: Fits,
): MeasuredStatement<T>[] {
  const parts: MeasuredStatement<T>[] = [];
  for (let from = 0; from < length; ) {
    let to = from + 1;
    while (to < length && fits([part(from, to + 1).measured])) to += 1;
    parts.push(part(from, to));
    from = to;
  }
  return parts;
}

function narrow<T>(
  { measured, statement }: MeasuredStatement<T>,
  list: "Action" | "Resource",
  from: number,
  to: number,
): MeasuredStatement<T> {
  return {
    measured: { ...measured, [list]: measured[list]?.slice(from, to) },
    statement: { ...statement, [list]: statement[list]?.slice(from, to) },
  };
}
