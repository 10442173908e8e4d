import { z } from "zod";
import type { PolicyCondition } from "./permission";
import { policyText } from "./text-schema";

const scalar = z.union([z.string(), z.number(), z.boolean()], { error: "must be text, a number, true or false" });
type Scalar = z.infer<typeof scalar>;

/** As an author may write it; numbers and booleans become the text that IAM compares. */
export type ConditionInput = Record<string, Record<string, Scalar | Scalar[]>>;

interface Fault {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

const families = [
  "String(Not)?Equals(IgnoreCase)?",
  "String(Not)?Like",
  "Numeric((Not)?Equals|(LessThan|GreaterThan)(Equals)?)",
  "Date((Not)?Equals|(LessThan|GreaterThan)(Equals)?)",
  "Bool",
  "BinaryEquals",
  "(Not)?IpAddress",
  "Arn(Not)?(Equals|Like)",
].join("|");
const operatorPattern = new RegExp(`^(For(All|Any)Values:)?((${families})(IfExists)?|Null)$`);
// A key has a service or aws before its colon, which also keeps out Ref, Fn::Sub and the like: CloudFormation would run them.
const keyPattern = /^(?!Fn::)[A-Za-z0-9][A-Za-z0-9.-]*(\/[A-Za-z0-9./-]+)?:[^:\t\n\r][^\t\n\r]*$/;

/** A policy's Condition block, checked and normalised to text. */
export const conditionSchema = z
  .custom<ConditionInput>(
    isObject,
    'must be an object such as { StringEquals: { "aws:RequestedRegion": "eu-west-1" } }',
  )
  .transform((input, context): PolicyCondition => {
    const { condition, faults } = readCondition(input);
    for (const { path, message } of faults) context.addIssue({ code: "custom", path: [...path], message });
    return condition;
  });

function readCondition(input: Record<string, unknown>): { condition: PolicyCondition; faults: Fault[] } {
  const faults: Fault[] = [];
  const operators = Object.keys(input);
  if (operators.length === 0) faults.push({ path: [], message: "must hold at least one operator" });
  const blocks = operators.map((operator) => {
    if (!operatorPattern.test(operator)) faults.push({ path: [operator], message: "is no IAM condition operator" });
    const { entries, faults: inside } = readKeys(input[operator]);
    faults.push(...inside.map((fault) => ({ ...fault, path: [operator, ...fault.path] })));
    return [operator, Object.fromEntries(entries)] as const;
  });
  return { condition: Object.fromEntries(blocks), faults };
}

function readKeys(block: unknown): { entries: [string, string | string[]][]; faults: Fault[] } {
  if (!isObject(block)) return { entries: [], faults: [{ path: [], message: "must be an object of condition keys" }] };
  const keys = Object.keys(block);
  const faults: Fault[] = keys.length === 0 ? [{ path: [], message: "must hold at least one condition key" }] : [];
  const seen = new Set<string>();
  const entries = keys.map((key): [string, string | string[]] => {
    if (!keyPattern.test(key) || !policyText.safeParse(key).success)
      faults.push({ path: [key], message: "is no IAM condition key; an example is aws:RequestedRegion" });
    if (seen.has(key.toLowerCase())) faults.push({ path: [key], message: "is there twice: IAM ignores case in keys" });
    seen.add(key.toLowerCase());
    const { value, faults: inside } = readValues(block[key]);
    faults.push(...inside.map((fault) => ({ ...fault, path: [key, ...fault.path] })));
    return [key, value];
  });
  return { entries, faults };
}

function readValues(input: unknown): { value: string | string[]; faults: Fault[] } {
  if (!Array.isArray(input)) {
    const { text, faults } = readValue(input);
    return { value: text, faults };
  }
  if (input.length === 0) return { value: [], faults: [{ path: [], message: "must hold at least one value" }] };
  const read = input.map((item) => readValue(item));
  return {
    value: read.map(({ text }) => text),
    faults: read.flatMap(({ faults }, index) => faults.map((fault) => ({ ...fault, path: [index, ...fault.path] }))),
  };
}

function readValue(input: unknown): { text: string; faults: Fault[] } {
  const known = scalar.safeParse(input);
  const text = known.success ? String(known.data) : "";
  const issues = known.success ? (valueText.safeParse(text).error?.issues ?? []) : known.error.issues;
  return { text, faults: issues.map(({ message }) => ({ path: [], message })) };
}

// An empty value is meaningful: StringEquals "" matches a key that is there and empty.
const valueText = z.literal("").or(policyText);

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
