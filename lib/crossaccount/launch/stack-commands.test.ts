import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { createStackCommand, updateStackCommand } from "./stack-commands";

const stack = {
  region: "eu-west-1",
  stackName: "Nimbus-Role",
  templateUrl: "https://b.s3.eu-west-1.amazonaws.com/t?versionId=a&b",
};

test("the create command passes everything that the launch link does", () => {
  const command = createStackCommand({ ...stack, parameters: { ExternalId: "nimbus-0f", PermissionsBoundaryArn: "" } });
  expect(argumentsInShell(command)).toEqual([
    ...["cloudformation", "create-stack", "--region", "eu-west-1", "--stack-name", "Nimbus-Role"],
    ...["--template-url", stack.templateUrl, "--capabilities", "CAPABILITY_NAMED_IAM", "--parameters"],
    "ParameterKey=ExternalId,ParameterValue=nimbus-0f",
    "ParameterKey=PermissionsBoundaryArn,ParameterValue=",
  ]);
});

test.each([
  "a,b",
  "x=y",
  "it's",
  '"quoted"',
  "$(touch /tmp/pwned)",
  "`id`",
  "two words",
  "line\nbreak",
  "; rm -rf /",
  "é",
])("a value reaches AWS as it is, whatever a shell or the CLI's shorthand would make of it: %j", (value) => {
  const command = createStackCommand({ ...stack, parameters: { ExternalId: value, SetupPhase: "true" } });
  const list: unknown = JSON.parse(argumentsInShell(command).at(-1) ?? "");
  expect(list).toEqual([
    { ParameterKey: "ExternalId", ParameterValue: value },
    { ParameterKey: "SetupPhase", ParameterValue: "true" },
  ]);
});

test("the update command changes what it names and keeps the template and the other parameters", () => {
  const keep = ["ExternalId", "SetupPhase", "RoleName"];
  const command = updateStackCommand({
    region: "eu-west-1",
    stackName: "Nimbus-Role",
    parameters: { SetupPhase: "false" },
    keep,
  });
  expect(argumentsInShell(command).slice(6)).toEqual([
    ...["--use-previous-template", "--capabilities", "CAPABILITY_NAMED_IAM", "--parameters"],
    "ParameterKey=SetupPhase,ParameterValue=false",
    "ParameterKey=ExternalId,UsePreviousValue=true",
    "ParameterKey=RoleName,UsePreviousValue=true",
  ]);
});

test("the update command can bring a newer template", () => {
  const command = updateStackCommand({ ...stack, parameters: {}, keep: ["ExternalId"] });
  expect(argumentsInShell(command).slice(6, 8)).toEqual(["--template-url", stack.templateUrl]);
});

test("a stack name that could be something else is refused", () => {
  expect(() => createStackCommand({ ...stack, stackName: "--profile=x", parameters: {} })).toThrow(/stack's name/);
});

/** What `aws` would receive from a POSIX shell. */
function argumentsInShell(command: string): string[] {
  const script = `aws() { for argument in "$@"; do printf '%s\\0' "$argument"; done; }\n${command}\n`;
  return execFileSync("sh", ["-c", script], { encoding: "utf8" }).split("\0").slice(0, -1);
}
