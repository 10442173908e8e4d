import { describe, expect, test } from "vitest";
import { type DocumentKind, validatePolicy } from "./validate";

const allow = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
const trusting = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: "123456789012" } };
const policy = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });

test.each<[string, DocumentKind, string]>([
  ["a list of statements", "identity", policy(allow, { ...allow, Sid: "Second" })],
  ["one statement without a list", "identity", JSON.stringify({ Version: "2012-10-17", Id: "x", Statement: allow })],
  ["a trust policy", "trust", policy(trusting)],
  ["a trust policy of a service", "trust", policy({ ...trusting, Principal: { Service: "lambda.amazonaws.com" } })],
  ["an older trust policy", "trust", JSON.stringify({ Version: "2008-10-17", Statement: trusting })],
  ["a bucket policy", "resource", policy({ ...allow, Principal: "*", Resource: "arn:aws:s3:::templates/*" })],
])("%s is accepted", (_, kind, text) => {
  expect(() => validatePolicy(text, kind)).not.toThrow();
});

describe("refused as malformed", () => {
  test.each<[string, DocumentKind, string, string]>([
    ["no JSON", "identity", "{", "invalid Json"],
    ["a list", "identity", "[]", "Syntax errors"],
    ["no statement", "identity", '{"Version":"2012-10-17"}', "Syntax errors"],
    ["no statements", "identity", policy(), "Syntax errors"],
    ["the same key twice", "identity", policy(allow).replace('"Effect"', '"Effect":"Deny","Effect"'), "Syntax errors"],
    ["an unknown version", "identity", policy(allow).replace("2012", "2013"), "valid version string"],
    ["no version", "identity", JSON.stringify({ Statement: allow }), "2012-10-17 or greater"],
    ["an unknown element", "identity", policy({ ...allow, Conditions: {} }), "Syntax errors"],
    ["no effect", "identity", policy({ ...allow, Effect: undefined }), "Effect"],
    ["another effect", "identity", policy({ ...allow, Effect: "allow" }), "Invalid effect"],
    ["no action", "identity", policy({ ...allow, Action: undefined }), "must contain actions"],
    ["an action without a service", "identity", policy({ ...allow, Action: "GetObject" }), "prefaced by a vendor"],
    ["Action and NotAction", "identity", policy({ ...allow, NotAction: "s3:*" }), "Syntax errors"],
    ["no resource", "identity", policy({ ...allow, Resource: undefined }), "must contain resources"],
    ["a resource that is no ARN", "identity", policy({ ...allow, Resource: "bucket" }), "must be in ARN format"],
    ["a principal", "identity", policy({ ...allow, Principal: "*" }), "should not specify a principal"],
    ["a Sid with a space", "identity", policy({ ...allow, Sid: "a b" }), "alpha-numeric"],
    ["a Sid twice", "identity", policy({ ...allow, Sid: "A" }, { ...allow, Sid: "A" }), "must be unique"],
    ["characters outside Latin-1", "identity", policy({ ...allow, Sid: "日本" }), "characters"],
    ["an unknown operator", "identity", policy({ ...allow, Condition: { Equals: { "aws:a": "b" } } }), "Syntax errors"],
    ["an ID that is no text", "identity", policy(allow).replace("{", '{"Id":{},'), "Syntax errors"],
    ["a trust policy with a resource", "trust", policy({ ...trusting, Resource: "*" }), "prohibited field Resource"],
    ["a trust policy without principal", "trust", policy({ ...trusting, Principal: undefined }), "Principal"],
    ["a trust policy of another action", "trust", policy({ ...trusting, Action: "s3:*" }), "STS AssumeRole"],
    ["a principal as plain text", "trust", policy({ ...trusting, Principal: "123456789012" }), "Invalid principal"],
    ["an unknown kind of principal", "trust", policy({ ...trusting, Principal: { Aws: "*" } }), "Invalid principal"],
    [
      "a principal with a wildcard",
      "trust",
      policy({ ...trusting, Principal: { AWS: "arn:aws:iam::*:root" } }),
      "Invalid principal",
    ],
    [
      "an account of 11 digits",
      "trust",
      policy({ ...trusting, Principal: { AWS: "12345678901" } }),
      "Invalid principal",
    ],
    ["no principals", "trust", policy({ ...trusting, Principal: { AWS: [] } }), "Principal"],
  ])("%s", (_, kind, text, message) => {
    expect(() => validatePolicy(text, kind)).toThrow(
      expect.objectContaining({ code: "MalformedPolicyDocument", message: expect.stringContaining(message) as string }),
    );
  });
});

describe("an action, in the words of IAM", () => {
  test.each([
    ["", "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."],
    ["s3:List:Bucket", "Actions/Condition can contain only one colon."],
    ["*:Get*", "Action vendors (e.g., aws, ec2, etc.) must not contain wildcards."],
    ["s?:Get*", "Action vendors (e.g., aws, ec2, etc.) must not contain wildcards."],
    ["a a:ListBucket", "Vendor a a is not valid"],
    [":GetObject", "Vendor  is not valid"],
    ["s3:Get Object", "Action s3:Get Object is not valid."],
  ])("%j", (Action, message) => {
    for (const actions of [{ Action }, { Action: undefined, NotAction: ["s3:GetObject", Action] }]) {
      expect(refusal({ ...allow, ...actions })).toBe(message);
    }
  });
});

describe("a resource, in the words of IAM", () => {
  const failedParsing = "The policy failed legacy parsing";
  const notQualified = "Resource vendor must be fully qualified and cannot contain regexes.";

  test.each([
    ["", 'Resource  must be in ARN format or "*".'],
    ["my-bucket", 'Resource my-bucket must be in ARN format or "*".'],
    [`\${x}`, `Resource \${x} must be in ARN format or "*".`],
    ["a:bsdfdsafsad", 'Partition "bsdfdsafsad" is not valid for resource "arn:bsdfdsafsad:*:*:*:*".'],
    ["aws:s3:::example_bucket", 'Partition "s3" is not valid for resource "arn:s3:::example_bucket:*".'],
    ["s3::example-bucket/*", 'Partition "" is not valid for resource "arn::example-bucket/*:*:*:*".'],
    ["arn:aws2:s3:::b", 'Partition "aws2" is not valid for resource "arn:aws2:s3:::b".'],
    [`arn:\${P}:s3:::b`, `Partition "\${P}" is not valid for resource "arn:\${P}:s3:::b".`],
    ["arn:aws", notQualified],
    ["arn:aws:*:*:111122223333:*", notQualified],
    ["arn:aws:s?:::b", notQualified],
    ["arn:aws::::b", failedParsing],
    ["arn:aws:s3::example_bucket", failedParsing],
    ["arn:aws:s3:::", failedParsing],
    ["arn:aws:sqs:eu west:111122223333:q", failedParsing],
    ["arn:aws:sqs:eu-west-1:1234:q", failedParsing],
    [`arn:aws:iam::\${aws:PrincipalAccount}:role/workshop-*`, failedParsing],
    ["arn:aws:iam::<ACCOUNT_ID>:role/x", failedParsing],
    ["arn:aws:s3:us-east-1::b", "Resource arn:aws:s3:us-east-1::b can not contain region information."],
    ["arn:aws:s3:us-east-1::b/k", "Resource arn:aws:s3:us-east-1::b/k can not contain region information."],
    ["arn:aws:s3::111122223333:b", "Resource arn:aws:s3::111122223333:b cannot contain an account id."],
    [
      "arn:aws:route53:us-east-1::hostedzone/z",
      "Resource arn:aws:route53:us-east-1::hostedzone/z can not contain region information.",
    ],
    [
      "arn:aws:iam:us-east-1:111122223333:role/r",
      "IAM resource arn:aws:iam:us-east-1:111122223333:role/r cannot contain region information.",
    ],
    [
      "arn:aws:iam:::example_bucket",
      expect.stringMatching(/^IAM resource path must either be "\*" or start with user\/, federated-user\/, role\/, /),
    ],
  ])("%j", (Resource, message) => {
    expect(refusal({ ...allow, Resource: ["*", Resource] })).toEqual(message);
    expect(refusal({ ...allow, Resource: undefined, NotResource: Resource })).toEqual(message);
  });

  test.each([
    "arn:*:s3:::b",
    "arn:aws:s33:::b",
    "arn:aws:s3:us-east-1:111122223333:accesspoint/ap",
    "arn:aws:s3:*:*:job/*",
    `arn:aws:s3:::home/\${aws:username}/*`,
    "arn:aws:iam::*:role/*",
    "arn:aws:iam::aws:policy/*",
    "arn:aws:iam::111122223333:*",
    "arn:aws:sts::*:assumed-role/*",
    "arn:aws:cloudwatch:us-east-1::x",
    "arn:aws:organizations:us-east-1::policy/aws/x",
    "arn:aws:ec2:*:1111*:instance/*",
    "arn:aws:bedrock:*::foundation-model/*",
    "arn:aws:imagebuilder:us-east-1:aws:component/*",
  ])("%s is taken", (Resource) => {
    expect(() => validatePolicy(policy({ ...allow, Resource }), "identity")).not.toThrow();
  });

  test("of another partition than the account's", () => {
    const stored = (Resource: string) => () => validatePolicy(policy({ ...allow, Resource }), "identity", "aws-us-gov");
    expect(stored("arn:aws-us-gov:s3:::b")).not.toThrow();
    expect(stored("arn:*:s3:::b")).not.toThrow();
    expect(stored("arn:aws:s3:::b")).toThrow('Partition "aws" is not valid for resource "arn:aws:s3:::b".');
  });
});

describe("a condition, in the words of IAM", () => {
  const legacy = "The policy failed legacy parsing";
  test.each([
    ["ForAnyValues:StringEquals", "x", "Syntax errors in policy."],
    ["NullIfExists", "true", "Syntax errors in policy."],
    ["BinaryEquals", "abc", "Syntax errors in policy."],
    ["StringEquals", { Ref: "x" }, "Syntax errors in policy."],
    ["NumericEquals", "ten", legacy],
    ["DateLessThan", "tomorrow", legacy],
    ["IpAddress", "10.0.0.0/33", legacy],
    ["ArnLike", "nope", legacy],
  ])("%s %j", (operator, value, message) => {
    const refused = { ...allow, Condition: { [operator]: { "aws:x": value } } };
    expect(refusal(refused)).toBe(message);
    expect(() => validatePolicy(policy({ ...trusting, Condition: refused.Condition }), "trust")).toThrow(message);
  });
});

function refusal(statement: object): unknown {
  try {
    validatePolicy(policy(statement), "identity");
  } catch (error) {
    return error instanceof Error ? error.message : error;
  }
  return undefined;
}
