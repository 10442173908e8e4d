import { describe, expect, test } from "vitest";
import { AwsError } from "../service";
import { holds, parseCondition } from "./condition";
import { RequestKeys } from "./request-keys";

const present = new RequestKeys({
  "sts:ExternalId": "Alpha-1",
  "aws:PrincipalArn": "arn:aws:iam::123456789012:role/team/agent",
  "aws:CurrentTime": "2026-03-01T12:00:00Z",
  "aws:EpochTime": "1772366400",
  "aws:SecureTransport": "true",
  "aws:SourceIp": "203.0.113.7",
  "aws:TagKeys": ["team", "cost"],
  "aws:username": "alice",
  "aws:PrincipalTag/star": "a*",
  "s3:max-keys": "10",
  "kms:EncryptionContext:blob": "aGVsbG8=",
});

function evaluate(condition: Record<string, unknown>, { variables = true } = {}): boolean {
  return parseCondition(condition, variables).every((condition) => holds(condition, present));
}

const id = (...values: string[]) => ({ "sts:ExternalId": values });
const principal = (...values: string[]) => ({ "aws:PrincipalArn": values });
const time = (value: string) => ({ "aws:CurrentTime": value });
const count = (value: string | number) => ({ "s3:max-keys": value });
const tags = (...values: string[]) => ({ "aws:TagKeys": values });
const ip = (...values: string[]) => ({ "aws:SourceIp": values });
const absent = (value = "x") => ({ "aws:PrincipalOrgID": value });
const absentList = (...values: string[]) => ({ "sts:TransitiveTagKeys": values });

describe("operators", () => {
  test.each<[string, Record<string, unknown>, boolean]>([
    ["StringEquals", id("Alpha-1"), true],
    ["StringEquals", id("alpha-1"), false],
    ["StringEquals", id("Alpha-*"), false],
    ["StringEquals", id("other", "Alpha-1"), true],
    ["StringEquals", id(), false],
    ["StringEquals", { "STS:externalid": "Alpha-1" }, true],
    ["StringEquals", absent(), false],
    ["StringEqualsIfExists", absent(), true],
    ["StringEqualsIfExists", id("other"), false],
    ["StringNotEquals", id("other"), true],
    ["StringNotEquals", id("other", "Alpha-1"), false],
    ["StringNotEquals", absent(), true],
    ["StringNotEqualsIfExists", absent(), true],
    ["StringEqualsIgnoreCase", id("ALPHA-1"), true],
    ["StringNotEqualsIgnoreCase", id("ALPHA-1"), false],
    ["StringLike", id("Al*-?"), true],
    ["StringLike", id("al*"), false],
    ["StringLike", id("*"), true],
    ["StringLike", absent("*"), false],
    ["StringLike", id("Alpha.1"), false],
    ["StringLikeIfExists", absent("y"), true],
    ["StringNotLike", id("Be*"), true],
    ["StringNotLike", id("Al*"), false],
    ["StringNotLike", absent("*"), true],
    ["ArnEquals", principal("arn:aws:iam::123456789012:role/team/agent"), true],
    ["ArnEquals", principal("arn:aws:iam::123456789012:role/team/*"), true],
    ["ArnLike", principal("arn:aws:iam::*:role/*"), true],
    ["ArnLike", principal("arn:*:*:*:*:*"), true],
    ["ArnLike", principal("arn:aws:iam::123456789012:user/*"), false],
    ["ArnLikeIfExists", absent("arn:aws:iam::1:role/x"), true],
    ["ArnNotEquals", principal("arn:aws:iam::123456789012:role/team/agent"), false],
    ["ArnNotLike", principal("arn:aws:iam::*:user/*"), true],
    ["ArnNotLike", absent("arn:aws:iam::1:role/x"), true],
    ["ArnLike", id("*"), false],
    ["NumericEquals", count(10), true],
    ["NumericEquals", count("10.0"), true],
    ["NumericEquals", count("1e1"), true],
    ["NumericNotEquals", count(10), false],
    ["NumericLessThan", count(10), false],
    ["NumericLessThan", count(11), true],
    ["NumericLessThanEquals", count(10), true],
    ["NumericGreaterThan", count(9), true],
    ["NumericGreaterThanEquals", count(11), false],
    ["NumericEqualsIfExists", absent("10"), true],
    ["NumericEquals", { "sts:ExternalId": 10 }, false],
    ["DateEquals", time("2026-03-01T13:00:00+01:00"), true],
    ["DateNotEquals", time("2026-03-01T12:00:00Z"), false],
    ["DateLessThan", time("2026-03-01T12:00:01Z"), true],
    ["DateLessThan", time("2026-03-01T12:00:00Z"), false],
    ["DateLessThanEquals", time("2026-03-01T12:00:00Z"), true],
    ["DateGreaterThan", time("2026-03-01"), true],
    ["DateGreaterThanEquals", time("2026-03-02"), false],
    ["DateGreaterThanEquals", time("2026-03"), true],
    ["DateEquals", time("2026-03-01T12:00:00"), true],
    ["DateEquals", time("2026-03-01T12:00Z"), true],
    ["DateLessThan", { "aws:EpochTime": "1772366401" }, true],
    ["DateLessThan", { "aws:TokenIssueTime": "2026-03-02T00:00:00Z" }, false],
    ["DateLessThanIfExists", { "aws:TokenIssueTime": "2026-03-02T00:00:00Z" }, true],
    ["Bool", { "aws:SecureTransport": "true" }, true],
    ["Bool", { "aws:SecureTransport": false }, false],
    ["Bool", { "aws:MultiFactorAuthPresent": "false" }, false],
    ["BoolIfExists", { "aws:MultiFactorAuthPresent": "true" }, true],
    ["Null", { "sts:ExternalId": "false" }, true],
    ["Null", { "sts:ExternalId": true }, false],
    ["Null", absent("true"), true],
    ["Null", absent("false"), false],
    ["IpAddress", ip("203.0.113.0/24"), true],
    ["IpAddress", ip("198.51.100.0/24", "2001:db8::/32"), false],
    ["IpAddress", ip("203.0.113.7"), true],
    ["IpAddress", { "aws:VpcSourceIp": "10.0.0.0/8" }, false],
    ["NotIpAddress", ip("203.0.113.0/24"), false],
    ["NotIpAddress", ip("198.51.100.0/24"), true],
    ["NotIpAddress", { "aws:VpcSourceIp": "10.0.0.0/8" }, true],
    ["BinaryEquals", { "kms:EncryptionContext:blob": "aGVsbG8=" }, true],
    ["BinaryEquals", { "kms:EncryptionContext:blob": "aGVsbG9v" }, false],
    ["ForAllValues:StringEquals", tags("team", "cost", "owner"), true],
    ["ForAllValues:StringEquals", tags("team"), false],
    ["ForAllValues:StringEquals", absentList("x"), true],
    ["ForAllValues:StringNotEquals", tags("cost"), false],
    ["ForAnyValue:StringEquals", tags("cost", "owner"), true],
    ["ForAnyValue:StringEquals", tags("owner"), false],
    ["ForAnyValue:StringEquals", absentList("x"), false],
    ["ForAnyValue:StringEqualsIfExists", absentList("x"), true],
    ["ForAnyValue:StringNotEquals", tags("cost"), true],
    ["ForAnyValue:StringNotEquals", absentList("x"), false],
    ["ForAnyValue:StringLike", tags("te*"), true],
  ])("%s %j is %s", (operator, block, expected) => {
    expect(evaluate({ [operator]: block })).toBe(expected);
  });

  test("several operators and several keys must all hold", () => {
    expect(evaluate({ StringEquals: id("Alpha-1"), Bool: { "aws:SecureTransport": "true" } })).toBe(true);
    expect(evaluate({ StringEquals: id("Alpha-1"), Bool: { "aws:SecureTransport": "false" } })).toBe(false);
    expect(evaluate({ StringEquals: { ...id("Alpha-1"), "aws:username": "bob" } })).toBe(false);
  });
});

describe("policy variables", () => {
  test.each<[string, Record<string, unknown>, boolean]>([
    ["StringEquals", { "sts:ExternalId": `\${sts:ExternalId}` }, true],
    ["StringLike", { "aws:username": `al\${*}` }, false],
    ["StringLike", { "aws:PrincipalTag/star": `a\${*}` }, true],
    ["StringLike", { "aws:username": `\${aws:PrincipalTag/star}` }, false],
    ["StringEquals", { "aws:username": `\${aws:PrincipalTag/none, 'alice'}` }, true],
    ["StringEquals", { "aws:username": `\${aws:PrincipalTag/none}` }, false],
    ["StringNotEquals", { "aws:username": `\${aws:PrincipalTag/none}` }, false],
    ["StringEquals", { "aws:username": [`\${aws:PrincipalTag/none}`, "alice"] }, true],
  ])("%s %j is %s", (operator, block, expected) => {
    expect(evaluate({ [operator]: block })).toBe(expected);
  });

  test("are plain text in the old version of the language", () => {
    expect(evaluate({ StringEquals: { "aws:username": `\${aws:username}` } }, { variables: false })).toBe(false);
  });
});

describe("what is not understood is an error", () => {
  test.each<[string, unknown]>([
    ["StringMatches", id("x")],
    ["stringequals", id("x")],
    ["NullIfExists", { "sts:ExternalId": "true" }],
    ["ForSomeValues:StringEquals", id("x")],
    ["ForAnyValues:StringEquals", id("x")],
    ["ForAllValue:StringEquals", id("x")],
    ["ForAnyValue::StringEquals", id("x")],
    ["foranyvalue:StringEquals", id("x")],
    ["toString", id("x")],
    ["Bool", { "aws:SecureTransport": "yes" }],
    ["Null", { "sts:ExternalId": "maybe" }],
    ["NumericEquals", count("ten")],
    ["NumericEquals", count(" 10")],
    ["NumericEquals", count("0x10")],
    ["DateLessThan", time("tomorrow")],
    ["DateLessThan", time("2026/01/01")],
    ["DateLessThan", time("2026-13-45")],
    ["DateLessThan", time("2026-02-30")],
    ["DateLessThan", time("2026-01-01T00:00:00.1234567890Z")],
    ["DateLessThan", time("Thu, 01 Jan 2026 00:00:00 GMT")],
    ["DateLessThan", time(`\${aws:TokenIssueTime}`)],
    ["IpAddress", ip("203.0.113.0/33")],
    ["IpAddress", ip("203.0.113.999/24")],
    ["IpAddress", ip("1.2.3")],
    ["IpAddress", ip("example.com")],
    ["IpAddress", ip("203.0.113.0/24 ")],
    ["IpAddress", ip("fe80::1%eth0")],
    ["ArnLike", principal("role/agent")],
    ["ArnLike", principal("arn:*")],
    ["ArnLike", principal("arn:aws:s3:b")],
    ["ArnLike", principal(`\${aws:PrincipalArn}`)],
    ["BinaryEquals", { "kms:EncryptionContext:blob": "!" }],
    ["BinaryEquals", { "kms:EncryptionContext:blob": "abc" }],
    ["BinaryEquals", { "kms:EncryptionContext:blob": "YWJj==" }],
    ["BinaryEquals", { "kms:EncryptionContext:blob": "" }],
    ["StringEquals", { ExternalId: "x" }],
    ["StringEquals", { "sts:ExternalId": { a: 1 } }],
    ["StringEquals", "sts:ExternalId"],
  ])("%s %j on reading", (operator, block) => {
    expect(() => evaluate({ [operator]: block })).toThrow(AwsError);
  });

  test("an unknown key when it is asked for", () => {
    expect(() => evaluate({ StringNotEquals: { "aws:PrincipleArn": "x" } })).toThrow(/aws:PrincipleArn/);
    expect(() => evaluate({ StringEquals: { "aws:username": `\${aws:usrname}` } })).toThrow(/aws:usrname/);
  });
});
