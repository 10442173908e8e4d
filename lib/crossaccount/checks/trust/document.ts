import {
  type Conditions,
  conditionBlock,
  isRecord,
  type PatternList,
  patternList,
  readStatements,
  strings,
} from "../../policy/document";

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
  conditions: Conditions;
}

/** Reads a trust policy as GetRole returns it; `null` when it is none. */
export function parseTrustPolicy(document: string): TrustStatement[] | null {
  return (
    readStatements(document)?.map((statement) => ({
      effect: statement.Effect === "Deny" ? "Deny" : "Allow",
      principals: principals(statement.NotPrincipal ?? statement.Principal),
      principalsExcluded: statement.NotPrincipal !== undefined,
      actions: patternList(statement.Action, statement.NotAction),
      conditions: conditionBlock(statement.Condition),
    })) ?? null
  );
}

function principals(value: unknown): TrustPrincipal[] {
  if (typeof value === "string") return [{ type: "AWS", value }];
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([type, values]) => strings(values).map((text) => ({ type, value: text })));
}
