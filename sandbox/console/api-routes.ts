import { isObject } from "../cloudformation/template/json";
import type { RequestContext } from "../service";

type Input = Record<string, unknown>;
type ApiRoute = (input: Input, context: RequestContext) => Promise<unknown>;

export const routes: Record<string, ApiRoute> = {
  "GET template": ({ templateURL, stackId }, context) => {
    const source = stackId ? { StackName: stackId } : { TemplateURL: templateURL };
    return context.call("cloudformation", "GetTemplateSummary", source);
  },
  "GET stacks": async (_input, context) => {
    const { Stacks } = await context.call<{ Stacks: unknown[] }>("cloudformation", "DescribeStacks", {});
    return { stacks: Stacks };
  },
  "GET stack": async ({ stackId }, context) => {
    const StackName = String(stackId ?? "");
    const { Stacks } = await context.call<{ Stacks: unknown[] }>("cloudformation", "DescribeStacks", { StackName });
    const { StackEvents } = await context.call<{ StackEvents: unknown[] }>("cloudformation", "DescribeStackEvents", {
      StackName,
    });
    const { TemplateBody } = await context.call<{ TemplateBody: string }>("cloudformation", "GetTemplate", {
      StackName,
    });
    return { stack: Stacks[0], events: StackEvents, template: TemplateBody };
  },
  "POST create": (input, context) =>
    context.call("cloudformation", "CreateStack", {
      StackName: input.stackName,
      TemplateURL: input.templateURL,
      Parameters: given(input.parameters),
      Capabilities: input.capabilities,
    }),
  "POST update": (input, context) =>
    context.call("cloudformation", "UpdateStack", {
      StackName: input.stackId,
      ...(input.templateURL ? { TemplateURL: input.templateURL } : { UsePreviousTemplate: true }),
      Parameters: [...given(input.parameters), ...kept(input.previous)],
      Capabilities: input.capabilities,
    }),
  "GET role": async ({ roleName }, context) => {
    const { Role } = await context.call<{ Role: { AssumeRolePolicyDocument: string } }>("iam", "GetRole", {
      RoleName: roleName,
    });
    const document: unknown = JSON.parse(decodeURIComponent(Role.AssumeRolePolicyDocument));
    return { trustPolicy: JSON.stringify(document, null, 2) };
  },
  "POST trust": async ({ roleName, trustPolicy }, context) => {
    await context.call("iam", "UpdateAssumeRolePolicy", { RoleName: roleName, PolicyDocument: trustPolicy });
    return {};
  },
  "POST revoke": async ({ roleName }, context) => {
    // As the console does it (IAM User Guide, id_roles_use_revoke-sessions).
    const condition = { DateLessThan: { "aws:TokenIssueTime": context.now().toISOString() } };
    const statement = { Effect: "Deny", Action: ["*"], Resource: ["*"], Condition: condition };
    await context.call("iam", "PutRolePolicy", {
      RoleName: roleName,
      PolicyName: "AWSRevokeOlderSessions",
      PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }),
    });
    return {};
  },
  "POST delete": async ({ stackId }, context) => {
    await context.call("cloudformation", "DeleteStack", { StackName: stackId });
    return {};
  },
};

function given(parameters: unknown): Input[] {
  const entries = isObject(parameters) ? Object.entries(parameters) : [];
  return entries.map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue }));
}

function kept(names: unknown): Input[] {
  return (Array.isArray(names) ? names : []).map((ParameterKey) => ({ ParameterKey, UsePreviousValue: true }));
}
