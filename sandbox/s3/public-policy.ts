import type { ConditionTest } from "../policy/condition";
import { parsePolicy, type Statement } from "../policy/document";

/** Condition keys that, compared with fixed values, keep a statement for everybody from being public. */
const NARROWING_KEYS = [
  "aws:principalaccount",
  "aws:principalarn",
  "aws:principalorgid",
  "aws:sourceaccount",
  "aws:sourcearn",
  "aws:sourceip",
  "aws:sourceorgid",
  "aws:sourcevpc",
  "aws:sourcevpce",
  "aws:userid",
  "s3:dataaccesspointaccount",
  "s3:dataaccesspointarn",
];
const NARROWING_OPERATORS = [
  "StringEquals",
  "StringEqualsIgnoreCase",
  "StringLike",
  "ArnEquals",
  "ArnLike",
  "IpAddress",
];

/**
 * What S3 calls a public policy: an Allow for everybody that no condition narrows to fixed values.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 */
export function isPublic(policy: string): boolean {
  return parsePolicy(policy).statements.some(
    (statement) => statement.effect === "Allow" && isForEverybody(statement) && !statement.conditions.some(isNarrowing),
  );
}

function isForEverybody({ principals }: Statement): boolean {
  return principals !== undefined && (principals.negated || (principals.principals.AWS ?? []).includes("*"));
}

function isNarrowing({ operator, key, values }: ConditionTest): boolean {
  return (
    NARROWING_OPERATORS.includes(operator) &&
    NARROWING_KEYS.includes(key.toLowerCase()) &&
    values.every((value) => !/[*?]|\$\{/.test(value) && !(operator === "IpAddress" && /\/[0-7]$/.test(value)))
  );
}
