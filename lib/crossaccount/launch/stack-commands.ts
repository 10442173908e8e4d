import { requireStackName } from "./launch-link";

export interface StackCommand {
  readonly region: string;
  readonly stackName: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** The AWS CLI command that does what a launch link does. Safe to paste into a POSIX shell whatever the values hold. */
export function createStackCommand(command: StackCommand & { readonly templateUrl: string }): string {
  const parameters = Object.entries(command.parameters).map(([name, value]) => setParameter(name, value));
  return stackCommand("create-stack", command, ["--template-url", command.templateUrl], parameters);
}

/** Updates a stack: sets `parameters`, keeps those in `keep`, and the template too unless another is given. */
export function updateStackCommand(
  command: StackCommand & { readonly keep: readonly string[]; readonly templateUrl?: string },
): string {
  const kept = command.keep.filter((name) => !Object.hasOwn(command.parameters, name));
  const parameters = [
    ...Object.entries(command.parameters).map(([name, value]) => setParameter(name, value)),
    ...kept.map((name): Parameter => ({ ParameterKey: name, UsePreviousValue: true })),
  ];
  const template = command.templateUrl ? ["--template-url", command.templateUrl] : ["--use-previous-template"];
  return stackCommand("update-stack", command, template, parameters);
}

type Parameter = { ParameterKey: string } & ({ ParameterValue: string } | { UsePreviousValue: true });

function setParameter(name: string, value: string): Parameter {
  return { ParameterKey: name, ParameterValue: value };
}

function stackCommand(
  verb: string,
  command: StackCommand,
  template: readonly string[],
  parameters: Parameter[],
): string {
  requireStackName(command.stackName);
  const lines = [
    `aws cloudformation ${verb}`,
    `--region ${quoted(command.region)}`,
    `--stack-name ${quoted(command.stackName)}`,
    template.map(quoted).join(" "),
    "--capabilities CAPABILITY_NAMED_IAM",
    ["--parameters", ...parameterArguments(parameters)].join(" \\\n    "),
  ];
  return lines.join(" \\\n  ");
}

/** The CLI's shorthand where it is unambiguous; one JSON list where a value holds what shorthand would take apart. */
function parameterArguments(parameters: readonly Parameter[]): string[] {
  const plain = parameters.every((parameter) =>
    /^[\w./:+@-]*$/.test("ParameterValue" in parameter ? parameter.ParameterValue : ""),
  );
  if (!plain) return [quoted(JSON.stringify(parameters))];
  return parameters.map((parameter) =>
    quoted(
      "ParameterValue" in parameter
        ? `ParameterKey=${parameter.ParameterKey},ParameterValue=${parameter.ParameterValue}`
        : `ParameterKey=${parameter.ParameterKey},UsePreviousValue=true`,
    ),
  );
}

export function quoted(text: string): string {
  return /^[\w./:=,@+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
