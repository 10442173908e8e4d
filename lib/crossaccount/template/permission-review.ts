import type { CrossAccountConfig } from "../config/config";
import type { PermissionPhase, PermissionRisk, PolicyCondition } from "../grants/permission";
import type { PolicyStatement } from "../grants/policy-types";
import { selfReadReasons } from "../grants/self-read";
import { ongoingStatements, setupStatements } from "../grants/statements";
import { type StackFacts, textValues } from "../grants/values";
import { statementSummary } from "./statement-summary";

/** One statement as a customer should read it before agreeing to it. */
export interface ReviewedPermission {
  readonly phase: PermissionPhase;
  readonly sid: string;
  readonly effect: "Allow" | "Deny";
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition?: PolicyCondition;
  readonly why: string;
  readonly risk: PermissionRisk;
  /** Why the author asks for it as broadly as it is. */
  readonly broad?: string;
  /** Made from actions and resources, not by the author: what the statement allows in plain words. */
  readonly summary: string;
  /** The statement itself, indented JSON. */
  readonly json: string;
}

/** What is known of the stack; what is not yet known is shown as a placeholder. */
export type ReviewedStack = Partial<Pick<StackFacts, "partition" | "accountId" | "roleName" | "setupExpiresAt">>;

/** Every statement of the template, from the builders that make the template, so that review and template agree. */
export function reviewPermissions(
  config: CrossAccountConfig,
  stack: ReviewedStack = {},
): readonly ReviewedPermission[] {
  const values = textValues({
    partition: stack.partition ?? "aws",
    accountId: stack.accountId ?? "YOUR-ACCOUNT-ID",
    roleName: stack.roleName ?? "ROLE-NAME",
    setupExpiresAt: stack.setupExpiresAt ?? "SETUP-EXPIRES-AT",
  });
  const declared = new Map([...config.ongoingPermissions, ...config.setupPermissions].map((item) => [item.sid, item]));
  const reviewed = (phase: PermissionPhase) => (statement: PolicyStatement) => {
    const { why, risk, broad } = declared.get(statement.Sid) ?? {
      why: selfReadReasons[statement.Sid] ?? "",
      risk: "low",
    };
    return { ...review(phase, statement, why, risk), ...(broad !== undefined && { broad }) };
  };
  return [
    ...ongoingStatements(config, values).map(reviewed("ongoing")),
    ...setupStatements(config, values).map(reviewed("setup")),
  ];
}

function review(
  phase: PermissionPhase,
  statement: PolicyStatement,
  why: string,
  risk: PermissionRisk,
): ReviewedPermission {
  return {
    phase,
    sid: statement.Sid,
    effect: statement.Effect,
    actions: statement.Action,
    resources: statement.Resource,
    condition: statement.Condition,
    why,
    risk,
    summary: statementSummary(statement),
    json: JSON.stringify(statement, null, 2),
  };
}
