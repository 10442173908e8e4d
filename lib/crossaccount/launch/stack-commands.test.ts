import { execFileSync } from "node:child_process";
import { search } from "jmespath";
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

const update = { region: stack.region, stackName: stack.stackName, parameters: { SetupPhase: "false" } };
const asked = [
  ...["cloudformation", "describe-stacks", "--region", "eu-west-1", "--stack-name", "Nimbus-Role"],
  ...["--output", "json", "--query"],
];

test("the update command changes what it names and keeps the template, and each other parameter that the stack has", () => {
  const [query = "", ...words] = argumentsInShell(updateStackCommand(update)).slice(asked.length);
  expect(search(described("ExternalId", "SetupPhase", "RoleName"), query)).toEqual([
    { ParameterKey: "ExternalId", UsePreviousValue: true },
    { ParameterKey: "RoleName", UsePreviousValue: true },
    { ParameterKey: "SetupPhase", ParameterValue: "false" },
  ]);
  expect(words).toEqual([
    ...["cloudformation", "update-stack", "--region", "eu-west-1", "--stack-name", "Nimbus-Role"],
    ...["--use-previous-template", "--capabilities", "CAPABILITY_NAMED_IAM", "--parameters"],
    "what the stack said",
  ]);
});

test("the update command can bring another template: only its parameters are kept, and what is new is set", () => {
  const template = {
    url: stack.templateUrl,
    parameters: ["ExternalId", "SetupPhase", "FeatureOld", "FeatureNew"],
    whereNew: { FeatureOld: "false", FeatureNew: "false" },
  };
  const words = argumentsInShell(updateStackCommand({ ...update, parameters: {}, template }));
  expect(search(described("ExternalId", "FeatureOld", "FeatureGone"), words[asked.length] ?? "")).toEqual([
    { ParameterKey: "ExternalId", UsePreviousValue: true },
    { ParameterKey: "FeatureOld", UsePreviousValue: true },
    { ParameterKey: "FeatureNew", ParameterValue: "false" },
  ]);
  expect(words).toContain(stack.templateUrl);
});

test.each(["it's", "a`b", '"', "$(id)", "\\"])("an update sets a value as it is: %j", (value) => {
  const words = argumentsInShell(updateStackCommand({ ...update, parameters: { ExternalId: value } }));
  expect(search(described("ExternalId"), words[asked.length] ?? "")).toEqual([
    { ParameterKey: "ExternalId", ParameterValue: value },
  ]);
});

test("nothing is updated where the stack cannot be read", () => {
  expect(() => argumentsInShell(updateStackCommand(update), "return 1")).toThrow();
});

function described(...names: string[]) {
  const Parameters = names.map((ParameterKey) => ({ ParameterKey, ParameterValue: "as it was" }));
  return { Stacks: [{ Parameters }] };
}

test("a stack name that could be something else is refused", () => {
  expect(() => createStackCommand({ ...stack, stackName: "--profile=x", parameters: {} })).toThrow(/stack's name/);
});

/** What `aws` would receive from a POSIX shell, call by call. */
function argumentsInShell(command: string, ending = ""): string[] {
  const tell = `for argument in "$@"; do printf '%s\\0' "$argument" >&3; done`;
  const script = `aws() { ${tell}; printf 'what the stack said'; ${ending}\n}\n{ ${command}\n} 3>&1 >/dev/null\n`;
  return execFileSync("sh", ["-c", script], { encoding: "utf8" }).split("\0").slice(0, -1);
}
