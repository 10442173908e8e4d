import { z } from "zod";
import type { PolicyCondition } from "../grants/permission";
import { comparisonFault, comparisonNotes, keyFault } from "./condition-key";
import { type ConditionOperator, operatorFault, readOperator } from "./condition-operator";
import { valueFault } from "./condition-value";
import { policyText } from "./text-schema";

const scalar = z.union([z.string(), z.number(), z.boolean()], { error: "must be text, a number, true or false" });
type Scalar = z.infer<typeof scalar>;

/** As an author may write it; numbers and booleans become the text that IAM compares. */
export type ConditionInput = Record<string, Record<string, Scalar | Scalar[]>>;

interface Fault {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

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
    const message = operatorFault(operator);
    if (message) faults.push({ path: [operator], message });
    const { entries, faults: inside } = readKeys(input[operator], readOperator(operator));
    faults.push(...inside.map((fault) => ({ ...fault, path: [operator, ...fault.path] })));
    return [operator, Object.fromEntries(entries)] as const;
  });
  return { condition: Object.fromEntries(blocks), faults };
}

function readKeys(
  block: unknown,
  operator: ConditionOperator | undefined,
): { entries: [string, string | string[]][]; faults: Fault[] } {
  if (!isObject(block)) return { entries: [], faults: [{ path: [], message: "must be an object of condition keys" }] };
  const keys = Object.keys(block);
  const faults: Fault[] = keys.length === 0 ? [{ path: [], message: "must hold at least one condition key" }] : [];
  const seen = new Set<string>();
  const entries = keys.map((key): [string, string | string[]] => {
    faults.push(...keyFaults(key).map((message) => ({ path: [key], message })));
    if (seen.has(key.toLowerCase())) faults.push({ path: [key], message: "is there twice: IAM ignores case in keys" });
    seen.add(key.toLowerCase());
    const { value, faults: inside } = readValues(block[key], operator);
    faults.push(...inside.map((fault) => ({ ...fault, path: [key, ...fault.path] })));
    const message = operator && inside.length === 0 && comparisonFault(operator, key, [value].flat());
    if (message) faults.push({ path: [key], message });
    return [key, value];
  });
  return { entries, faults };
}

function keyFaults(key: string): string[] {
  const issues = policyText.safeParse(key).error?.issues ?? [];
  const message = keyFault(key);
  return message ? [message] : issues.map((issue) => issue.message);
}

function readValues(
  input: unknown,
  operator: ConditionOperator | undefined,
): { value: string | string[]; faults: Fault[] } {
  if (!Array.isArray(input)) {
    const { text, faults } = readValue(input, operator);
    return { value: text, faults };
  }
  if (input.length === 0) return { value: [], faults: [{ path: [], message: "must hold at least one value" }] };
  const read = input.map((item) => readValue(item, operator));
  return {
    value: read.map(({ text }) => text),
    faults: read.flatMap(({ faults }, index) => faults.map((fault) => ({ ...fault, path: [index, ...fault.path] }))),
  };
}

function readValue(input: unknown, operator: ConditionOperator | undefined): { text: string; faults: Fault[] } {
  const known = scalar.safeParse(input);
  const text = known.success ? String(known.data) : "";
  const issues = known.success ? (valueText.safeParse(text).error?.issues ?? []) : known.error.issues;
  const message = operator && issues.length === 0 && valueFault(operator.family, text);
  return { text, faults: [...issues.map((issue) => issue.message), ...(message ? [message] : [])].map(atValue) };
}

function atValue(message: string): Fault {
  return { path: [], message };
}

// An empty value is meaningful: StringEquals "" matches a key that is there and empty.
const valueText = z.literal("").or(policyText);

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What is allowed in a condition but worth a second look, in the shape of faults. */
export function conditionNotes(condition: PolicyCondition): readonly Fault[] {
  return Object.entries(condition).flatMap(([written, keys]) => {
    const operator = readOperator(written);
    if (!operator) return [];
    return Object.keys(keys).flatMap((key) =>
      comparisonNotes(operator, key).map((message) => ({ path: [written, key], message })),
    );
  });
}
