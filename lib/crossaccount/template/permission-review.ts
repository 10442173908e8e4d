import type { CrossAccountConfig } from "../config/config";
import type { PermissionPhase, PermissionRisk, PolicyCondition } from "../grants/permission";
import type { PolicyStatement } from "../grants/policy-types";
import { selfReadReasons } from "../grants/self-read";
import { ongoingStatements, setupStatements } from "../grants/statements";
import { type StackFacts, textValues } from "../grants/values";
import { patternsOverlap } from "../policy/pattern";
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
  /** The sids of the config's Deny statements that take away some of it, everywhere or at times. */
  readonly limitedBy: readonly string[];
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
  const ongoing = ongoingStatements(config, values);
  const setup = setupStatements(config, values);
  const denies = [...ongoing, ...setup].filter(({ Effect }) => Effect === "Deny");
  return [...ongoing.map(reviewed("ongoing")), ...setup.map(reviewed("setup"))].map((permission) => ({
    ...permission,
    limitedBy: permission.effect === "Allow" ? denies.filter(limits(permission)).map(({ Sid }) => Sid) : [],
  }));
}

function limits({ actions, resources }: Pick<ReviewedPermission, "actions" | "resources">) {
  return (deny: PolicyStatement) =>
    deny.Action.some((pattern) =>
      actions.some((action) => patternsOverlap(pattern.toLowerCase(), action.toLowerCase())),
    ) && deny.Resource.some((pattern) => resources.some((resource) => patternsOverlap(pattern, resource)));
}

function review(
  phase: PermissionPhase,
  statement: PolicyStatement,
  why: string,
  risk: PermissionRisk,
): Omit<ReviewedPermission, "limitedBy"> {
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
