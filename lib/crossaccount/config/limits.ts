import { patternsOverlap } from "../policy/pattern";

interface Reach {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/** Whether a Deny takes away some of what a permission allows, everywhere or at times. */
export function mayLimit(deny: Reach, permission: Reach): boolean {
  const meet = (some: readonly string[], others: readonly string[]) =>
    some.some((one) => others.some((other) => patternsOverlap(one, other)));
  const folded = ({ actions }: Reach) => actions.map((action) => action.toLowerCase());
  return meet(folded(deny), folded(permission)) && meet(deny.resources, permission.resources);
}
