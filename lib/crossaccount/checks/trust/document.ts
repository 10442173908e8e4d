import {
  type Conditions,
  conditionBlock,
  isRecord,
  type PatternList,
  patternList,
  readStatements,
  strings,
  versionOf,
} from "../../policy/document";
import { patternsOverlap } from "../../policy/pattern";

export const assumeActions = [
  "sts:AssumeRole",
  "sts:AssumeRoleWithSAML",
  "sts:AssumeRoleWithWebIdentity",
  "sts:AssumeRoot",
] as const;
export type AssumeAction = (typeof assumeActions)[number];

export interface TrustPrincipal {
  /** `AWS`, `Service`, `Federated` or `CanonicalUser`. */
  type: string;
  value: string;
}

/** One statement of a role's trust policy, in one shape however its author wrote it. */
export interface TrustStatement {
  effect: "Allow" | "Deny";
  principals: readonly TrustPrincipal[];
  /** The statement says NotPrincipal. */
  principalsExcluded: boolean;
  actions: PatternList;
  /** Which ways to assume a role the actions are or include. */
  reaches: readonly AssumeAction[];
  conditions: Conditions;
  /** Only Version 2012-10-17 has policy variables; in 2008-10-17, also the default, they are plain text. */
  variables: boolean;
}

/** Reads a trust policy as GetRole returns it; `null` when it is none. */
export function parseTrustPolicy(document: string): TrustStatement[] | null {
  const variables = versionOf(document) === "2012-10-17";
  return (
    readStatements(document)?.map((statement) => ({
      effect: statement.Effect === "Deny" ? "Deny" : "Allow",
      principals: principals(statement.NotPrincipal ?? statement.Principal),
      principalsExcluded: statement.NotPrincipal !== undefined,
      actions: patternList(statement.Action, statement.NotAction),
      reaches: reachedBy(patternList(statement.Action, statement.NotAction)),
      conditions: conditionBlock(statement.Condition),
      variables,
    })) ?? null
  );
}

function reachedBy({ patterns, excluded }: PatternList): AssumeAction[] {
  const matches = (action: string) =>
    patterns.some((pattern) => patternsOverlap(pattern.toLowerCase(), action.toLowerCase()));
  return assumeActions.filter((action) => matches(action) !== excluded);
}

function principals(value: unknown): TrustPrincipal[] {
  if (typeof value === "string") return [{ type: "AWS", value }];
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([type, values]) => strings(values).map((text) => ({ type, value: text })));
}
