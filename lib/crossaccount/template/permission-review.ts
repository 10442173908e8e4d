import type { CrossAccountConfig } from "../config/config";
import { mayLimit } from "../config/limits";
import { boundaryOf } from "../grants/boundary";
import { grantParts } from "../grants/parts";
import type { Permission, PermissionPhase, PermissionRisk, PolicyCondition } from "../grants/permission";
import type { PolicyStatement } from "../grants/policy-types";
import { selfReadReasons } from "../grants/self-read";
import { partStatements } from "../grants/statements";
import { type StackFacts, type StackValues, textValues } from "../grants/values";
import { readOnlyPolicies } from "../policy/aws-policies";
import { consequences } from "./consequences";
import { statementSummary } from "./statement-summary";

/** One statement as a customer should read it before agreeing to it. */
export interface ReviewedPermission {
  readonly phase: PermissionPhase;
  /** Id of the feature that it comes with. */
  readonly feature?: string;
  readonly sid: string;
  readonly effect: "Allow" | "Deny";
  /** Patterns; `*` where the statement says what it leaves out, in `notActions`. */
  readonly actions: readonly string[];
  readonly notActions?: readonly string[];
  readonly resources: readonly string[];
  readonly notResources?: readonly string[];
  readonly condition?: PolicyCondition;
  readonly why: string;
  readonly risk: PermissionRisk;
  /** Why the author asks for it as broadly as it is. */
  readonly broad?: string;
  /** What it makes possible beyond what is listed, as the end of a sentence about the role, each; the gravest of a review. */
  readonly leadsTo: readonly string[];
  /** Why its author asks for that. */
  readonly escalates?: string;
  /** The sids of the config's Deny statements that take away some of it, everywhere or at times. */
  readonly limitedBy: readonly string[];
  /** Made from actions and resources, not by the author: what the statement allows in plain words. */
  readonly summary: string;
  /** The template's own: the role reads itself, so that it can be verified. */
  readonly upkeep: boolean;
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
  const values = reviewValues(stack);
  const parts = grantParts(config);
  const leadsTo = consequences(parts.flatMap(({ permissions }) => permissions));
  const declared = new Map(parts.flatMap(({ permissions }) => permissions.map((item) => [item.sid, item] as const)));
  const reviewed = parts.flatMap((part) =>
    partStatements(config, part, values).map((statement) => {
      const { why, risk, broad, escalates }: Partial<Permission> & Pick<Permission, "why" | "risk"> = declared.get(
        statement.Sid,
      ) ?? {
        why: selfReadReasons[statement.Sid] ?? "",
        risk: "low",
      };
      const { phase, feature } = part;
      return {
        ...review(phase, statement, why, risk),
        upkeep: !declared.has(statement.Sid),
        ...(feature !== undefined && { feature }),
        ...(broad !== undefined && { broad }),
        ...(escalates !== undefined && { escalates }),
        leadsTo: leadsTo.get(statement.Sid) ?? [],
      };
    }),
  );
  const denies = reviewed.filter(({ effect }) => effect === "Deny");
  return reviewed.map((permission) => ({
    ...permission,
    limitedBy:
      permission.effect === "Allow" ? denies.filter((deny) => mayLimit(deny, permission)).map(({ sid }) => sid) : [],
  }));
}

/** A policy by AWS as a customer should read of it: what is in it is AWS's to say, and to change. */
export interface ReviewedManagedPolicy {
  readonly phase: PermissionPhase;
  /** Id of the feature that it comes with. */
  readonly feature?: string;
  readonly arn: string;
  /** As the console lists it. */
  readonly name: string;
  readonly why: string;
  readonly risk: PermissionRisk;
  /** Known to be for reading alone, as AWS has it now. */
  readonly readOnly: boolean;
  /** What more it makes possible, in its author's words. */
  readonly escalates?: string;
}

/** Every policy by AWS that the template attaches. */
export function reviewManagedPolicies(
  config: CrossAccountConfig,
  { partition = "aws" }: ReviewedStack = {},
): readonly ReviewedManagedPolicy[] {
  return grantParts(config).flatMap(({ phase, feature, managedPolicies }) =>
    managedPolicies.map(({ arn, why, risk, escalates }) => {
      const name = arn.slice("arn:aws:iam::aws:policy/".length);
      return {
        phase,
        ...(feature !== undefined && { feature }),
        arn: arn.replace(/^arn:aws:/, `arn:${partition}:`),
        name: name.slice(name.lastIndexOf("/") + 1),
        why,
        risk,
        readOnly: readOnlyPolicies.has(name),
        ...(escalates !== undefined && { escalates }),
      };
    }),
  );
}

/** What the role can do at most, as a customer should read it. */
export type ReviewedBoundary =
  | { readonly statements: readonly ReviewedBoundaryStatement[] }
  | { readonly arn: string; readonly name: string };

type ReviewedBoundaryStatement = Pick<ReviewedPermission, "sid" | "effect" | "why" | "summary" | "json">;

/** The role's permissions boundary, if the config declares one. The customer's own takes its place, where the stack names one. */
export function reviewBoundary(config: CrossAccountConfig, stack: ReviewedStack = {}): ReviewedBoundary | undefined {
  const boundary = boundaryOf(config, reviewValues(stack));
  if (!boundary) return undefined;
  if ("arn" in boundary) return { arn: boundary.arn, name: boundary.arn.slice(boundary.arn.lastIndexOf("/") + 1) };
  const declared = typeof config.role.boundary === "object" ? config.role.boundary : [];
  const reasons = new Map(declared.map(({ sid, why }) => [sid, why] as const));
  return {
    statements: boundary.document.Statement.map((statement) => {
      const why = reasons.get(statement.Sid) ?? selfReadReasons[statement.Sid] ?? "";
      const { sid, effect, summary, json } = review("ongoing", statement, why, "low");
      return { sid, effect, why, summary, json };
    }),
  };
}

function reviewValues(stack: ReviewedStack): StackValues<string> {
  return textValues({
    partition: stack.partition ?? "aws",
    accountId: stack.accountId ?? "YOUR-ACCOUNT-ID",
    roleName: stack.roleName ?? "ROLE-NAME",
    setupExpiresAt: stack.setupExpiresAt ?? "SETUP-EXPIRES-AT",
  });
}

function review(
  phase: PermissionPhase,
  statement: PolicyStatement,
  why: string,
  risk: PermissionRisk,
): Omit<ReviewedPermission, "limitedBy" | "leadsTo" | "upkeep"> {
  return {
    phase,
    sid: statement.Sid,
    effect: statement.Effect,
    actions: statement.Action ?? ["*"],
    ...(statement.NotAction && { notActions: statement.NotAction }),
    resources: statement.Resource ?? ["*"],
    ...(statement.NotResource && { notResources: statement.NotResource }),
    condition: statement.Condition,
    why,
    risk,
    summary: statementSummary(statement),
    json: JSON.stringify(statement, null, 2),
  };
}
