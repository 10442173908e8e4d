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
    ["an unknown operator", "identity", policy({ ...allow, Condition: { Equals: { "aws:a": "b" } } }), "Equals"],
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
