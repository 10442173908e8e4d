import fc from "fast-check";
import { accountId, vendor } from "../run-verification";

/** Who and what the generated trust policies are about. */
export const parties = {
  ours: `acme-${"0f".repeat(16)}`,
  others: `acme-${"1e".repeat(16)}`,
  listed: `acme-${"3c".repeat(16)}`,
  stranger: "999988887777",
  vendorsOrganization: "o-vendor1234567",
  strangersOrganization: "o-stranger12345",
  vendorUser: `arn:aws:iam::${vendor}:user/administrator`,
  vendorRole: `arn:aws:iam::${vendor}:role/worker`,
  github: `arn:aws:iam::${accountId}:oidc-provider/token.actions.githubusercontent.com`,
  pool: "us-east-1:11111111-2222-3333-4444-555555555555",
} as const;

const { ours, others, listed, stranger, vendorUser, vendorRole, github, pool } = parties;
const session = `arn:aws:sts::${vendor}:assumed-role/worker/audit`;
const strangersUser = `arn:aws:iam::${stranger}:user/administrator`;

/** Each way in which a statement may say who; the name is what is counted. */
export const principalShapes: Readonly<Record<string, object>> = {
  "*": { Principal: "*" },
  "AWS *": { Principal: { AWS: "*" } },
  "account ID": { Principal: { AWS: vendor } },
  root: { Principal: { AWS: `arn:aws:iam::${vendor}:root` } },
  user: { Principal: { AWS: vendorUser } },
  role: { Principal: { AWS: vendorRole } },
  session: { Principal: { AWS: session } },
  "another account": { Principal: { AWS: stranger } },
  "another account's user": { Principal: { AWS: strangersUser } },
  "the vendor and another": { Principal: { AWS: [vendor, `arn:aws:iam::${stranger}:root`] } },
  "own account": { Principal: { AWS: `arn:aws:iam::${accountId}:root` } },
  service: { Principal: { Service: "lambda.amazonaws.com" } },
  GitHub: { Principal: { Federated: github } },
  Google: { Principal: { Federated: "accounts.google.com" } },
  Cognito: { Principal: { Federated: "cognito-identity.amazonaws.com" } },
  "own provider": { Principal: { Federated: `arn:aws:iam::${accountId}:oidc-provider/id.acme.example` } },
  "not another": { NotPrincipal: { AWS: [`arn:aws:iam::${stranger}:root`, strangersUser] } },
  "not the vendor": { NotPrincipal: { AWS: [`arn:aws:iam::${vendor}:root`, vendorUser] } },
};

type Test = readonly [key: string, value: string | readonly string[]];

const ids: readonly Test[] = [
  ours,
  ours,
  ours,
  [ours, listed],
  [ours, others],
  [others.toUpperCase(), ours],
  "*",
  "acme-*",
  `${ours.slice(0, 20)}*`,
  "?*",
  `\${sts:ExternalId}`,
].map((value) => ["sts:ExternalId", value]);
const texts: readonly Test[] = [
  ...ids,
  ...ids,
  ["aws:PrincipalAccount", vendor],
  ["aws:PrincipalAccount", [vendor, stranger]],
  ["aws:PrincipalAccount", `\${aws:PrincipalAccount}`],
  ["aws:PrincipalAccount", `\${aws:PrincipalTag/account}`],
  ["aws:PrincipalOrgID", parties.vendorsOrganization],
  ["aws:PrincipalOrgID", [parties.vendorsOrganization, parties.strangersOrganization]],
  ["aws:PrincipalOrgID", "o-*"],
  ["aws:PrincipalTag/team", "acme"],
  ["aws:PrincipalTag/team", "a*"],
  ["aws:PrincipalTag/team", "*e"],
  ["sts:RoleSessionName", "audit"],
  ["sts:RoleSessionName", ["a*", "deploy"]],
  ...[
    "repo:acme/*",
    "repo:acme/app:ref:refs/heads/main",
    "repo:acme*",
    "repo:*/app:*",
    "*:ref:refs/heads/main",
    // No owner whom an intruder of the tests is one of: who is named is meant.
    ["repo:acme/*", "repo:acme-labs/*"],
  ].map((value): Test => ["token.actions.githubusercontent.com:sub", value]),
  ["token.actions.githubusercontent.com:ref", "refs/heads/main"],
  ["token.actions.githubusercontent.com:repository_owner_id", "4711"],
  ["token.actions.githubusercontent.com:aud", "sts.amazonaws.com"],
  ["accounts.google.com:sub", "110000000000000000001"],
  ["accounts.google.com:aud", "client.apps.example"],
  ["cognito-identity.amazonaws.com:aud", pool],
  ["cognito-identity.amazonaws.com:amr", "authenticated"],
  ["id.acme.example:sub", "deploy"],
];
const arns: readonly Test[] = [
  vendorUser,
  vendorRole,
  [vendorUser, strangersUser],
  `arn:aws:iam::${vendor}:*`,
  `arn:aws:iam::*:user/*`,
  `arn:aws:iam::????????????:user/*`,
  `arn:aws:iam::99998888*:*`,
  `arn:aws:iam::1234567890??:*`,
  "*",
].map((value) => ["aws:PrincipalArn", value]);
const numbers: readonly Test[] = [
  ["aws:MultiFactorAuthAge", "300"],
  ["aws:EpochTime", "1500000000"],
  ["aws:EpochTime", "4100000000"],
];
const dates: readonly Test[] = ["2020-01-01T00:00:00Z", "2099-01-01", "2099-12-31T23:59:59+02:00"].flatMap(
  (value): Test[] => [
    ["aws:CurrentTime", value],
    ["aws:TokenIssueTime", value],
  ],
);
const truths: readonly Test[] = [
  "aws:SecureTransport",
  "aws:MultiFactorAuthPresent",
  "aws:PrincipalIsAWSService",
].flatMap((key): Test[] => [
  [key, "true"],
  [key, "false"],
]);
const addresses: readonly Test[] = ["203.0.113.0/24", ["192.0.2.0/24", "2001:db8::/32"]].map((value) => [
  "aws:SourceIp",
  value,
]);
const presence: readonly Test[] = [...texts, ...arns, ...numbers, ...truths, ...addresses].flatMap(([key]): Test[] => [
  [key, "true"],
  [key, "false"],
]);

const ofEach = (names: readonly string[], tests: readonly Test[]) => names.map((name) => [name, tests] as const);
const ordered = ["Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals"];

/** Every operator of IAM, with what it is tried on. */
export const operators: ReadonlyMap<string, readonly Test[]> = new Map([
  ...ofEach(
    ["Equals", "NotEquals", "Like", "NotLike", "EqualsIgnoreCase", "NotEqualsIgnoreCase"].map(
      (name) => `String${name}`,
    ),
    texts,
  ),
  ...ofEach(["ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike"], arns),
  ...ofEach(
    ordered.map((name) => `Numeric${name}`),
    numbers,
  ),
  ...ofEach(
    ordered.map((name) => `Date${name}`),
    dates,
  ),
  ...ofEach(["Bool"], truths),
  ...ofEach(["IpAddress", "NotIpAddress"], addresses),
  ...ofEach(["Null"], presence),
  ...ofEach(["BinaryEquals"], [["aws:PrincipalTag/team", "YWNtZQ=="]]),
]);

const comparison = fc
  .record({
    operator: fc.constantFrom(...operators.keys()),
    set: fc.constantFrom("", "", "", "", "ForAnyValue:", "ForAllValues:"),
    ifExists: fc.constantFrom("", "", "", "IfExists"),
    pick: fc.nat(),
  })
  .map(({ operator, set, ifExists, pick }) => {
    const tests = operators.get(operator) ?? [];
    const [key, value] = tests[pick % tests.length] ?? ["", ""];
    const name = operator === "Null" ? operator : `${set}${operator}${ifExists}`;
    return [name, key, value] as const;
  });

type Comparison = readonly [operator: string, key: string, value: string | readonly string[]];
const exact: Comparison = ["StringEquals", "sts:ExternalId", ours];
const unlisted: Comparison = ["StringNotEquals", "sts:ExternalId", ours];
const outsiders: Comparison = ["StringNotEquals", "aws:PrincipalAccount", vendor];

function block(found: readonly Comparison[]) {
  const condition: Record<string, Record<string, string | readonly string[]>> = {};
  for (const [operator, key, value] of found) condition[operator] = { ...condition[operator], [key]: value };
  return found.length > 0 ? { Condition: condition } : {};
}

const shape = fc.constantFrom(...Object.values(principalShapes));
const action = fc.constantFrom<object>(
  ...["sts:AssumeRole", "sts:*", "*", "sts:Assume*", "sts:AssumeRoleWithWebIdentity", "sts:TagSession"].map(
    (Action) => ({
      Action,
    }),
  ),
  { Action: ["sts:AssumeRole", "sts:AssumeRoleWithWebIdentity"] },
  { NotAction: "sts:TagSession" },
  { NotAction: ["sts:AssumeRole"] },
);
const several = fc.array(comparison, { maxLength: 3, size: "max" });
const allow = fc
  .record({ shape, action, exactly: fc.boolean(), more: several })
  .map(({ shape, action, exactly, more }) => ({
    Effect: "Allow",
    ...shape,
    ...action,
    ...block(exactly ? [exact, ...more] : more),
  }));
const deny = fc
  .record({ shape, action, usual: fc.constantFrom([unlisted], [outsiders], []), more: several })
  .map(({ shape, action, usual, more }) => ({ Effect: "Deny", ...shape, ...action, ...block([...usual, ...more]) }));
/** By which the vendor is let in, as it was before a trust policy is read. */
const vendors = fc
  .record({
    Principal: fc.constantFrom({ AWS: vendor }, { AWS: vendorUser }, "*"),
    exactly: fc.constantFrom(true, true, true, false),
    more: fc.array(comparison, { maxLength: 1 }),
  })
  .map(({ Principal, exactly, more }) => ({
    Effect: "Allow",
    Principal,
    Action: "sts:AssumeRole",
    ...block(exactly ? [exact, ...more] : more),
  }));

/** Trust policies as people write them and as nobody would, most of which let the vendor in. */
export const trustPolicy = fc
  .record({
    Version: fc.constantFrom("2012-10-17", "2012-10-17", "2012-10-17", "2008-10-17"),
    first: fc.oneof({ weight: 5, arbitrary: vendors }, { weight: 1, arbitrary: allow }),
    more: fc.array(fc.oneof(allow, deny, deny), { minLength: 1, maxLength: 2, size: "max" }),
  })
  .map(({ Version, first, more }) => ({ Version, Statement: [first, ...more] }));

export type GeneratedPolicy = typeof trustPolicy extends fc.Arbitrary<infer Policy> ? Policy : never;
