import { keptParametersCommand, type StackUpdate } from "./kept-parameters";
import { requireStackName } from "./launch-link";
import { lines, quoted } from "./shell";

export type { StackUpdate } from "./kept-parameters";

export interface StackCommand {
  readonly region: string;
  readonly stackName: string;
}

interface CreateCommand extends StackCommand {
  readonly templateUrl: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** The AWS CLI command that does what a launch link does. Safe to paste into a POSIX shell whatever the values hold. */
export function createStackCommand(command: CreateCommand): string {
  requireStackName(command.stackName);
  return deploy(
    "create-stack",
    command,
    [`--template-url ${quoted(command.templateUrl)}`],
    ["--parameters", ...parameterArguments(command.parameters)],
  );
}

/** Updates a stack: sets `parameters`, and keeps its other parameters as they are, and its template unless another is given. */
export function updateStackCommand(update: StackUpdate): string {
  return chained([keptParametersCommand(update), deploy("update-stack", update, [templateOf(update)], kept)]);
}

/**
 * Updates a stack and undoes what was changed outside CloudFormation, which an update by itself does not see. Where there is
 * nothing to change, a later step says so and the stack stays as it is
 * (CloudFormation User Guide, drift-aware-change-sets).
 */
export function revertDriftCommand(update: StackUpdate & { readonly changeSetName: string }): string {
  const changeSet = `--change-set-name ${quoted(update.changeSetName)}`;
  const of = [...stackOptions(update), changeSet];
  const mode = [changeSet, "--deployment-mode REVERT_DRIFT", templateOf(update)];
  return chained([
    keptParametersCommand(update),
    deploy("create-change-set", update, mode, kept),
    lines("aws cloudformation wait change-set-create-complete", of),
    lines("aws cloudformation execute-change-set", of),
    lines("aws cloudformation wait stack-update-complete", stackOptions(update)),
  ]);
}

/** Deletes a stack and waits until its name is free again. */
export function deleteStackCommand(command: StackCommand): string {
  requireStackName(command.stackName);
  return chained([
    lines("aws cloudformation delete-stack", stackOptions(command)),
    lines("aws cloudformation wait stack-delete-complete", stackOptions(command)),
  ]);
}

const kept = ["--parameters", '"$stack_parameters"'];

function chained(commands: readonly string[]): string {
  return commands.join(" &&\n");
}

function templateOf({ template }: StackUpdate): string {
  return template ? `--template-url ${quoted(template.url)}` : "--use-previous-template";
}

function stackOptions({ region, stackName }: StackCommand): string[] {
  return [`--region ${quoted(region)}`, `--stack-name ${quoted(stackName)}`];
}

function deploy(verb: string, stack: StackCommand, options: readonly string[], parameters: readonly string[]): string {
  return lines(`aws cloudformation ${verb}`, [
    ...stackOptions(stack),
    ...options,
    "--capabilities CAPABILITY_NAMED_IAM",
    parameters.join(parameters.length > 2 ? " \\\n    " : " "),
  ]);
}

/** The CLI's shorthand where it is unambiguous; one JSON list where a value holds what shorthand would take apart. */
function parameterArguments(parameters: Readonly<Record<string, string>>): string[] {
  const all = Object.entries(parameters);
  if (all.every(([, value]) => /^[\w./:+@-]*$/.test(value))) {
    return all.map(([name, value]) => quoted(`ParameterKey=${name},ParameterValue=${value}`));
  }
  return [quoted(JSON.stringify(all.map(([name, value]) => ({ ParameterKey: name, ParameterValue: value }))))];
}
