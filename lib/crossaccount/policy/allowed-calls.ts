import { patternsOverlap } from "./pattern";

export interface EscalationGrant {
  readonly effect: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export interface AllowedCall {
  readonly grant: EscalationGrant;
  /** Index into the grants. */
  readonly grantIndex: number;
  /** Index into that grant's actions. */
  readonly actionIndex: number;
  /** Such as `iam:PassRole`. */
  readonly name: string;
}

/** Where grants allow one of the calls; each pattern of an action once for each call. */
export function allowedCalls(grants: readonly EscalationGrant[], names: readonly string[]): AllowedCall[] {
  return grants.flatMap((grant, grantIndex) => {
    if (grant.effect !== "Allow") return [];
    return grant.actions.flatMap((action, actionIndex) =>
      names
        .filter((name) => patternsOverlap(action.toLowerCase(), name.toLowerCase()))
        .map((name) => ({ grant, grantIndex, actionIndex, name })),
    );
  });
}
