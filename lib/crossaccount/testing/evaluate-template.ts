/** A small, independent reading of CloudFormation's rules, so that tests see what AWS would make of a template. */
export interface Launch {
  readonly parameters: Readonly<Record<string, string>>;
  readonly partition?: string;
  readonly accountId?: string;
}

export interface EvaluatedStack {
  readonly resources: Record<string, { Type: string; Properties: Record<string, unknown> }>;
  readonly outputs: Record<string, unknown>;
}

type Json = Record<string, unknown>;
const absent = Symbol("AWS::NoValue");

export function evaluateTemplate(
  text: string,
  { parameters, partition = "aws", accountId = "111122223333" }: Launch,
): EvaluatedStack {
  const template = JSON.parse(text) as Record<string, Json>;
  const given = readParameters(template.Parameters as Record<string, Json>, parameters);
  const scope: Record<string, unknown> = {
    ...given,
    "AWS::Partition": partition,
    "AWS::AccountId": accountId,
    "AWS::StackName": "stack-1",
    "AWS::NoValue": absent,
  };
  const conditions = template.Conditions ?? {};
  const holds = (name: string): boolean => evaluate(conditions[name]) === true;

  function evaluate(value: unknown): unknown {
    if (typeof value === "string" && /\{\{\s*resolve:/i.test(value)) throw new Error(`dynamic reference in ${value}`);
    if (Array.isArray(value)) return value.map(evaluate).filter((item) => item !== absent);
    if (typeof value !== "object" || value === null) return value;
    const [[name, argument] = ["", undefined], ...more] = Object.entries(value);
    if (name === "Ref" || name.startsWith("Fn::")) {
      if (more.length > 0) throw new Error(`${name} beside other keys`);
      return call(name, argument);
    }
    const entries = Object.entries(value).map(([key, item]) => [key, evaluate(item)] as const);
    return Object.fromEntries(entries.filter(([, item]) => item !== absent));
  }

  function call(name: string, argument: unknown): unknown {
    if (name === "Ref") return scope[String(argument)] ?? reference(String(argument));
    const parts = (argument as unknown[]) ?? [];
    if (name === "Fn::If") return evaluate(parts[holds(String(parts[0])) ? 1 : 2]);
    if (name === "Fn::And") return (parts as { Condition: string }[]).every(({ Condition }) => holds(Condition));
    if (name === "Fn::GetAtt") return `${String(parts[0])}.${String(parts[1])}`;
    const values = parts.map(evaluate);
    if (name === "Fn::Join") return (values[1] as string[]).join(String(values[0]));
    if (name === "Fn::Equals") return values[0] === values[1];
    if (name === "Fn::Not") return values[0] !== true;
    if (name === "Fn::FindInMap") return lookUp(values.map(String));
    throw new Error(`unexpected function ${name}`);
  }

  function lookUp([map = "", first = "", second = ""]: string[]): unknown {
    const found = (template.Mappings?.[map] as Record<string, Json> | undefined)?.[first]?.[second];
    if (found === undefined) throw new Error(`Unable to get mapping for ${map}::${first}::${second}`);
    return found;
  }

  function reference(name: string): string {
    if (!Object.hasOwn(template.Resources ?? {}, name)) throw new Error(`Ref to nothing: ${name}`);
    return `ref:${name}`;
  }

  const present = Object.entries(template.Resources ?? {}).filter(([, resource]) => {
    const condition = (resource as Json).Condition;
    return condition === undefined || holds(String(condition));
  });
  return {
    resources: evaluate(Object.fromEntries(present)) as EvaluatedStack["resources"],
    outputs: evaluate(template.Outputs) as Json,
  };
}

function readParameters(
  declared: Record<string, Json>,
  given: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(declared).map(([name, rule]) => {
      const value = given[name] ?? rule.Default;
      if (typeof value !== "string") throw new Error(`parameter ${name} has no value`);
      const tooShort = typeof rule.MinLength === "number" && value.length < rule.MinLength;
      const tooLong = typeof rule.MaxLength === "number" && value.length > rule.MaxLength;
      const unknown = Array.isArray(rule.AllowedValues) && !rule.AllowedValues.includes(value);
      const unlike = typeof rule.AllowedPattern === "string" && !new RegExp(`^(?:${rule.AllowedPattern})$`).test(value);
      if (tooShort || tooLong || unknown || unlike)
        throw new Error(`parameter ${name}: ${String(rule.ConstraintDescription)}`);
      return [name, value];
    }),
  );
}
