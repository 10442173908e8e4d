import { describe, expect, test } from "vitest";
import type { Principal } from "../service";
import { administrator, anonymous } from "../service/principals";
import { parsePolicy } from "./document";
import { type Decision, evaluate, type PolicyKind } from "./evaluate";
import { RequestKeys } from "./request-keys";

const account = "123456789012";
const other = "111122223333";
const action = "iam:GetRole";
const resource = `arn:aws:iam::${account}:role/app/Web`;
const roleArn = `arn:aws:iam::${account}:role/agent`;
const sessionArn = `arn:aws:sts::${account}:assumed-role/agent/job`;
const root = `arn:aws:iam::${account}:root`;

const session: Principal = {
  kind: "assumed-role",
  accountId: account,
  partition: "aws",
  arn: sessionArn,
  principalArn: roleArn,
  userId: "AROAEXAMPLE:job",
  roleName: "agent",
  roleId: "AROAEXAMPLE",
  name: "job",
};
const user = administrator(account, "aws");

type Statement = Record<string, unknown>;
const policy = (...statements: Statement[]) =>
  parsePolicy(JSON.stringify({ Version: "2012-10-17", Statement: statements }));
const allow = (more: Statement = {}): Statement => ({ Effect: "Allow", Action: action, Resource: "*", ...more });
const deny = (more: Statement = {}): Statement => ({ ...allow(more), Effect: "Deny" });

interface Case {
  identity?: Statement[];
  boundary?: Statement[];
  session?: Statement[][];
  resource?: Statement[];
  required?: boolean;
  caller?: Principal;
  owner?: string;
  principalIds?: Record<string, string>;
}

function decide(given: Case): Decision {
  return evaluate(
    {
      identity: (given.identity ?? []).map((statement) => policy(statement)),
      ...(given.boundary ? { boundary: policy(...given.boundary) } : {}),
      ...(given.session ? { session: given.session.map((statements) => policy(...statements)) } : {}),
      ...(given.resource ? { resource: policy(...given.resource) } : {}),
      ...(given.required ? { resourceRequired: true } : {}),
      ...(given.principalIds ? { principalIds: given.principalIds } : {}),
    },
    {
      caller: given.caller ?? session,
      action,
      resource,
      resourceAccountId: given.owner ?? account,
      keys: new RequestKeys({ "aws:username": "app" }),
    },
  );
}

/** `allowed`, or who refused: `identity` implicitly, `deny identity` explicitly. */
function outcome(given: Case): string {
  const decision = decide(given);
  return decision.allowed ? "allowed" : `${decision.explicit ? "deny " : ""}${decision.by}`;
}

type Outcome = "allowed" | PolicyKind | `deny ${PolicyKind}`;

describe("actions and resources", () => {
  test.each<[string, Statement[], Outcome]>([
    ["nothing", [], "identity"],
    ["the action", [allow()], "allowed"],
    ["the action in another case", [allow({ Action: "IAM:getrole" })], "allowed"],
    ["a wildcard", [allow({ Action: "iam:Get*" })], "allowed"],
    ["one character", [allow({ Action: "iam:GetRol?" })], "allowed"],
    ["everything", [allow({ Action: "*" })], "allowed"],
    ["another action", [allow({ Action: ["iam:GetRolePolicy", "s3:*"] })], "identity"],
    ["NotAction that leaves it", [allow({ NotAction: "s3:*", Action: undefined })], "allowed"],
    ["NotAction that names it", [allow({ NotAction: ["iam:*"], Action: undefined })], "identity"],
    ["the resource", [allow({ Resource: resource })], "allowed"],
    ["the resource in another case", [allow({ Resource: resource.toLowerCase() })], "identity"],
    ["a resource wildcard", [allow({ Resource: `arn:aws:iam::*:role/app/*` })], "allowed"],
    ["another path", [allow({ Resource: `arn:aws:iam::${account}:role/web/*` })], "identity"],
    ["a resource variable", [allow({ Resource: `arn:aws:iam::${account}:role/\${aws:username}/*` })], "allowed"],
    ["a variable without value", [allow({ Resource: `arn:aws:iam::\${aws:PrincipalTag/x}:role/*` })], "identity"],
    ["NotResource that leaves it", [allow({ NotResource: "arn:aws:s3:::*", Resource: undefined })], "allowed"],
    ["NotResource that names it", [allow({ NotResource: resource, Resource: undefined })], "identity"],
    ["a condition that fails", [allow({ Condition: { StringEquals: { "aws:username": "x" } } })], "identity"],
    ["a deny beside an allow", [allow(), deny()], "deny identity"],
    ["a deny of something else", [allow(), deny({ Action: "iam:DeleteRole" })], "allowed"],
    ["a deny by NotAction", [allow(), deny({ NotAction: "iam:ListRoles", Action: undefined })], "deny identity"],
    ["a deny whose condition fails", [allow(), deny({ Condition: { Null: { "aws:username": true } } })], "allowed"],
  ])("identity policy with %s", (_, identity, expected) => {
    expect(outcome({ identity })).toBe(expected);
  });
});

describe("boundaries and session policies only narrow", () => {
  test.each<[string, Case, Outcome]>([
    ["boundary allows too", { identity: [allow()], boundary: [allow()] }, "allowed"],
    ["boundary does not", { identity: [allow()], boundary: [allow({ Action: "s3:*" })] }, "boundary"],
    ["boundary alone", { boundary: [allow()] }, "identity"],
    ["boundary denies", { identity: [allow()], boundary: [allow(), deny()] }, "deny boundary"],
    ["session policy allows too", { identity: [allow()], session: [[allow()]] }, "allowed"],
    [
      "one of two session policies allows",
      { identity: [allow()], session: [[allow({ Action: "s3:*" })], [allow()]] },
      "allowed",
    ],
    ["session policy does not", { identity: [allow()], session: [[allow({ Action: "s3:*" })]] }, "session"],
    ["session policy alone", { session: [[allow()]] }, "identity"],
    ["session policy denies", { identity: [allow()], session: [[allow()], [deny()]] }, "deny session"],
  ])("%s", (_, given, expected) => {
    expect(outcome(given)).toBe(expected);
  });
});

const to = (Principal: unknown, more: Statement = {}): Statement => allow({ Principal, ...more });

describe("principals of a resource policy that alone decides", () => {
  test.each<[string, Statement, Outcome]>([
    ["role", to({ AWS: roleArn }), "allowed"],
    ["role session", to({ AWS: sessionArn }), "allowed"],
    ["everyone", to("*"), "allowed"],
    ["AWS everyone", to({ AWS: "*" }), "allowed"],
    ["a list with the role", to({ AWS: ["arn:aws:iam::123456789012:role/x", roleArn] }), "allowed"],
    ["account root, without identity policy", to({ AWS: root }), "identity"],
    ["account ID, without identity policy", to({ AWS: account }), "identity"],
    ["another account", to({ AWS: other }), "resource"],
    ["root of another partition", to({ AWS: root.replace(":aws:", ":aws-cn:") }), "resource"],
    ["another role", to({ AWS: `${roleArn}2` }), "resource"],
    ["another session", to({ AWS: `${sessionArn}2` }), "resource"],
    ["a service", to({ Service: "ec2.amazonaws.com" }), "resource"],
    ["nobody, but NotPrincipal another", { ...allow(), NotPrincipal: { AWS: other } }, "allowed"],
    ["NotPrincipal the role", { ...allow(), NotPrincipal: { AWS: roleArn } }, "resource"],
    ["NotPrincipal the account", { ...allow(), NotPrincipal: { AWS: root } }, "resource"],
    ["without Principal", allow(), "resource"],
  ])("%s", (_, statement, expected) => {
    expect(outcome({ resource: [statement], required: true })).toBe(expected);
  });

  test("identity policies alone never suffice", () => {
    expect(outcome({ identity: [allow()], required: true })).toBe("resource");
    expect(outcome({ identity: [allow()], resource: [to({ AWS: root })], required: true })).toBe("allowed");
  });

  test("an ARN stored for a role that was made anew since is another's", () => {
    const resource = [to({ AWS: roleArn })];
    expect(outcome({ resource, principalIds: { [roleArn]: "AROAEXAMPLE" } })).toBe("allowed");
    expect(outcome({ resource, principalIds: { [roleArn]: "AROABEFORE" } })).toBe("identity");
  });
});

describe("resource policies beside identity policies", () => {
  const grantee = to({ AWS: roleArn });
  test.each<[string, Case, Outcome]>([
    ["same account, identity only", { identity: [allow()], resource: [to({ AWS: other })] }, "allowed"],
    ["same account, resource only", { resource: [grantee] }, "allowed"],
    [
      "same account, denied by the resource",
      { identity: [allow()], resource: [deny({ Principal: "*" })] },
      "deny resource",
    ],
    [
      "a grant to the role is capped by a session policy",
      { resource: [grantee], session: [[allow({ Action: "s3:*" })]] },
      "session",
    ],
    [
      "a grant to the session is not",
      { resource: [to({ AWS: sessionArn })], session: [[allow({ Action: "s3:*" })]] },
      "allowed",
    ],
    [
      "a grant to the role is capped by a boundary",
      { resource: [grantee], boundary: [allow({ Action: "s3:*" })] },
      "boundary",
    ],
    ["another account, both sides", { identity: [allow()], resource: [grantee], owner: other }, "allowed"],
    ["another account, by account", { identity: [allow()], resource: [to({ AWS: account })], owner: other }, "allowed"],
    ["another account, identity only", { identity: [allow()], owner: other }, "resource"],
    ["another account, resource only", { resource: [grantee], owner: other }, "identity"],
    [
      "another account, session grant, capped",
      { identity: [allow()], resource: [to({ AWS: sessionArn })], session: [[deny()]], owner: other },
      "deny session",
    ],
    ["everyone, anonymously", { resource: [to("*")], caller: anonymous, owner: other }, "allowed"],
    ["account, anonymously", { resource: [to({ AWS: account })], caller: anonymous }, "resource"],
    ["nothing, anonymously", { caller: anonymous }, "resource"],
    [
      "deny to everyone but the caller, all listed",
      { identity: [allow()], resource: [{ ...deny(), NotPrincipal: { AWS: [root, roleArn, sessionArn] } }] },
      "allowed",
    ],
    [
      "deny to everyone but the caller, session not listed",
      { identity: [allow()], resource: [{ ...deny(), NotPrincipal: { AWS: [root, roleArn] } }] },
      "deny resource",
    ],
    [
      "deny to everyone but a user and its account",
      { identity: [allow()], resource: [{ ...deny(), NotPrincipal: { AWS: [root, user.arn] } }], caller: user },
      "allowed",
    ],
  ])("%s", (_, given, expected) => {
    expect(outcome(given)).toBe(expected);
  });
});
