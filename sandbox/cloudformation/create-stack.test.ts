import {
  CreateStackCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
} from "@aws-sdk/client-cloudformation";
import {
  CreateRoleCommand,
  GetRoleCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
} from "@aws-sdk/client-iam";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createSandbox, type RunningSandbox } from "../server";
import { clients, describeOne, eventLines, launch, reasons } from "../testing/cloudformation";
import { onboardingTemplate } from "../testing/template";

let sandbox: RunningSandbox;
let aws: ReturnType<typeof clients>;
const parameters = { ExternalId: "acme-0123" };

beforeAll(async () => {
  sandbox = await createSandbox();
  aws = clients(sandbox.url);
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

describe("CreateStack", () => {
  test("makes the role and its policies and answers the outputs", async () => {
    const stack = await launch(aws.cloudformation, "acme", onboardingTemplate, parameters);
    expect(stack).toMatchObject({
      StackName: "acme",
      StackStatus: "CREATE_COMPLETE",
      Description: "Access for a vendor",
      Capabilities: ["CAPABILITY_NAMED_IAM"],
      Outputs: [
        {
          OutputKey: "RoleArn",
          OutputValue: "arn:aws:iam::111122223333:role/acme/acme-access",
          Description: "The role",
        },
        { OutputKey: "ExternalId", OutputValue: "acme-0123" },
        { OutputKey: "Setup", OutputValue: "acme in us-east-1 is being set up" },
      ],
    });
    expect(stack.StackId).toMatch(/^arn:aws:cloudformation:us-east-1:111122223333:stack\/acme\/[0-9a-f-]{36}$/);
    expect(stack.CreationTime).toBeInstanceOf(Date);
    expect(stack.Parameters).toContainEqual({ ParameterKey: "Secret", ParameterValue: "****" });
    const { Role } = await aws.iam.send(new GetRoleCommand({ RoleName: "acme-access" }));
    expect(JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ""))).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::123456789012:root" },
          Action: "sts:AssumeRole",
          Condition: { StringEquals: { "sts:ExternalId": "acme-0123" } },
        },
      ],
    });
    const attached = await aws.iam.send(new ListAttachedRolePoliciesCommand({ RoleName: "acme-access" }));
    expect(attached.AttachedPolicies).toEqual([
      { PolicyName: "acme-access-ongoing", PolicyArn: "arn:aws:iam::111122223333:policy/acme/acme-access-ongoing" },
    ]);
    const inline = await aws.iam.send(new ListRolePoliciesCommand({ RoleName: "acme-access" }));
    expect(inline.PolicyNames).toEqual(["setup"]);
  });

  test("tells its story in AWS's order", async () => {
    await launch(aws.cloudformation, "acme", onboardingTemplate, parameters);
    expect(await eventLines(aws.cloudformation, "acme")).toEqual([
      "acme CREATE_IN_PROGRESS",
      ...["AccessRole", "OngoingPolicy", "SetupPolicy"].flatMap((name) => [
        `${name} CREATE_IN_PROGRESS`,
        `${name} CREATE_IN_PROGRESS`,
        `${name} CREATE_COMPLETE`,
      ]),
      "acme CREATE_COMPLETE",
    ]);
    const { StackResources = [] } = await aws.cloudformation.send(
      new DescribeStackResourcesCommand({ StackName: "acme" }),
    );
    expect(
      StackResources.map(({ LogicalResourceId, PhysicalResourceId }) => [LogicalResourceId, PhysicalResourceId]),
    ).toEqual([
      ["AccessRole", "acme-access"],
      ["OngoingPolicy", "arn:aws:iam::111122223333:policy/acme/acme-access-ongoing"],
      ["SetupPolicy", expect.stringMatching(/^acme-SetupPolicy-[A-Z0-9]{12}$/)],
    ]);
  });

  test("rolls back with the reason when the role's name is taken, leaving the other's role alone", async () => {
    await aws.iam.send(
      new CreateRoleCommand({
        RoleName: "acme-access",
        AssumeRolePolicyDocument: JSON.stringify({
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Principal: { AWS: "111122223333" }, Action: "sts:AssumeRole" }],
        }),
      }),
    );
    const stack = await launch(aws.cloudformation, "acme", onboardingTemplate, parameters);
    expect(stack.StackStatus).toBe("ROLLBACK_COMPLETE");
    expect(await reasons(aws.cloudformation, "acme")).toEqual([
      "The following resource(s) failed to create: [AccessRole]. Rollback requested by user.",
      "acme-access already exists",
      "User Initiated",
    ]);
    const { Role } = await aws.iam.send(new GetRoleCommand({ RoleName: "acme-access" }));
    expect(Role?.Path).toBe("/");
  });

  test("names the stack that has the role, and in another Region only says that it exists", async () => {
    const first = await launch(aws.cloudformation, "acme", onboardingTemplate, parameters);
    await launch(aws.cloudformation, "again", onboardingTemplate, parameters);
    expect(await reasons(aws.cloudformation, "again")).toContain(
      `acme-access already exists in stack ${first.StackId}`,
    );
    const elsewhere = clients(sandbox.url, "111122223333", "eu-west-1");
    const stack = await launch(elsewhere.cloudformation, "acme", onboardingTemplate, parameters);
    expect(stack.StackStatus).toBe("ROLLBACK_COMPLETE");
    expect(await reasons(elsewhere.cloudformation, "acme")).toContain("acme-access already exists");
  });

  test("removes what was made before the failure", async () => {
    const template = onboardingTemplate.replace('Resource: "*"}]\n  SetupPolicy', 'Resourcex: "*"}]\n  SetupPolicy');
    const stack = await launch(aws.cloudformation, "acme", template, parameters);
    expect(stack.StackStatus).toBe("ROLLBACK_COMPLETE");
    await expect(aws.iam.send(new GetRoleCommand({ RoleName: "acme-access" }))).rejects.toThrow("cannot be found");
    expect(await eventLines(aws.cloudformation, "acme")).toEqual([
      "acme CREATE_IN_PROGRESS",
      "AccessRole CREATE_IN_PROGRESS",
      "AccessRole CREATE_IN_PROGRESS",
      "AccessRole CREATE_COMPLETE",
      "OngoingPolicy CREATE_IN_PROGRESS",
      "OngoingPolicy CREATE_FAILED",
      "acme ROLLBACK_IN_PROGRESS",
      "OngoingPolicy DELETE_IN_PROGRESS",
      "OngoingPolicy DELETE_COMPLETE",
      "AccessRole DELETE_IN_PROGRESS",
      "AccessRole DELETE_COMPLETE",
      "acme ROLLBACK_COMPLETE",
    ]);
  });

  test("keeps what was made when rollback is disabled, and deletes the stack when that is asked for", async () => {
    const template = onboardingTemplate.replace("PolicyName: setup", "PolicyName: setup\n      Unknown: 1");
    const kept = await launch(aws.cloudformation, "kept", template, parameters, { DisableRollback: true });
    expect(kept.StackStatus).toBe("CREATE_FAILED");
    expect(await reasons(aws.cloudformation, "kept")).toContain("Encountered unsupported property Unknown");
    await aws.iam.send(new GetRoleCommand({ RoleName: "acme-access" }));
    const other = { ...parameters, RoleName: "other" };
    const gone = await launch(aws.cloudformation, "gone", template, other, { OnFailure: "DELETE" });
    expect(gone.StackStatus).toBe("DELETE_COMPLETE");
    await expect(aws.iam.send(new GetRoleCommand({ RoleName: "other" }))).rejects.toThrow("cannot be found");
  });

  test.each([
    [{}, {}, "ValidationError", "Parameters: [ExternalId] must have values"],
    [{ ExternalId: "ok", Nope: "x" }, {}, "ValidationError", "Parameters: [Nope] do not exist in the template"],
    [
      { ExternalId: "ok", SetupPhase: "no" },
      {},
      "ValidationError",
      "Parameter 'SetupPhase' must be one of AllowedValues",
    ],
    [{ ExternalId: "a b" }, {}, "ValidationError", "Parameter 'ExternalId' must match pattern [\\w+=,.@:/-]*"],
    [
      parameters,
      { Capabilities: [] },
      "InsufficientCapabilitiesException",
      "Requires capabilities : [CAPABILITY_NAMED_IAM]",
    ],
    [parameters, { Capabilities: ["CAPABILITY_IAM"] }, "InsufficientCapabilitiesException", "CAPABILITY_NAMED_IAM"],
    [
      parameters,
      { StackName: "1acme" },
      "ValidationError",
      "Value '1acme' at 'stackName' failed to satisfy constraint",
    ],
    [
      parameters,
      { TemplateBody: undefined },
      "ValidationError",
      "Either Template URL or Template Body must be specified.",
    ],
    [parameters, { TemplateBody: " ".repeat(51_201) }, "ValidationError", "less than or equal to 51200"],
    [
      parameters,
      { RoleARN: "arn:aws:iam::111122223333:role/service" },
      "ValidationError",
      "Not supported by the sandbox: RoleARN",
    ],
    [
      parameters,
      { TemplateBody: undefined, TemplateURL: "https://example.com/t.json" },
      "ValidationError",
      "TemplateURL must be a supported URL.",
    ],
  ] as const)("refuses %j with %j", async (given, more, name, message) => {
    const attempt = launch(aws.cloudformation, "acme", onboardingTemplate, given, more as object);
    await expect(attempt).rejects.toMatchObject({ name, message: expect.stringContaining(message) });
    const { Stacks } = await aws.cloudformation.send(new DescribeStacksCommand({}));
    expect(Stacks ?? []).toEqual([]);
  });

  test("refuses a name in use, but not one whose stack was in another account or Region", async () => {
    const named = (RoleName: string) => ({ ...parameters, RoleName });
    await launch(aws.cloudformation, "acme", onboardingTemplate, parameters);
    await expect(launch(aws.cloudformation, "acme", onboardingTemplate, named("other"))).rejects.toMatchObject({
      name: "AlreadyExistsException",
      message: "Stack [acme] already exists",
    });
    const otherAccount = clients(sandbox.url, "444455556666");
    const stack = await launch(otherAccount.cloudformation, "acme", onboardingTemplate, parameters);
    expect(stack).toMatchObject({ StackStatus: "CREATE_COMPLETE" });
    expect(stack.Outputs?.[0]?.OutputValue).toBe("arn:aws:iam::444455556666:role/acme/acme-access");
    const otherRegion = clients(sandbox.url, "111122223333", "eu-west-1");
    await launch(otherRegion.cloudformation, "acme", onboardingTemplate, named("other"));
    await expect(
      describeOne(clients(sandbox.url, "777788889999").cloudformation, stack.StackId ?? ""),
    ).rejects.toMatchObject({
      name: expect.stringMatching(/ValidationError|AccessDenied/),
    });
  });

  test("uses the partition of its Region", async () => {
    const china = clients(sandbox.url, "111122223333", "cn-north-1");
    const stack = await launch(china.cloudformation, "acme", onboardingTemplate, parameters);
    expect(stack.StackId).toMatch(/^arn:aws-cn:cloudformation:cn-north-1:/);
    expect(stack.Outputs?.[0]?.OutputValue).toBe("arn:aws-cn:iam::111122223333:role/acme/acme-access");
  });

  test("a request without a name is refused", async () => {
    const command = new CreateStackCommand({ StackName: "", TemplateBody: onboardingTemplate });
    await expect(aws.cloudformation.send(command)).rejects.toMatchObject({ name: "ValidationError" });
  });
});
