import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createSandbox, type RunningSandbox } from "@/sandbox/server";
import { type CrossAccountConfig, parseConfig } from "../config/config";
import { CrossAccountError } from "../errors";
import { launchStack } from "../testing/launch-stack";
import { seeds } from "../testing/seeds";

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await createSandbox();
});
afterAll(() => sandbox.close());

const mostly = <T>(usual: fc.Arbitrary<T>, wrong: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 40, arbitrary: usual }, { weight: 1, arbitrary: wrong });
const oneOf = (...texts: string[]) => fc.constantFrom(...texts);
const junk = fc.string({
  unit: fc.constantFrom(...`aZ09:*?\${}/.-_+=@, '"\\%<>é\u00ff\u2028\t\n`),
  maxLength: 12,
});

const bases = [
  ...["StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", "StringLike"],
  ...["StringNotLike", "NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericLessThanEquals"],
  ...["NumericGreaterThan", "NumericGreaterThanEquals", "DateEquals", "DateNotEquals", "DateLessThan"],
  ...["DateLessThanEquals", "DateGreaterThan", "DateGreaterThanEquals", "Bool", "BinaryEquals", "IpAddress"],
  ...["NotIpAddress", "ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike", "Null"],
];
const operator = fc
  .tuple(
    mostly(oneOf("", "", "", "ForAllValues:", "ForAnyValue:"), oneOf("ForAnyValues:", "ForAllValue:", "forAnyValue:")),
    mostly(oneOf(...bases), oneOf("StringMatches", "stringEquals", "NotBool", "BinaryNotEquals", "NotNull", "")),
    mostly(oneOf("", "", "IfExists"), oneOf("ifExists", "IfExist", "IfExistsIfExists")),
  )
  .map((parts) => parts.join(""));
const key = mostly(
  oneOf("aws:RequestTag/team", "aws:ResourceTag/a b", "aws:PrincipalTag/x", "s3:prefix", "ec2:InstanceType"),
  fc.oneof(
    oneOf("aws:SourceIp", "aws:CurrentTime", "aws:SecureTransport", "aws:TagKeys", "aws:PrincipalArn", "s3:max-keys"),
    oneOf("aws:RequestTag", "prefix", "aws:", "oidc.eks.eu-west-1.amazonaws.com/id/A1:sub", `aws:RequestTag/\${k}`),
    junk,
  ),
);

const values: [RegExp, string[]][] = [
  [/^(For\w+:)?Numeric/, ["10", "-1", "10.5", "1e3", " 10", "0x10", "ten", "NaN", "+5", ".5", "1e", ""]],
  [
    /^(For\w+:)?Date/,
    [
      ...["2026-01-01T00:00:00Z", "2026-01-31", "2026-01", "1767225600", "2026-01-01T00:00:00.123+09:00", "2026"],
      ...["2026-02-30", "2026-13-45", "2026-01-01T24:00:00Z", "2026-01-01T00:00:60Z", "2026-01-01T00:00:00+99:00"],
      ...["tomorrow", "2026/01/01", `\${aws:CurrentTime}`, "2026-01-01T00:00:00", "99999999999999999999", "2026-1-1"],
    ],
  ],
  [/^(For\w+:)?(Bool|Null)/, ["true", "false", "true", "false", "yes", "TRUE", "", `\${aws:SecureTransport}`]],
  [
    /^(For\w+:)?(Not)?IpAddress/,
    [
      ...["203.0.113.0/24", "203.0.113.5", "0.0.0.0/0", "2001:db8::/32", "::/0", "::1", "203.0.113.999/24", "1.2.3"],
      ...["10.0.0.0/33", "10.0.0.0/", "::/129", "fe80::1%eth0", "example.com", "10.0.0.0/8 ", "::ffff:1.2.3.4", "*"],
    ],
  ],
  [
    /^(For\w+:)?Arn/,
    [
      ...["*", "arn:aws:iam::111122223333:role/x", "arn:aws:*:*:*:*", "arn:*:s3:::b", "arn:aws:sns:*:1111*:t-?"],
      ...["arn:aws:s3:b", "nope", `\${aws:PrincipalArn}`, "arn:*", "arn:", `arn:aws:s3:::\${aws:username}`, "arn:aws"],
      ...[`arn:aws:iam::\${aws:PrincipalAccount}:role/x`, "arn:aws-cn:s3:::b", "arn:aws:s3:::", "arn::s3:::b"],
    ],
  ],
  [/^(For\w+:)?Binary/, ["YWJj", "YWJjZA==", "+/+=", "AAAA", "YWJj==", "abc", "!!!", ""]],
  [/^/, ["x", "", "*", `\${aws:username}/x`, `\${aws:PrincipalTag/a, 'b'}`, `\${`, `\${x}`, `\${*}`, "arn:aws:s3:::b"]],
];
const comparison = fc.tuple(operator, key).chain(([name, keyName]) => {
  const [, fitting = []] = values.find(([pattern]) => pattern.test(name)) ?? [];
  const value: fc.Arbitrary<unknown> = fc.oneof(
    { weight: 30, arbitrary: oneOf(...fitting.slice(0, 4)) },
    { weight: 3, arbitrary: oneOf(...fitting) },
    { weight: 1, arbitrary: fc.oneof(junk, fc.boolean(), fc.double(), fc.constantFrom(null, {}, [[]])) },
  );
  return fc.tuple(
    fc.constant(name),
    fc.constant(keyName),
    fc.oneof(value, fc.array(value, { minLength: 1, maxLength: 3 })),
  );
});
const condition = fc.array(comparison, { maxLength: 2 }).map((comparisons) => {
  const block: Record<string, Record<string, unknown>> = {};
  for (const [name, keyName, value] of comparisons) block[name] = { ...block[name], [keyName]: value };
  return block;
});

const resource = mostly(
  oneOf(
    ...["*", "arn:aws:s3:::b", "arn:aws:s3:::b/k*", "arn:aws:ec2:*:*:instance/*", "arn:aws:sqs:eu-west-1:*:q?"],
    ...["arn:aws:s3:*:*:accesspoint/*", "arn:aws:iam::*:user/x", "arn:aws:ec2:us-east-1::image/ami-1"],
    ...["arn:aws:logs:*:111122223333:log-group:/x:*", `arn:aws:s3:::home/\${aws:userid}/*`],
  ),
  fc.oneof(
    oneOf(
      ...["b", "", "arn:", "arn:aws", "arn:aws:s3", "arn:aws:s3::b", "arn:aws:s3:b", "arn:aws:s3:::", "aws:s3:::b"],
      ...["arn:aws:*:*:*:*", "arn:aws:s?:::b", "arn:aws::::b", "arn:aws:S3:::b", "arn:aws:s3:us-east-1::b", "**"],
      ...["arn:aws:s3::111122223333:b", "arn:aws:iam:us-east-1:111122223333:role/r", "arn:aws:iam::1:role/r"],
      ...["arn:aws:iam:::x", "arn:aws:route53:us-east-1::hostedzone/z", "arn:aws2:s3:::b", "arn:aws-cn:s3:::b"],
      ...[
        `arn:\${P}:s3:::b`,
        `arn:aws:sqs:\${aws:RequestedRegion}:*:q`,
        `arn:aws:iam::\${aws:PrincipalAccount}:role/r`,
      ],
      ...["arn:aws:iam::<ACCOUNT_ID>:user/x", "arn:aws:s3:us-east-1::b/k", "arn:aws:iam::*:*", "arn:*:s3:::b"],
    ),
    junk.map((text) => `arn:aws:s3:::${text}`),
    junk.map((text) => `arn:aws:${text}:::b`),
    junk.map((text) => `arn:aws:sqs:${text}::b`),
    junk.map((text) => `arn:aws:sqs::${text}:b`),
    junk,
  ),
);
const action = mostly(
  oneOf("s3:GetObject", "ec2:Describe*", "s3:List?ucket", "sqs:ReceiveMessage", "S3:getobject"),
  fc.oneof(
    oneOf("GetObject", "s3:List:Bucket", "*:Get*", "s?:Get", "a a:Get", ":Get", "s3:", "", "s3:Get Object", "**"),
    junk.map((text) => `s3:${text}`),
    junk,
  ),
);
const permission = fc.record({
  sid: mostly(fc.constant(undefined), fc.oneof(oneOf("S0", "has space", "é", "", "under_score"), junk)),
  effect: mostly(oneOf("Allow", "Allow", "Allow", "Deny"), oneOf("allow", "DENY", "")),
  actions: mostly(fc.array(action, { minLength: 1, maxLength: 3 }), fc.constant<string[]>([])),
  resources: mostly(fc.array(resource, { minLength: 1, maxLength: 2 }), fc.constant<string[]>([])),
  lists: mostly(oneOf("", "", "", "notActions", "notResources"), oneOf("notActions notResources", "both", "neither")),
  condition,
  why: fc.constant("Because."),
  risk: fc.constant("low"),
  broad: fc.constant("Because."),
});
const declaration = fc.record({
  ongoing: fc.array(permission, { minLength: 1, maxLength: 2 }),
  setup: fc.array(permission, { maxLength: 1 }),
  boundary: fc.oneof(
    { weight: 3, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.array(permission, { maxLength: 1 }) },
  ),
  region: oneOf("us-east-1", "us-gov-west-1"),
});

const tried = seeds(20_261_126).map((seed, index) =>
  index === 0 ? ([seed, 900, 200] as const) : ([seed, 200, 20] as const),
);

test.each(tried)(
  "whatever is declared, it is refused, or AWS makes the stack (seed %i, %i times)",
  async (seed, numRuns, least) => {
    const seen = { made: 0, madeOfAllButSome: 0, madeBounded: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(declaration, async (input) => {
        const config = accepted(input);
        if (!config) {
          seen.refused += 1;
          return;
        }
        seen.made += 1;
        if (/"not(Actions|Resources)"/.test(JSON.stringify(config.ongoingPermissions))) seen.madeOfAllButSome += 1;
        if (config.role.boundary) seen.madeBounded += 1;
        sandbox.reset();
        expect(await launchStack(sandbox.url, config, input.region)).toEqual({
          status: "CREATE_COMPLETE",
          reasons: [],
        });
      }),
      { numRuns, seed },
    );
    expect(Math.min(seen.made, seen.refused)).toBeGreaterThan(least);
    expect(seen.madeOfAllButSome).toBeGreaterThan(least / 20);
    expect(seen.madeBounded).toBeGreaterThan(least / 20);
  },
  120_000,
);

type Declaration = typeof declaration extends fc.Arbitrary<infer T> ? T : never;

function accepted({ ongoing, setup, boundary }: Declaration): CrossAccountConfig | undefined {
  try {
    return parseConfig({
      serviceName: "Nimbus",
      serviceAccountId: "123456789012",
      templateS3Bucket: "nimbus-templates",
      partitions: { "aws-us-gov": { serviceAccountId: "123456789013", templateS3Bucket: "nimbus-gov" } },
      ongoingPermissions: ongoing.map((item, index) => declared(item, `S${index}`)),
      setupPermissions: setup.map((item) => declared(item, "Setup")),
      ...(boundary && { role: { boundary: [most, ...boundary.map(bounding)] } }),
      branding: { productName: "Nimbus", supportEmail: "support@nimbus.example" },
    });
  } catch (error) {
    if (error instanceof CrossAccountError && error.code === "config-invalid") return undefined;
    throw error;
  }
}

/** Lets nearly everything through, so that permissions are not all outside of it. */
const most = {
  sid: "Most",
  effect: "Allow",
  notActions: ["sqs:PurgeQueue"],
  resources: ["*"],
  why: "Most.",
  risk: "low",
};

function bounding({ broad: _broad, ...statement }: Declaration["ongoing"][number], index: number): object {
  return declared(statement, `B${index}`);
}

function declared(statement: Omit<Declaration["ongoing"][number], "broad">, usualSid: string): object {
  const { condition: block, sid, lists, actions, resources, ...rest } = statement;
  return {
    ...rest,
    ...(lists !== "neither" && { [lists.includes("notActions") ? "notActions" : "actions"]: actions, resources }),
    ...(lists.includes("notResources") && { resources: undefined, notResources: resources }),
    ...(lists === "both" && { notActions: actions }),
    sid: sid ?? usualSid,
    ...(Object.keys(block).length > 0 && { condition: block }),
  };
}
