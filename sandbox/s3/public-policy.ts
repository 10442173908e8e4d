/**
 * What S3 calls a public policy: an Allow for everybody that no condition narrows to fixed values.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 */
export function isPublic(policy: string): boolean {
  const { Statement } = JSON.parse(policy) as { Statement: Statement | Statement[] };
  return list(Statement).some(
    (statement) => statement.Effect === "Allow" && isEverybody(statement) && !isNarrowed(statement.Condition ?? {}),
  );
}

interface Statement {
  Effect: string;
  Principal?: string | Record<string, string | string[]>;
  NotPrincipal?: unknown;
  Condition?: Record<string, Record<string, string | string[]>>;
}

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
const NARROWING_OPERATOR = /^(StringEquals|StringEqualsIgnoreCase|StringLike|ArnEquals|ArnLike|IpAddress)$/;

function isEverybody({ Principal, NotPrincipal }: Statement): boolean {
  if (NotPrincipal !== undefined) return true;
  if (typeof Principal === "string") return Principal === "*";
  return list(Principal?.AWS).includes("*");
}

function isNarrowed(condition: NonNullable<Statement["Condition"]>): boolean {
  return Object.entries(condition).some(
    ([operator, keys]) =>
      NARROWING_OPERATOR.test(operator) &&
      Object.entries(keys).some(
        ([key, values]) => NARROWING_KEYS.includes(key.toLowerCase()) && list(values).every(isFixed),
      ),
  );
}

function isFixed(value: string): boolean {
  return !/[*?]|\$\{/.test(value) && !/\/[0-7]$/.test(value);
}

function list<T>(value: T | T[] | undefined): T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
