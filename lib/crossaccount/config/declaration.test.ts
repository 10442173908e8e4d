import { describe, expect, test } from "vitest";
import { CrossAccountError } from "../errors";
import { configWarnings, parseConfig } from "./config";

const read = {
  sid: "Read",
  effect: "Allow",
  actions: ["ec2:DescribeInstances"],
  resources: ["*"],
  why: "To see.",
  risk: "low",
};
const config = (...changes: object[]) => ({
  serviceName: "Nimbus",
  serviceAccountId: "123456789012",
  templateS3Bucket: "nimbus-templates",
  ongoingPermissions: [read, ...changes.map((change, index) => ({ ...read, sid: `Read${index}`, ...change }))],
  branding: { productName: "Nimbus", supportEmail: "support@nimbus.example" },
});

/** What is said about the second permission, a line for each fault without the path of the permission. */
function refusal(change: object): string[] {
  try {
    parseConfig(config(change));
  } catch (error) {
    if (!(error instanceof CrossAccountError && error.code === "config-invalid")) throw error;
    const start = "  - ongoingPermissions[1].";
    return error.message.split("\n").flatMap((line) => (line.startsWith(start) ? [line.slice(start.length)] : []));
  }
  return [];
}

describe("an operator that IAM does not have is refused", () => {
  test.each([
    ["ForAnyValues:StringEquals", "did you mean ForAnyValue:StringEquals?"],
    ["ForAllValue:StringEquals", "did you mean ForAllValues:StringEquals?"],
    ["forAnyValue:StringLike", "did you mean ForAnyValue:StringLike?"],
    ["ForAnyValue::StringLike", "did you mean ForAnyValue:StringLike?"],
    ["stringEquals", "did you mean StringEquals?"],
    ["StringEqual", "did you mean StringEquals?"],
    ["ArnLikeifExists", "did you mean ArnLikeIfExists?"],
    ["IPAddress", "did you mean IpAddress?"],
    ["BinaryNotEquals", "examples are StringEquals, ArnLike and ForAnyValue:StringLike"],
    ["StringMatches", "examples are StringEquals, ArnLike and ForAnyValue:StringLike"],
    ["NullIfExists", "Null stands alone, without ForAllValues, ForAnyValue or IfExists"],
    ["ForAnyValue:Null", "Null stands alone, without ForAllValues, ForAnyValue or IfExists"],
  ])("%s: %s", (operator, help) => {
    const place = /^\w+$/.test(operator) ? `.${operator}` : `["${operator}"]`;
    const said = refusal({ condition: { [operator]: { "aws:RequestTag/team": "x" } } });
    const separator = help.startsWith("Null") ? ":" : ";";
    expect(said).toEqual([`condition${place}: is not an IAM condition operator${separator} ${help}`]);
  });
});

const number = "must be a number such as 10 or 2.5";
const date =
  /^must be a time with its zone such as 2030-01-31T00:00:00Z, a day such as 2030-01-31, or ten or more digits/;
const address = "must be an IP address or a CIDR block such as 203.0.113.0/24 or 2001:db8::/32";
const arn = /^must be "\*" or an ARN of six parts .* a String operator compares anything else$/;
const truth = "must be true or false";
const base64 = "must be base64, filled up with = to a multiple of four characters";

describe("a value that is not of the operator's type is refused", () => {
  test.each<[string, string | RegExp, unknown[]]>([
    ["NumericLessThan", number, ["ten", " 10", "0x10", "+5", ".5", "1e", "NaN", "", `\${s3:max-keys}`, true]],
    ["ForAnyValue:NumericEqualsIfExists", number, ["ten"]],
    [
      "DateGreaterThan",
      date,
      [
        ...[
          "tomorrow",
          "2026/01/01",
          "2026",
          "2026-13-45",
          "2026-02-30",
          "2025-02-29",
          "2026-1-1",
          "2026-01-01T00:00:00",
        ],
        ...["2026-01-01T24:00:00Z", "2026-01-01T00:60Z", "2026-01-01T00:00:60Z", "2026-01-01T00:00:00+24:00"],
        ...["2026-01-01T00:00:00.1234567890Z", "Thu, 01 Jan 2026 00:00:00 GMT", `\${aws:CurrentTime}`, "", 20260101],
      ],
    ],
    ["Bool", truth, ["yes", "TRUE", "", 1, `\${aws:SecureTransport}`]],
    ["BoolIfExists", truth, ["maybe"]],
    ["Null", truth, ["null", ""]],
    [
      "IpAddress",
      address,
      [
        ...[
          "203.0.113.999/24",
          "1.2.3",
          "10.0.0.0/33",
          "10.0.0.0/",
          "10.0.0.0/08",
          "10.0.0.0/8 ",
          "::/129",
          "10.0.0.*",
        ],
        ...["fe80::1%eth0", "::ffff:1.2.3.4", "example.com", "", `\${aws:SourceIp}`],
      ],
    ],
    ["NotIpAddressIfExists", address, ["10.0.0.0/33"]],
    [
      "ArnLike",
      arn,
      [
        ...["nope", "arn:*", "arn:aws:s3:b", "arn:aws:s3:::", "arn::s3:::b", "arn:aws::::b", "arn:aws-cn:s3:::b", "**"],
        ...["arn:aws:iam::1234:role/x", `\${aws:PrincipalArn}`, `arn:aws:iam::\${aws:PrincipalAccount}:role/x`],
        ...[`arn:aws:s3:::\${x}`, "arn:aws:iam::<ACCOUNT>:role/x", ""],
      ],
    ],
    ["ForAllValues:ArnNotEquals", arn, ["nope"]],
    ["BinaryEquals", base64, ["!!!", "abc", "YWJj==", "YWJjZA=", ""]],
  ])("%s: %s", (operator, words, values) => {
    const place = /^\w+$/.test(operator) ? `.${operator}` : `["${operator}"]`;
    for (const value of values) {
      const start = `condition${place}["aws:RequestTag/x"]`;
      for (const [input, at] of [
        [value, ""],
        [["*", value], "[1]"],
      ] as const) {
        const said = refusal({ condition: { [operator]: { "aws:RequestTag/x": input } } }).filter((line) =>
          line.startsWith(`${start}${at}: `),
        );
        expect(said, JSON.stringify(value)).toEqual([
          typeof words === "string"
            ? `${start}${at}: ${words}`
            : expect.stringMatching(words.source.replace("^", ": ")),
        ]);
      }
    }
  });
});

describe("a policy variable that IAM cannot resolve is refused", () => {
  test.each([
    [`\${`, /^holds \$\{ without \}; where the characters themselves are meant, write \$\{\$\}\{$/],
    [`\${aws:userid`, /^holds \$\{ without \}/],
    [`\${}`, /^holds \$\{\}, which is not a policy variable: .*\$\{aws:PrincipalTag\/team\}/],
    [
      `\${RoleName}`,
      /^holds \$\{RoleName\}, which is not a policy variable.* Parameters of the template and names of CloudFormation are not replaced$/,
    ],
    [`\${AWS::AccountId}`, /^holds \$\{AWS::AccountId\}, which is not a policy variable/],
    [`\${!aws:userid}`, /which is not a policy variable/],
    [`\${aws:userid, none}`, /with a default as \$\{aws:PrincipalTag\/team, 'none'\}/],
    [`\${aws:userid,'none'}`, /with a default as/],
    [`\${aws:\${aws:userid}}`, /^holds \$\{ without \}/],
    [`\${aws:PrincipalTag/*}`, /which is not a policy variable/],
    [
      `\${aws:PrincipalOrgPaths}`,
      /^holds \$\{aws:PrincipalOrgPaths\}, but aws:PrincipalOrgPaths may have several values$/,
    ],
  ])("%s", (text, words) => {
    const [inValue, ...more] = refusal({ condition: { StringLike: { "s3:prefix": ["a", `home/${text}`] } } });
    expect(inValue).toMatch(/^condition\.StringLike\["s3:prefix"\]\[1\]: /);
    expect(inValue?.split("]: ").at(-1)).toMatch(words);
    const [inResource, ...others] = refusal({ resources: ["*", `arn:aws:s3:::b/${text}`] });
    expect(inResource?.replace(/^resources\[1\]: /, "")).toMatch(words);
    expect([...more, ...others]).toEqual([]);
  });
});

describe("a key that no request has is refused", () => {
  test.each([
    ["no-prefix", "is not an IAM condition key; an example is aws:RequestedRegion"],
    ["aws:", "is not an IAM condition key; an example is aws:RequestedRegion"],
    ["aws:RequestTag", "names no tag; write it after a slash, such as aws:RequestTag/team"],
    ["AWS:ResourceTag/", "names no tag; write it after a slash, such as aws:ResourceTag/team"],
    ["aws:PrincipalTag/*", "names no tag; write it after a slash, such as aws:PrincipalTag/team"],
    [
      `aws:RequestTag/\${TagKey}`,
      `is not an IAM condition key: IAM replaces no \${…} in the name of a key; write the name out`,
    ],
    ["aws:PrincipleArn", "is not a key that AWS has; did you mean aws:PrincipalArn?"],
    ["aws:RequestRegion", "is not a key that AWS has; did you mean aws:RequestedRegion?"],
    ["aws:ResourceTags/team", "is not a key that AWS has; did you mean aws:ResourceTag?"],
    ["aws:snow☃", "holds characters that IAM does not take in a policy (only U+0020 to U+00FF)"],
  ])("%s: %s", (key, words) => {
    expect(refusal({ condition: { StringEquals: { "s3:prefix": "a", [key]: "x" } } })).toEqual([
      `condition.StringEquals[${JSON.stringify(key)}]: ${words}`,
    ]);
  });

  test("and one that is there twice, though JavaScript tells the spellings apart", () => {
    const condition = { StringEquals: { "aws:RequestedRegion": "eu-west-1", "AWS:requestedregion": "us-east-1" } };
    expect(refusal({ condition })).toEqual([
      'condition.StringEquals["AWS:requestedregion"]: is there twice: IAM ignores case in keys',
    ]);
  });
});

describe("a comparison that can never match is refused, though IAM stores it", () => {
  test.each([
    ["NumericLessThan", "aws:CurrentTime", "1767225600", "a date and time; use DateEquals, DateNotEquals, …"],
    ["StringLike", "aws:TokenIssueTime", "2026-*", "a date and time; use DateEquals, DateNotEquals, …"],
    ["StringEquals", "aws:SourceIp", "203.0.113.0/24", "an IP address; use IpAddress, NotIpAddress"],
    [
      "ForAnyValue:StringLike",
      "aws:VpcSourceIp",
      ["10.0.0.1", "10.0.0.0/8"],
      "an IP address; use IpAddress, NotIpAddress",
    ],
    ["Bool", "AWS:sourceip", "true", "an IP address; use IpAddress, NotIpAddress"],
    ["IpAddress", "aws:SourceVpc", "10.0.0.0/8", "text; use StringEquals, StringNotEquals, …"],
    ["ArnLike", "aws:RequestedRegion", "*", "text; use StringEquals, StringNotEquals, …"],
    ["ArnLike", "aws:PrincipalAccount", "*", "an account ID; use StringEquals, StringNotEquals, …"],
    ["NumericEquals", "aws:SecureTransport", 1, "true or false; use Bool"],
    ["DateLessThan", "s3:max-keys", "2030-01-31", "a number; use NumericEquals, NumericNotEquals, …"],
    ["BinaryEquals", "aws:EpochTime", "YWJj", "seconds since 1970; use DateEquals, DateNotEquals, …, or NumericEquals"],
    ["NumericNotEquals", "aws:PrincipalArn", 1, "an ARN; use ArnEquals, ArnNotEquals, …, or StringEquals"],
  ])("%s %s %j", (operator, key, value, words) => {
    const [said, ...more] = refusal({ condition: { [operator]: { [key]: value } } });
    expect(said).toContain(`[${JSON.stringify(key)}]: can never match, because ${key} holds ${words}`);
    expect(more).toEqual([]);
  });
});

describe("a resource that IAM refuses is refused", () => {
  test.each([
    ["my-bucket", 'must be "*" or an ARN such as arn:aws:s3:::my-bucket/*'],
    ["**", 'must be "*" or an ARN such as arn:aws:s3:::my-bucket/*'],
    ["ARN:aws:s3:::b", 'must be "*" or an ARN such as arn:aws:s3:::my-bucket/*'],
    ["", "must not be empty"],
    ["arn:aws:s3:::a\tb", "must not hold tabs or line breaks"],
    ["arn:aws-us-gov:s3:::b", "must have the partition aws (arn:aws:…); the template puts the one of the stack"],
    ["arn:*:s3:::b", "must have the partition aws (arn:aws:…); the template puts the one of the stack"],
    ["arn:aws:s3::b", /^must have all six parts of an ARN, empty ones too: .* a bucket is arn:aws:s3:::my-bucket$/],
    ["arn:aws", /^must have all six parts of an ARN/],
    ["arn:aws:*:*:*:*", /^must name one service in lower case: IAM takes no wildcard there/],
    ["arn:aws:S3:::b", /^must name one service in lower case/],
    ["arn:aws::::b", /^must name one service in lower case/],
    ["arn:aws:sqs:EU:*:q", /^must have a Region, a wildcard or nothing as its fourth part/],
    [`arn:aws:sqs:\${aws:RequestedRegion}:*:q`, /^must have a Region, a wildcard or nothing/],
    ["arn:aws:sqs:*:1234:q", /^must have 12 digits, aws, a wildcard or nothing as its account/],
    [`arn:aws:sns:*:\${aws:PrincipalAccount}:t`, /policy variables are possible only after it$/],
    ["arn:aws:s3:::", /^must name something after the fifth colon/],
    ["arn:aws:s3:us-east-1::b", /because buckets have none: arn:aws:s3:::b$/],
    ["arn:aws:s3:*:*:b/*", /because buckets have none: arn:aws:s3:::b\/\*$/],
    ["arn:aws:s3::111122223333:b", /because buckets have none: arn:aws:s3:::b$/],
    ["arn:aws:iam:us-east-1:*:user/x", "must have no Region, because iam is global: arn:aws:iam::*:user/x"],
    [
      "arn:aws:route53:us-east-1::hostedzone/z",
      "must have no Region, because route53 is global: arn:aws:route53:::hostedzone/z",
    ],
    ["arn:aws:iam::*:users/x", /^must name a kind of IAM resource with its slash, such as role\/ or policy\//],
    ["arn:aws:iam::*:u*", /^must name a kind of IAM resource with its slash/],
  ])("%j", (resource, words) => {
    const said = refusal({ resources: ["*", resource] });
    expect(said).toEqual([
      typeof words === "string"
        ? `resources[1]: ${words}`
        : expect.stringMatching(words.source.replace("^", "resources\\[1\\]: ")),
    ]);
  });
});

test.each([
  ["GetObject"],
  ["s3:List:Bucket"],
  ["*:Get*"],
  ["s?:GetObject"],
  ["a a:GetObject"],
  [":GetObject"],
  ["s3:"],
  ["**"],
  ["s3:Get Object"],
  [`s3:Get\${x}`],
])("an action that IAM refuses or no call has is refused: %s", (action) => {
  expect(refusal({ actions: ["s3:ListBucket", action] })).toEqual([
    "actions[1]: must be an IAM action such as s3:GetObject or ec2:Describe*",
  ]);
});

test("what IAM stores and AWS advises against is warned of by its path", () => {
  const condition = {
    StringEquals: { "aws:SourceIp": "203.0.113.7", "aws:SecureTransport": "true", "aws:TagKeys": "team" },
    "ForAllValues:StringLike": { "aws:PrincipalOrgID": "o-abcdefghij" },
    "ForAnyValue:ArnLike": { "aws:PrincipalArn": "*" },
    StringLike: { "aws:username": "a*", "aws:NextYearsKey": "x" },
    Null: { "aws:TagKeys": "false" },
  };
  const said = configWarnings(parseConfig(config({ condition })));
  expect(
    said.map(({ path, message }) => `${path.slice("ongoingPermissions[1].condition".length)}: ${message}`),
  ).toEqual([
    '.StringEquals["aws:SourceIp"]: holds an IP address, for which AWS documents IpAddress, NotIpAddress; this compares its text',
    '.StringEquals["aws:SecureTransport"]: holds true or false, for which AWS documents Bool; this compares its text',
    '.StringEquals["aws:TagKeys"]: may have several values; say ForAllValues: or ForAnyValue: before the operator',
    '["ForAllValues:StringLike"]["aws:PrincipalOrgID"]: has one value at most, and ForAllValues is also true without it; leave ForAllValues out',
    '["ForAnyValue:ArnLike"]["aws:PrincipalArn"]: has one value at most; leave ForAnyValue out',
    '.StringLike["aws:username"]: is there for IAM users only; the requests of a role lack it',
    '.StringLike["aws:NextYearsKey"]: is not among the global keys that AWS documents; a request that lacks it does not match. Check its spelling',
  ]);
});
