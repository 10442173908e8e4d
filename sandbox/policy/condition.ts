import { AwsError } from "../service";
import { type Comparison, comparisons } from "./comparisons";
import { compilePattern } from "./pattern";
import type { RequestKeys } from "./request-keys";

export interface ConditionTest {
  /** As written, such as `ForAnyValue:StringLikeIfExists`. */
  operator: string;
  quantifier?: "ForAllValues" | "ForAnyValue";
  comparison: Comparison | "Null";
  ifExists: boolean;
  key: string;
  values: string[];
  variables: boolean;
}

const OPERATOR = /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/;

/** Tests of a Condition element; all must hold. An operator or value that is not understood is an error. */
export function parseCondition(condition: Record<string, unknown>, variables: boolean): ConditionTest[] {
  return Object.entries(condition).flatMap(([operator, block]) => {
    if (typeof block !== "object" || block === null || Array.isArray(block)) throw syntaxError();
    return Object.entries(block).map(([key, value]) => parseTest({ operator, key, value, variables }));
  });
}

function parseTest(test: { operator: string; key: string; value: unknown; variables: boolean }): ConditionTest {
  const { operator, key, variables } = test;
  const [, quantifier, name = "", ifExists] = OPERATOR.exec(operator) ?? [];
  const comparison = name === "Null" ? "Null" : Object.hasOwn(comparisons, name) ? comparisons[name] : undefined;
  if (!comparison || (comparison === "Null" && ifExists)) throw syntaxError();
  if (!/^[\w./-]+:./.test(key)) {
    throw invalid("Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
  }
  const values = toStrings(test.value);
  const check = comparison === "Null" ? isBoolean : comparison.validate;
  if (!values.every((value) => check(value))) {
    throw name === "BinaryEquals" ? syntaxError() : invalid("The policy failed legacy parsing");
  }
  return {
    operator,
    comparison,
    ifExists: ifExists !== undefined,
    key,
    values,
    variables,
    ...(quantifier ? { quantifier: quantifier as "ForAllValues" | "ForAnyValue" } : {}),
  };
}

function toStrings(value: unknown): string[] {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return values.map((item) => {
    if (typeof item === "string" || typeof item === "boolean" || typeof item === "number") return String(item);
    throw syntaxError();
  });
}

function isBoolean(value: string): boolean {
  return /^(true|false)$/i.test(value);
}

/** IAM names neither the operator nor the value that it does not take. */
function syntaxError(): AwsError {
  return invalid("Syntax errors in policy.");
}

function invalid(message: string): AwsError {
  return new AwsError("MalformedPolicyDocument", message);
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
export function holds(test: ConditionTest, keys: RequestKeys): boolean {
  const { comparison, quantifier } = test;
  const actual = keys.get(test.key);
  if (comparison === "Null")
    return test.values.some((value) => (value.toLowerCase() === "true") === (actual === undefined));
  if (actual === undefined) {
    return test.ifExists || quantifier === "ForAllValues" || (quantifier === undefined && comparison.negated);
  }
  const expected = test.values.map((value) =>
    compilePattern(value, {
      wildcards: comparison.wildcards,
      ...(test.variables && comparison.variables ? { variable: (name: string) => keys.single(name) } : {}),
    }),
  );
  if (comparison.negated && expected.includes(undefined)) return false;
  const one = (value: string) =>
    comparison.negated !== expected.some((pattern) => pattern !== undefined && comparison.compare(value, pattern));
  if (quantifier === "ForAllValues") return actual.every(one);
  if (quantifier === "ForAnyValue") return actual.some(one);
  return comparison.negated ? actual.every(one) : actual.some(one);
}
