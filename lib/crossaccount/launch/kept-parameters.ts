import { requireStackName } from "./launch-link";
import { lines, quoted } from "./shell";

export interface StackUpdate {
  readonly region: string;
  readonly stackName: string;
  /** Set to these values. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Another template than the stack's own. */
  readonly template?: {
    readonly url: string;
    /** Names of its parameters. */
    readonly parameters: readonly string[];
    /** Values of those that a stack of an older template lacks; its own are kept. */
    readonly whereNew: Readonly<Record<string, string>>;
  };
}

/**
 * A shell command that puts the parameters of an update into `$stack_parameters`: those that are set, and the previous value of each other that
 * the stack itself has. AWS refuses to keep what the stack's template lacks, and takes the default for what is not named.
 */
export function keptParametersCommand(update: StackUpdate): string {
  const { region, stackName } = update;
  requireStackName(stackName);
  const describe = lines("aws cloudformation describe-stacks", [
    `--region ${quoted(region)}`,
    `--stack-name ${quoted(stackName)}`,
    "--output json",
    `--query ${quoted(query(update))}`,
  ]);
  return `stack_parameters=$(${describe})`;
}

/** https://jmespath.org/specification.html */
function query({ parameters, template }: StackUpdate): string {
  const set = Object.keys(parameters);
  const kept = template
    ? `contains(${literal(template.parameters.filter((name) => !set.includes(name)))}, ParameterKey)`
    : `!contains(${literal(set)}, ParameterKey)`;
  const added = Object.entries(template?.whereNew ?? {}).filter(([name]) => !set.includes(name));
  const parts = [
    `Stacks[0].Parameters[?${kept}].{ParameterKey: ParameterKey, UsePreviousValue: ${literal(true)}}`,
    ...(set.length > 0 ? [literal(Object.entries(parameters).map(parameter))] : []),
    ...added.map(
      ([name, value]) =>
        `!contains(Stacks[0].Parameters[].ParameterKey, ${literal(name)}) && ${literal([parameter([name, value])])}`,
    ),
  ];
  return added.length > 0 ? `[${parts.join(", ")}][] | [?@]` : `[${parts.join(", ")}][]`;
}

function parameter([name, value]: readonly [string, string]) {
  return { ParameterKey: name, ParameterValue: value };
}

function literal(value: unknown): string {
  return `\`${JSON.stringify(value).replaceAll("`", "\\`")}\``;
}
