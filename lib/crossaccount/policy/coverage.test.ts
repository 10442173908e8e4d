import { describe, expect, test } from "vitest";
import { covers, type Grant, overlaps } from "./coverage";
import { type PolicyStatement, parsePolicy } from "./document";

function statement(body: Record<string, unknown>): PolicyStatement {
  const [parsed] = parsePolicy("p", JSON.stringify({ Statement: { Effect: "Allow", ...body } })) ?? [];
  if (!parsed) throw new Error("no statement");
  return parsed;
}
function grant(action: string, resource = "*", conditions: Grant["conditions"] = {}): Grant {
  return { action, resource, conditions };
}

describe("covers", () => {
  test.each([
    ["s3:GetObject", "s3:GetObject", true],
    ["S3:getobject", "s3:GetObject", true],
    ["s3:Get*", "s3:GetObject", true],
    ["*", "s3:GetObject", true],
    ["s3:Get*", "s3:Get*", true],
    ["s3:GetO*", "s3:Get*", false],
    ["s3:GetObjec?", "s3:GetObject", true],
    ["s3:GetObjec?", "s3:GetObjec*", false],
    ["s3:GetObject", "s3:PutObject", false],
    ["s3:*Object", "s3:GetBucketObject", true],
  ])("action %s against %s: %s", (has, wanted, expected) => {
    expect(covers(statement({ Action: has, Resource: "*" }), grant(wanted))).toBe(expected);
  });

  test("resources are compared by case, and a narrower one does not cover", () => {
    const narrow = statement({ Action: "s3:*", Resource: "arn:aws:s3:::bucket/*" });
    expect(covers(narrow, grant("s3:GetObject", "arn:aws:s3:::bucket/key"))).toBe(true);
    expect(covers(narrow, grant("s3:GetObject", "arn:aws:s3:::Bucket/key"))).toBe(false);
    expect(covers(narrow, grant("s3:GetObject", "*"))).toBe(false);
  });

  test.each<[object, readonly string[], boolean]>([
    [{ Action: "*" }, ["iam:*"], true],
    [{ NotAction: "iam:*" }, ["iam:*"], true],
    [{ NotAction: "IAM:Put*" }, ["iam:*"], true],
    [{ NotAction: ["iam:Put*", "sts:*"] }, ["iam:*", "sts:AssumeRole*", "sts:*"], true],
    [{ NotAction: ["iam:*", "s3:*"] }, ["iam:*"], false],
    [{ NotAction: "iam:*" }, ["iam:Put*"], false],
    [{ Action: ["s3:*", "ec2:*"] }, ["iam:*"], false],
    [{ Action: "s3:*" }, ["iam:*"], false],
  ])("%j against everything except %j: %s", (has, except, expected) => {
    const wanted = { action: { except }, resource: "*", conditions: {} };
    expect(covers(statement({ ...has, Resource: "*" }), wanted)).toBe(expected);
  });

  test.each<[object, readonly string[], boolean]>([
    [{ Resource: "*" }, ["arn:aws:s3:::b/*"], true],
    [{ NotResource: "arn:aws:s3:::b/x" }, ["arn:aws:s3:::b/*"], true],
    [{ NotResource: "arn:aws:s3:::B/x" }, ["arn:aws:s3:::b/*"], false],
    [{ Resource: "arn:aws:s3:::b" }, ["arn:aws:s3:::b/*"], false],
  ])("%j against everywhere except %j: %s", (has, except, expected) => {
    const wanted = { action: "s3:GetObject", resource: { except }, conditions: {} };
    expect(covers(statement({ Action: "s3:GetObject", ...has }), wanted)).toBe(expected);
  });

  test.each<[object, boolean]>([
    [{ Action: "iam:Get*" }, false],
    [{ Action: ["iam:Get*", "s3:GetObject"] }, true],
    [{ Action: "*" }, true],
    [{ NotAction: "s3:*" }, true],
  ])("%j may meet everything except IAM: %s", (has, expected) => {
    const wanted = { action: { except: ["iam:*"] }, resource: "*", conditions: {} };
    expect(overlaps(statement({ ...has, Resource: "*" }), wanted)).toBe(expected);
  });

  test("NotAction and NotResource cover what they do not touch", () => {
    const all = statement({ NotAction: "iam:*", NotResource: "arn:aws:s3:::secret/*" });
    expect(covers(all, grant("s3:GetObject", "arn:aws:s3:::public/x"))).toBe(true);
    expect(covers(all, grant("iam:GetRole", "arn:aws:s3:::public/x"))).toBe(false);
    expect(covers(all, grant("s3:GetObject", "*"))).toBe(false);
  });

  test.each([
    ["ForAnyValue:StringEquals", ["a", "b"], ["a"], true],
    ["ForAnyValue:StringEquals", ["a"], ["a", "b"], false],
    ["ForAllValues:StringLike", ["a", "b"], ["a"], true],
    ["ForAllValues:StringNotEquals", ["a"], ["a", "b"], true],
    ["ForAllValues:StringNotEquals", ["a", "b"], ["a"], false],
    ["ForAnyValue:ArnNotLikeIfExists", ["a", "b"], ["a"], false],
  ])("%s with %j where %j is wanted: %s", (operator, has, wanted, expected) => {
    const conditioned = statement({ Action: "*", Resource: "*", Condition: { [operator]: { "aws:TagKeys": has } } });
    expect(covers(conditioned, grant("ec2:CreateTags", "*", { [operator]: { "aws:TagKeys": wanted } }))).toBe(expected);
    expect(covers(conditioned, grant("ec2:CreateTags"))).toBe(false);
  });

  test("a further condition does not cover, the expected one does, in any spelling and order", () => {
    const wanted = grant("ec2:RunInstances", "*", { StringEquals: { "aws:RequestedRegion": ["us-east-1"] } });
    const with_ = (Condition: unknown) => statement({ Action: "ec2:*", Resource: "*", Condition });
    expect(covers(with_({ stringequals: { "AWS:RequestedRegion": "us-east-1" } }), wanted)).toBe(true);
    expect(covers(with_({ StringEquals: { "aws:RequestedRegion": ["eu-west-1", "us-east-1"] } }), wanted)).toBe(true);
    expect(covers(with_({ StringEquals: { "aws:RequestedRegion": "eu-west-1" } }), wanted)).toBe(false);
    expect(covers(with_({ Bool: { "aws:SecureTransport": "true" } }), wanted)).toBe(false);
    expect(covers(with_(undefined), wanted)).toBe(true);
  });

  test("a negated condition with fewer values allows more", () => {
    const regions = (...values: string[]) => ({ StringNotEquals: { "aws:RequestedRegion": values } });
    const has = (...values: string[]) => statement({ Action: "ec2:*", Resource: "*", Condition: regions(...values) });
    const wanted = grant("ec2:RunInstances", "*", regions("us-east-1"));
    expect(covers(has("us-east-1"), wanted)).toBe(true);
    expect(covers(has(), wanted)).toBe(true);
    expect(covers(has("us-east-1", "eu-west-1"), wanted)).toBe(false);
  });

  test("a policy variable may stand for more than as many characters as it has", () => {
    const one = statement({ Action: "s3:*", Resource: "arn:aws:s3:::home-?????????????" });
    expect(covers(one, grant("s3:GetObject", `arn:aws:s3:::home-\${aws:userid}`))).toBe(false);
    const own = statement({ Action: "s3:*", Resource: `arn:aws:s3:::home-\${aws:userid}` });
    expect(covers(own, grant("s3:GetObject", `arn:aws:s3:::home-\${aws:userid}`))).toBe(true);
  });
});

describe("overlaps", () => {
  test("finds any part in common, whatever the conditions", () => {
    const narrow = statement({
      Action: "iam:CreateRole",
      Resource: "arn:aws:iam::111122223333:role/acme/one",
      Condition: { Bool: { "aws:SecureTransport": "true" } },
    });
    expect(overlaps(narrow, grant("iam:*", "*"))).toBe(true);
    expect(overlaps(narrow, grant("iam:CreateRole", "arn:aws:iam::*:role/acme/*"))).toBe(true);
    expect(overlaps(narrow, grant("iam:CreateRole", "arn:aws:iam::*:role/other/*"))).toBe(false);
    expect(overlaps(narrow, grant("iam:DeleteRole", "*"))).toBe(false);
  });
});
