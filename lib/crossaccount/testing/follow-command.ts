import {
  CloudFormationClient,
  CreateChangeSetCommand,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  type Parameter,
  UpdateStackCommand,
} from "@aws-sdk/client-cloudformation";
import {
  AttachRolePolicyCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  IAMClient,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from "@aws-sdk/client-iam";
import { search } from "jmespath";
import { shellCommands } from "./shell-words";

/** Runs a printed command line as a shell with the AWS CLI would; what neither takes is an error. */
export async function followCommand(line: string, aws: { endpoint: string; accountId: string }): Promise<void> {
  const printed = new Map<string, string>();
  for (const { words, into } of shellCommands(line)) {
    const known = words.map((word) => (typeof word === "string" ? word : (printed.get(word.variable) ?? "")));
    const output = await runOne(known, aws);
    if (into) printed.set(into, JSON.stringify(output, null, 4));
  }
}

type Options = ReadonlyMap<string, readonly string[]>;

async function runOne(words: readonly string[], { endpoint, accountId }: { endpoint: string; accountId: string }) {
  const [program, service, ...rest] = words;
  const verb = rest[0] === "wait" ? rest.splice(0, 2).join(" ") : rest.shift();
  const known = verbs[`${service} ${verb}`];
  if (program !== "aws" || !known) throw new Error(`No command of the AWS CLI: ${words.slice(0, 4).join(" ")}`);
  const options = readOptions(rest, [...known.options, "region"]);
  const region = one(options, "region");
  const credentials = { accessKeyId: `AKIASANDBOX${accountId}`, secretAccessKey: "sandbox" };
  const access = { endpoint, region, credentials, maxAttempts: 1 };
  const clients = { cloudformation: new CloudFormationClient(access), iam: new IAMClient(access) };
  try {
    return await known.run(clients, options);
  } finally {
    clients.cloudformation.destroy();
    clients.iam.destroy();
  }
}

interface Clients {
  cloudformation: CloudFormationClient;
  iam: IAMClient;
}

interface Verb {
  options: readonly string[];
  run: (clients: Clients, options: Options) => Promise<unknown>;
}

const stack = ["stack-name"];
const deploying = [...stack, "template-url", "use-previous-template", "capabilities", "parameters"];

const verbs: Record<string, Verb> = {
  "cloudformation create-stack": {
    options: deploying,
    run: ({ cloudformation }, options) =>
      cloudformation.send(new CreateStackCommand({ ...deployment(options), UsePreviousTemplate: undefined } as never)),
  },
  "cloudformation update-stack": {
    options: deploying,
    run: ({ cloudformation }, options) => cloudformation.send(new UpdateStackCommand(deployment(options))),
  },
  "cloudformation create-change-set": {
    options: [...deploying, "change-set-name", "deployment-mode"],
    run: ({ cloudformation }, options) =>
      cloudformation.send(
        new CreateChangeSetCommand({
          ...deployment(options),
          ChangeSetName: one(options, "change-set-name"),
          DeploymentMode: one(options, "deployment-mode") as "REVERT_DRIFT",
        }),
      ),
  },
  "cloudformation wait change-set-create-complete": {
    options: [...stack, "change-set-name"],
    run: async ({ cloudformation }, options) => {
      const ChangeSetName = one(options, "change-set-name");
      const found = await cloudformation.send(new DescribeChangeSetCommand({ ...named(options), ChangeSetName }));
      expectStatus(found.Status, "CREATE_COMPLETE", found.StatusReason);
    },
  },
  "cloudformation execute-change-set": {
    options: [...stack, "change-set-name"],
    run: ({ cloudformation }, options) =>
      cloudformation.send(
        new ExecuteChangeSetCommand({ ...named(options), ChangeSetName: one(options, "change-set-name") }),
      ),
  },
  "cloudformation wait stack-update-complete": {
    options: stack,
    run: async ({ cloudformation }, options) => {
      const { Stacks } = await cloudformation.send(new DescribeStacksCommand(named(options)));
      expectStatus(Stacks?.[0]?.StackStatus, "UPDATE_COMPLETE", Stacks?.[0]?.StackStatusReason);
    },
  },
  "cloudformation describe-stacks": {
    options: [...stack, "output", "query"],
    run: async ({ cloudformation }, options) => {
      if (one(options, "output") !== "json") throw new Error("--output is not json");
      return search(await cloudformation.send(new DescribeStacksCommand(named(options))), one(options, "query"));
    },
  },
  "cloudformation delete-stack": {
    options: stack,
    run: ({ cloudformation }, options) => cloudformation.send(new DeleteStackCommand(named(options))),
  },
  "cloudformation wait stack-delete-complete": {
    options: stack,
    run: async ({ cloudformation }, options) => {
      const gone = await cloudformation.send(new DescribeStacksCommand(named(options))).catch(() => undefined);
      expectStatus(gone?.Stacks?.[0]?.StackStatus, undefined);
    },
  },
  "iam update-assume-role-policy": {
    options: ["role-name", "policy-document"],
    run: ({ iam }, options) =>
      iam.send(
        new UpdateAssumeRolePolicyCommand({ ...role(options), PolicyDocument: one(options, "policy-document") }),
      ),
  },
  "iam attach-role-policy": {
    options: ["role-name", "policy-arn"],
    run: ({ iam }, options) =>
      iam.send(new AttachRolePolicyCommand({ ...role(options), PolicyArn: one(options, "policy-arn") })),
  },
  "iam put-role-policy": {
    options: ["role-name", "policy-name", "policy-document"],
    run: ({ iam }, options) =>
      iam.send(
        new PutRolePolicyCommand({
          ...role(options),
          PolicyName: one(options, "policy-name"),
          PolicyDocument: one(options, "policy-document"),
        }),
      ),
  },
  "iam put-role-permissions-boundary": {
    options: ["role-name", "permissions-boundary"],
    run: ({ iam }, options) =>
      iam.send(
        new PutRolePermissionsBoundaryCommand({
          ...role(options),
          PermissionsBoundary: one(options, "permissions-boundary"),
        }),
      ),
  },
  "iam detach-role-policy": {
    options: ["role-name", "policy-arn"],
    run: ({ iam }, options) =>
      iam.send(new DetachRolePolicyCommand({ ...role(options), PolicyArn: one(options, "policy-arn") })),
  },
  "iam delete-role-policy": {
    options: ["role-name", "policy-name"],
    run: ({ iam }, options) =>
      iam.send(new DeleteRolePolicyCommand({ ...role(options), PolicyName: one(options, "policy-name") })),
  },
  "iam update-role": {
    options: ["role-name", "max-session-duration"],
    run: ({ iam }, options) =>
      iam.send(
        new UpdateRoleCommand({ ...role(options), MaxSessionDuration: Number(one(options, "max-session-duration")) }),
      ),
  },
};

function readOptions(words: readonly string[], known: readonly string[]): Options {
  const options = new Map<string, string[]>();
  let current: string[] | undefined;
  for (const word of words) {
    const name = /^--([a-z-]+)$/.exec(word)?.[1];
    if (name === undefined) {
      if (!current) throw new Error(`The AWS CLI takes no word here: ${word}`);
      current.push(word);
      continue;
    }
    if (!known.includes(name) || options.has(name)) throw new Error(`Unknown or repeated option: --${name}`);
    current = [];
    options.set(name, current);
  }
  return options;
}

function one(options: Options, name: string): string {
  const [value, ...more] = options.get(name) ?? [];
  if (value === undefined || more.length > 0) throw new Error(`--${name} takes one value`);
  return value;
}

function named(options: Options) {
  return { StackName: one(options, "stack-name") };
}

function role(options: Options) {
  return { RoleName: one(options, "role-name") };
}

function deployment(options: Options) {
  const previous = options.get("use-previous-template");
  if (previous && previous.length > 0) throw new Error("--use-previous-template takes no value");
  return {
    ...named(options),
    ...(previous ? { UsePreviousTemplate: true } : { TemplateURL: one(options, "template-url") }),
    Capabilities: [one(options, "capabilities") as "CAPABILITY_NAMED_IAM"],
    Parameters: parameters(options.get("parameters") ?? []),
  };
}

/** The CLI's shorthand, or one JSON list. */
function parameters(words: readonly string[]): Parameter[] {
  if (words.length === 1 && words[0]?.startsWith("[")) return JSON.parse(words[0]) as Parameter[];
  return words.map((word) => {
    const [, key, kind, value] =
      /^ParameterKey=(\w+),(ParameterValue|UsePreviousValue)=([\w./:+@-]*)$/.exec(word) ?? [];
    if (!key || value === undefined) throw new Error(`Not the CLI's shorthand: ${word}`);
    if (kind === "ParameterValue") return { ParameterKey: key, ParameterValue: value };
    if (value !== "true") throw new Error(`Not a true: ${word}`);
    return { ParameterKey: key, UsePreviousValue: true };
  });
}

function expectStatus(found: string | undefined, wanted: string | undefined, reason = ""): void {
  if (found !== wanted)
    throw new Error(`Waiter failed: ${found ?? "nothing"} instead of ${wanted ?? "nothing"}: ${reason}`);
}
