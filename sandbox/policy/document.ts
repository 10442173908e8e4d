import { AwsError } from "../service";
import { type ConditionTest, parseCondition } from "./condition";
import { hasDuplicateKeys } from "./duplicate-keys";

export interface Matcher {
  /** True for NotAction, NotResource and NotPrincipal. */
  negated: boolean;
  patterns: string[];
}

export interface PrincipalMatcher {
  negated: boolean;
  /** By type (`AWS`, `Service`, ...); `"Principal": "*"` is `{ AWS: ["*"] }`. */
  principals: Record<string, string[]>;
}

export interface Statement {
  sid?: string;
  effect: "Allow" | "Deny";
  actions?: Matcher;
  resources?: Matcher;
  principals?: PrincipalMatcher;
  conditions: ConditionTest[];
}

export interface PolicyDocument {
  /** Policy variables exist only in `2012-10-17`; in `2008-10-17`, also the default, they are plain text. */
  version: "2012-10-17" | "2008-10-17";
  versionStated: boolean;
  statements: Statement[];
}

const principalTypes = ["AWS", "Service", "Federated", "CanonicalUser"];
const documentElements = ["Version", "Id", "Statement"];
const statementElements = [
  "Sid",
  "Effect",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Principal",
  "NotPrincipal",
  "Condition",
];

export function malformed(message: string): AwsError {
  return new AwsError("MalformedPolicyDocument", message);
}

const syntaxError = () => malformed("Syntax errors in policy.");

/** Reads a policy by IAM's grammar; everything outside that grammar is an error, never ignored. */
export function parsePolicy(text: string): PolicyDocument {
  const document = parseJson(text);
  requireElements(document, documentElements);
  const { Id: id = "", Version: version = "2008-10-17", Statement: statement } = document;
  if (typeof id !== "string") throw syntaxError();
  if (version !== "2012-10-17" && version !== "2008-10-17") {
    throw malformed("The policy must contain a valid version string");
  }
  const statements = Array.isArray(statement) ? statement : [statement];
  if (statements.length === 0) throw syntaxError();
  return {
    version,
    versionStated: document.Version !== undefined,
    statements: statements.map((item) => parseStatement(item, version === "2012-10-17")),
  };
}

function parseJson(text: string): Record<string, unknown> {
  const value = parsed(text);
  if (hasDuplicateKeys(text)) throw syntaxError();
  return structure(value);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformed("This policy contains invalid Json");
  }
}

function structure(value: unknown): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw syntaxError();
  return value as Record<string, unknown>;
}

function requireElements(value: Record<string, unknown>, allowed: string[]): void {
  if (Object.keys(value).some((name) => !allowed.includes(name))) throw syntaxError();
}

function parseStatement(value: unknown, variables: boolean): Statement {
  const statement = structure(value);
  requireElements(statement, statementElements);
  const { Sid: sid, Effect: effect, Condition: condition } = statement;
  if (effect === undefined) throw malformed("Missing required field Effect");
  if (effect !== "Allow" && effect !== "Deny") throw malformed(`Invalid effect: ${String(effect)}`);
  if (sid !== undefined && typeof sid !== "string") throw syntaxError();
  const actions = matcher(statement, "Action");
  const resources = matcher(statement, "Resource");
  const principals = principalMatcher(statement);
  return {
    effect,
    conditions: condition === undefined ? [] : parseCondition(structure(condition), variables),
    ...(sid === undefined ? {} : { sid }),
    ...(actions ? { actions } : {}),
    ...(resources ? { resources } : {}),
    ...(principals ? { principals } : {}),
  };
}

function matcher(statement: Record<string, unknown>, element: "Action" | "Resource"): Matcher | undefined {
  const { [element]: positive, [`Not${element}`]: negative } = statement;
  if (positive !== undefined && negative !== undefined) throw syntaxError();
  if (positive === undefined && negative === undefined) return undefined;
  return { negated: positive === undefined, patterns: strings(positive ?? negative) };
}

function principalMatcher(statement: Record<string, unknown>): PrincipalMatcher | undefined {
  const { Principal: positive, NotPrincipal: negative } = statement;
  if (positive !== undefined && negative !== undefined) throw syntaxError();
  const value = positive ?? negative;
  if (value === undefined) return undefined;
  if (value === "*") return { negated: positive === undefined, principals: { AWS: ["*"] } };
  if (typeof value === "string") throw malformed(`Invalid principal in policy: "${value}"`);
  const byType = structure(value);
  const unknown = Object.keys(byType).find((type) => !principalTypes.includes(type));
  if (unknown !== undefined) throw malformed(`Invalid principal in policy: "${unknown}"`);
  if (Object.keys(byType).length === 0) throw malformed("Missing required field Principal cannot be empty!");
  return {
    negated: positive === undefined,
    principals: Object.fromEntries(Object.entries(byType).map(([type, names]) => [type, strings(names)])),
  };
}

function strings(value: unknown): string[] {
  const items: unknown[] = Array.isArray(value) ? value : [value];
  if (!items.every((item) => typeof item === "string")) throw syntaxError();
  return items;
}
