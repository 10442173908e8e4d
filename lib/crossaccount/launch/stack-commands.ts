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

export interface UpdateCommand extends StackCommand {
  /** Parameters that stay as they are. */
  readonly keep: readonly string[];
  /** The stack's own template stays unless given. */
  readonly templateUrl?: string;
}

/** Updates a stack: sets `parameters`, keeps those in `keep`, and the template too unless another is given. */
export function updateStackCommand(command: UpdateCommand): string {
  return stackCommand("update-stack", command, templateOf(command), updateParameters(command));
}

/**
 * Updates a stack and undoes what was changed outside CloudFormation, which an update by itself does not see. Where there is
 * nothing to change, the second step says so and the stack stays as it is
 * (CloudFormation User Guide, drift-aware-change-sets).
 */
export function revertDriftCommand(command: UpdateCommand & { readonly changeSetName: string }): string {
  const of = [
    `--region ${quoted(command.region)}`,
    `--stack-name ${quoted(command.stackName)}`,
    `--change-set-name ${quoted(command.changeSetName)}`,
  ];
  const mode = ["--change-set-name", command.changeSetName, "--deployment-mode", "REVERT_DRIFT"];
  return [
    stackCommand("create-change-set", command, [...mode, ...templateOf(command)], updateParameters(command)),
    lines("aws cloudformation wait change-set-create-complete", of),
    lines("aws cloudformation execute-change-set", of),
    lines("aws cloudformation wait stack-update-complete", of.slice(0, 2)),
  ].join(" &&\n");
}

/** Deletes a stack and waits until its name is free again. */
export function deleteStackCommand({ region, stackName }: Omit<StackCommand, "parameters">): string {
  requireStackName(stackName);
  const of = [`--region ${quoted(region)}`, `--stack-name ${quoted(stackName)}`];
  return [
    lines("aws cloudformation delete-stack", of),
    lines("aws cloudformation wait stack-delete-complete", of),
  ].join(" &&\n");
}

function templateOf({ templateUrl }: UpdateCommand): string[] {
  return templateUrl ? ["--template-url", templateUrl] : ["--use-previous-template"];
}

function updateParameters({ parameters, keep }: UpdateCommand): Parameter[] {
  const kept = keep.filter((name) => !Object.hasOwn(parameters, name));
  return [
    ...Object.entries(parameters).map(([name, value]) => setParameter(name, value)),
    ...kept.map((name): Parameter => ({ ParameterKey: name, UsePreviousValue: true })),
  ];
}

function lines(command: string, options: readonly string[]): string {
  return [command, ...options].join(" \\\n  ");
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
  return lines(`aws cloudformation ${verb}`, [
    `--region ${quoted(command.region)}`,
    `--stack-name ${quoted(command.stackName)}`,
    template.map(quoted).join(" "),
    "--capabilities CAPABILITY_NAMED_IAM",
    ["--parameters", ...parameterArguments(parameters)].join(" \\\n    "),
  ]);
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
