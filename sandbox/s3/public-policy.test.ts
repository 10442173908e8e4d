import { describe, expect, test } from "vitest";
import { isPublic } from "./public-policy";

const policy = (statement: object) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::x/*", ...statement },
    ],
  });

describe("a policy for everybody", () => {
  test.each([
    ...["aws:PrincipalAccount", "aws:PrincipalArn", "aws:PrincipalOrgID", "aws:SourceAccount", "aws:SourceArn"],
    ...["aws:SourceIp", "aws:SourceOrgID", "aws:SourceVpc", "aws:SourceVpce", "aws:userid"],
    ...["s3:DataAccessPointAccount", "s3:DataAccessPointArn"],
  ])("is not public where %s is compared with a fixed value", (key) => {
    expect(isPublic(policy({ Condition: { StringEquals: { [key]: "111122223333" } } }))).toBe(false);
    expect(isPublic(policy({ Condition: { StringLike: { [key]: "1111*" } } }))).toBe(true);
  });

  test.each([...["StringEquals", "StringEqualsIgnoreCase", "StringLike", "ArnEquals", "ArnLike"]])(
    "is not public where %s compares",
    (operator) => {
      expect(isPublic(policy({ Condition: { [operator]: { "aws:SourceArn": "arn:aws:sns:us-east-1:1:x" } } }))).toBe(
        false,
      );
    },
  );

  test.each([
    ["no condition", {}],
    ["a negation", { Condition: { StringNotEquals: { "aws:PrincipalAccount": "111122223333" } } }],
    ["a key that anybody chooses", { Condition: { StringEquals: { "aws:UserAgent": "ours" } } }],
    ["a variable", { Condition: { StringEquals: { "aws:PrincipalAccount": `\${aws:SourceAccount}` } } }],
    ["half of all addresses", { Condition: { IpAddress: { "aws:SourceIp": "0.0.0.0/1" } } }],
    ["everybody but one", { Principal: undefined, NotPrincipal: { AWS: "111122223333" } }],
  ])("is public with %s", (_what, statement) => {
    expect(isPublic(policy(statement))).toBe(true);
  });

  test("is not public for some addresses, or where it denies", () => {
    expect(isPublic(policy({ Condition: { IpAddress: { "aws:SourceIp": "192.0.2.0/24" } } }))).toBe(false);
    expect(isPublic(policy({ Effect: "Deny" }))).toBe(false);
  });
});
