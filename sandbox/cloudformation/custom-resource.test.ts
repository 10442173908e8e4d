import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CloudFormationClient as Client,
  type CloudFormationClient,
  CreateChangeSetCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStackResourcesCommand,
  ExecuteChangeSetCommand,
  UpdateStackCommand,
} from "@aws-sdk/client-cloudformation";
import { CreateRoleCommand, GetRoleCommand, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { AssumeRoleCommand } from "@aws-sdk/client-sts";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { presign } from "../protocol/presign";
import { createSandbox, type RunningSandbox } from "../server";
import { administratorOf, expectError, iamOf, policyOf, sessionOf, stsOf } from "../testing/clients";
import { clients, describeOne, eventLines, launch, reasons } from "../testing/cloudformation";
import { type Provider, respond, startProvider, TOPIC, VENDOR, whenSettled } from "../testing/custom-resource";

const customer = "111122223333";

let sandbox: RunningSandbox;
let aws: ReturnType<typeof clients>;
let provider: Provider;
let waits: { ms: number; end(): void }[];

/** Time that passes only when a test says so. */
function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const item = { ms, end: resolve };
    waits.push(item);
    signal.addEventListener("abort", () => {
      waits = waits.filter((other) => other !== item);
      resolve();
    });
  });
}

beforeEach(async () => {
  waits = [];
  sandbox = await createSandbox({ wait });
  aws = clients(sandbox.url, customer);
  provider = await startProvider(sandbox.url);
});
afterEach(async () => {
  await sandbox.close();
  await provider.close();
});

const trust = policyOf({ Effect: "Allow", Principal: { AWS: VENDOR }, Action: "sts:AssumeRole" });

function template(properties: object = {}, more: object = {}): string {
  return JSON.stringify({
    Parameters: { Secret: { Type: "String", Default: "hush-hush", NoEcho: true } },
    Resources: {
      PhoneHome: {
        Type: "Custom::PhoneHome",
        Properties: { ServiceToken: TOPIC, Version: 1, Nested: { On: true, List: [1, "b"] }, ...properties },
      },
      Role: {
        Type: "AWS::IAM::Role",
        Properties: {
          RoleName: "Reader",
          Description: { "Fn::GetAtt": ["PhoneHome", "Answer"] },
          AssumeRolePolicyDocument: JSON.parse(trust) as object,
          ...more,
        },
      },
    },
    Outputs: { Answer: { Value: { "Fn::GetAtt": ["PhoneHome", "Answer"] } }, Id: { Value: { Ref: "PhoneHome" } } },
  });
}

const create = (body = template(), name = "acme") => launch(aws.cloudformation, name, body);
const settled = (name = "acme") => whenSettled(aws.cloudformation, name);
const update = (TemplateBody: string) =>
  aws.cloudformation.send(
    new UpdateStackCommand({ StackName: "acme", TemplateBody, Capabilities: ["CAPABILITY_NAMED_IAM"] }),
  );
const remove = () => aws.cloudformation.send(new DeleteStackCommand({ StackName: "acme" }));
const allReasons = async () => (await reasons(aws.cloudformation, "acme")).join("\n");

/** A stack whose resource has the ID `first` and answers `42`. */
async function made(body = template()): Promise<string> {
  const { StackId = "" } = await create(body);
  await provider.settle("first", { Data: { Answer: 42 } });
  await settled();
  return StackId;
}

describe("a custom resource", () => {
  test("waits for its provider, while CreateStack has answered, and gives the stack what that answered", async () => {
    const stack = await create();
    expect(stack.StackStatus).toBe("CREATE_IN_PROGRESS");
    const request = await provider.next();
    expect(request).toEqual({
      RequestType: "Create",
      ServiceToken: TOPIC,
      ResponseURL: expect.stringMatching(
        `^${sandbox.url}/cloudformation-custom-resource-response-useast1/arn%3Aaws%3Acloudformation`,
      ) as string,
      StackId: stack.StackId,
      RequestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      LogicalResourceId: "PhoneHome",
      ResourceType: "Custom::PhoneHome",
      ResourceProperties: { ServiceToken: TOPIC, Version: "1", Nested: { On: "true", List: ["1", "b"] } },
    });
    expect((await describeOne(aws.cloudformation, "acme")).StackStatus).toBe("CREATE_IN_PROGRESS");
    await expectError(update(template()), "ValidationError", "CREATE_IN_PROGRESS");
    expect((await respond(request, { PhysicalResourceId: "first", Data: { Answer: 42 } })).status).toBe(200);
    expect(await settled()).toMatchObject({
      StackStatus: "CREATE_COMPLETE",
      Outputs: [{ OutputValue: "42" }, { OutputValue: "first" }],
    });
    expect((await eventLines(aws.cloudformation, "acme")).slice(0, 4)).toEqual([
      "acme CREATE_IN_PROGRESS",
      "PhoneHome CREATE_IN_PROGRESS",
      "PhoneHome CREATE_IN_PROGRESS",
      "PhoneHome CREATE_COMPLETE",
    ]);
    const { Role } = await aws.iam.send(new GetRoleCommand({ RoleName: "Reader" }));
    expect(Role?.Description).toBe("42");
  });

  test("of the general type works the same, by a change set", async () => {
    const body = template().replace("Custom::PhoneHome", "AWS::CloudFormation::CustomResource");
    const change = { StackName: "acme", ChangeSetName: "first" };
    const more = { ChangeSetType: "CREATE" as const, Capabilities: ["CAPABILITY_NAMED_IAM" as const] };
    await aws.cloudformation.send(new CreateChangeSetCommand({ ...change, ...more, TemplateBody: body }));
    await aws.cloudformation.send(new ExecuteChangeSetCommand(change));
    const request = await provider.settle("first", { Data: { Answer: "yes" } });
    expect(request.ResourceType).toBe("AWS::CloudFormation::CustomResource");
    expect((await settled()).StackStatus).toBe("CREATE_COMPLETE");
  });

  test("that fails takes the stack back, and is asked to delete what there is of it", async () => {
    await create();
    await provider.settle("half", { Status: "FAILED", Reason: "No such connection" });
    const request = await provider.settle("half");
    expect(request).toMatchObject({ RequestType: "Delete", PhysicalResourceId: "half" });
    expect((await settled()).StackStatus).toBe("ROLLBACK_COMPLETE");
    expect(await allReasons()).toMatch(
      /Received response status \[FAILED\] from custom resource\. Message returned: No such connection \(RequestId: [0-9a-f-]{36}\)/,
    );
    await expectError(aws.iam.send(new GetRoleCommand({ RoleName: "Reader" })), "NoSuchEntity");
  });

  test("is deleted when another resource fails", async () => {
    await create(template({}, { Path: "wrong" }));
    await provider.settle("first", { Data: { Answer: "yes" } });
    expect(await provider.settle("first")).toMatchObject({ RequestType: "Delete", PhysicalResourceId: "first" });
    expect((await settled()).StackStatus).toBe("ROLLBACK_COMPLETE");
  });

  test("is updated with what it was, and stays when it keeps its ID", async () => {
    await made();
    await update(template({ Version: 2 }));
    expect((await describeOne(aws.cloudformation, "acme")).StackStatus).toBe("UPDATE_IN_PROGRESS");
    const request = await provider.settle("first", { Data: { Answer: "43" } });
    expect(request).toMatchObject({
      RequestType: "Update",
      PhysicalResourceId: "first",
      ResourceProperties: { Version: "2" },
      OldResourceProperties: { Version: "1" },
    });
    expect(await settled()).toMatchObject({ StackStatus: "UPDATE_COMPLETE", Outputs: [{ OutputValue: "43" }, {}] });
    expect(provider.count()).toBe(3);
  });

  test("with another ID has been replaced: the old one is deleted afterwards", async () => {
    await made();
    await update(template({ Version: 2 }));
    await provider.settle("second", { Data: { Answer: "43" } });
    expect(await provider.settle("first")).toMatchObject({
      RequestType: "Delete",
      PhysicalResourceId: "first",
      ResourceProperties: { Version: "1" },
    });
    expect(await settled()).toMatchObject({ StackStatus: "UPDATE_COMPLETE", Outputs: [{}, { OutputValue: "second" }] });
    await remove();
    expect(await provider.settle("second")).toMatchObject({ PhysicalResourceId: "second" });
  });

  test("is changed back when the update fails later on, and what that replaced is deleted", async () => {
    await made();
    await update(template({ Version: 2 }, { MaxSessionDuration: 1 }));
    await provider.settle("second", { Data: { Answer: "43" } });
    expect(await provider.settle("first", { Data: { Answer: "42" } })).toMatchObject({
      RequestType: "Update",
      PhysicalResourceId: "second",
      ResourceProperties: { Version: "1" },
      OldResourceProperties: { Version: "2" },
    });
    expect(await provider.settle("second")).toMatchObject({ RequestType: "Delete", PhysicalResourceId: "second" });
    expect(await settled()).toMatchObject({
      StackStatus: "UPDATE_ROLLBACK_COMPLETE",
      Outputs: [{ OutputValue: "42" }, { OutputValue: "first" }],
    });
  });

  test("keeps its ServiceToken", async () => {
    await made();
    await update(template({ ServiceToken: TOPIC.replace("phone-home", "other") }));
    expect((await settled()).StackStatus).toBe("UPDATE_ROLLBACK_COMPLETE");
    expect(provider.count()).toBe(2);
    expect(await allReasons()).toContain("Modifying service token is not allowed.");
  });

  test("is deleted with its stack, which stays when the provider refuses", async () => {
    const stackId = await made();
    await remove();
    await provider.settle("first", { Status: "FAILED", Reason: "still in use" });
    expect((await settled(stackId)).StackStatus).toBe("DELETE_FAILED");
    await remove();
    await provider.settle("first");
    expect((await settled(stackId)).StackStatus).toBe("DELETE_COMPLETE");
  });

  test("makes the stack around its own wait as well", async () => {
    await aws.s3.send(new CreateBucketCommand({ Bucket: "templates" }));
    await aws.s3.send(new PutObjectCommand({ Bucket: "templates", Key: "inner.json", Body: template() }));
    const TemplateURL = `${sandbox.url}/templates/inner.json`;
    const Inner = { Type: "AWS::CloudFormation::Stack", Properties: { TemplateURL } };
    const Outputs = { Answer: { Value: { "Fn::GetAtt": ["Inner", "Outputs.Answer"] } } };
    const stack = await create(JSON.stringify({ Resources: { Inner }, Outputs }));
    expect(stack.StackStatus).toBe("CREATE_IN_PROGRESS");
    await provider.settle("first", { Data: { Answer: "yes" } });
    expect(await settled()).toMatchObject({ StackStatus: "CREATE_COMPLETE", Outputs: [{ OutputValue: "yes" }] });
  });
});

describe("a provider that does not answer", () => {
  test.each([
    [{}, 3600],
    [{ ServiceTimeout: 120 }, 120],
  ])("is waited for as long as %j says, then the stack is taken back", async (properties, seconds) => {
    await create(template(properties));
    const { RequestId } = await provider.next();
    expect(waits.map(({ ms }) => ms)).toEqual([seconds * 1000]);
    waits[0]?.end();
    const request = await provider.settle("any");
    expect(request.RequestType).toBe("Delete");
    expect(request.PhysicalResourceId).toMatch(/^acme-PhoneHome-[A-Z0-9]{12}$/);
    expect((await settled()).StackStatus).toBe("ROLLBACK_COMPLETE");
    expect(await allReasons()).toContain(
      `CloudFormation did not receive a response from your Custom Resource. Please check your logs for requestId [${RequestId}].`,
    );
  });

  test.each([0, 3601, 1.5, "soon"])("cannot be given %s seconds", async (ServiceTimeout) => {
    expect((await create(template({ ServiceTimeout }))).StackStatus).toBe("ROLLBACK_COMPLETE");
    expect(await allReasons()).toContain("ServiceTimeout must be between 1 and 3600 seconds");
  });
});

describe("a response", () => {
  test.each<[string, object, string]>([
    ["of another request", { RequestId: "other" }, "RequestId is not that of the request"],
    ["of another stack", { StackId: "other" }, "StackId is not that of the request"],
    ["with a status that there is not", { Status: "FAILURE" }, "Status"],
    ["without an ID", { PhysicalResourceId: undefined }, "PhysicalResourceId"],
    ["with an empty ID", { PhysicalResourceId: "" }, "PhysicalResourceId"],
    ["of more than 4,096 bytes", { Data: { Answer: "x".repeat(4096) } }, "Response object is too long."],
  ])("%s fails the resource", async (_, response, reason) => {
    await create();
    await provider.settle("first", response);
    await provider.settle("first");
    expect((await settled()).StackStatus).toBe("ROLLBACK_COMPLETE");
    expect(await allReasons()).toContain(reason);
  });

  test("counts once, and only by the address that was given", async () => {
    await create();
    const request = await provider.next();
    const forged = request.ResponseURL.replace(/.$/, (last) => (last === "0" ? "1" : "0"));
    expect((await respond({ ...request, ResponseURL: forged }, { PhysicalResourceId: "evil" })).status).toBe(403);
    const bare = request.ResponseURL.split("?")[0] ?? "";
    for (const account of ["999999999999", customer]) {
      const signer = {
        method: "PUT",
        url: new URL(bare),
        accessKeyId: `AKIASANDBOX${account}`,
        secret: "sandbox",
        region: "us-east-1",
      };
      const own = presign({ ...signer, now: new Date(), expires: 60 });
      expect((await respond({ ...request, ResponseURL: own }, { PhysicalResourceId: "evil" })).status).toBe(403);
    }
    expect((await respond({ ...request, ResponseURL: bare }, { PhysicalResourceId: "evil" })).ok).toBe(false);
    expect((await describeOne(aws.cloudformation, "acme")).StackStatus).toBe("CREATE_IN_PROGRESS");
    await respond(request, { PhysicalResourceId: "first", Data: { Answer: "yes" } });
    await respond(request, { PhysicalResourceId: "late", Data: { Answer: "no" } });
    expect((await settled()).Outputs).toMatchObject([{ OutputValue: "yes" }, { OutputValue: "first" }]);
  });

  test.each([true, false])(
    "with NoEcho %s: what it holds is in outputs, and in events only if it may be",
    async (NoEcho) => {
      await create(template({ Secret: { Ref: "Secret" } }));
      await provider.settle("first", { NoEcho, Data: { Answer: "the-answer" } });
      expect((await settled()).Outputs?.[0]?.OutputValue).toBe("the-answer");
      const { StackEvents = [] } = await aws.cloudformation.send(new DescribeStackEventsCommand({ StackName: "acme" }));
      const properties = StackEvents.map(({ ResourceProperties }) => ResourceProperties).join();
      expect(properties.includes("the-answer")).toBe(!NoEcho);
      expect(properties).not.toContain("hush-hush");
      expect(properties).toContain("****");
    },
  );
});

describe("who asks", () => {
  async function launcher(...statements: object[]): Promise<CloudFormationClient> {
    const settings = administratorOf(customer, sandbox.url);
    const own = policyOf({ Effect: "Allow", Principal: { AWS: customer }, Action: "sts:AssumeRole" });
    await aws.iam.send(new CreateRoleCommand({ RoleName: "Launcher", AssumeRolePolicyDocument: own }));
    const PolicyDocument = policyOf(
      { Effect: "Allow", Action: ["cloudformation:*", "iam:*"], Resource: "*" },
      ...statements,
    );
    await iamOf(settings).send(new PutRolePolicyCommand({ RoleName: "Launcher", PolicyName: "own", PolicyDocument }));
    const RoleArn = `arn:aws:iam::${customer}:role/Launcher`;
    const { Credentials } = await stsOf(settings).send(new AssumeRoleCommand({ RoleArn, RoleSessionName: "me" }));
    return new Client(sessionOf(Credentials, sandbox.url));
  }

  test("is the stack's caller, who may need sns:Publish", async () => {
    const without = await launcher();
    const stack = await launch(without, "acme", template());
    expect(stack.StackStatus).toBe("ROLLBACK_COMPLETE");
    expect(await allReasons()).toMatch(
      /assumed-role\/Launcher\/me is not authorized to perform: SNS:Publish on resource: \S+phone-home because no identity-based policy allows the SNS:Publish action \(Service: AmazonSNS; Status Code: 403; Error Code: AuthorizationError/,
    );
    expect(provider.count()).toBe(1);
  });

  test("with sns:Publish for the topic reaches the provider", async () => {
    const allowed = await launcher({ Effect: "Allow", Action: "sns:Publish", Resource: TOPIC });
    await launch(allowed, "acme", template());
    await provider.settle("first", { Data: { Answer: "yes" } });
    expect((await settled()).StackStatus).toBe("CREATE_COMPLETE");
  });

  test.each<[string, string]>([
    [`arn:aws:lambda:us-east-1:${VENDOR}:function:f`, "Not supported by the sandbox: the function"],
    [TOPIC.replace("us-east-1", "eu-west-1"), "must be in the stack's Region, us-east-1"],
    [TOPIC.replace("phone-home", "closed"), "SNS:Publish"],
    ["phone-home", "Invalid service token."],
  ])("cannot ask %s", async (ServiceToken, reason) => {
    expect((await create(template({ ServiceToken }))).StackStatus).toBe("ROLLBACK_COMPLETE");
    expect(await allReasons()).toContain(reason);
  });
});

test("a reset forgets who waits, and nothing comes of a response to it", async () => {
  await create();
  const request = await provider.next();
  sandbox.reset();
  expect((await respond(request, { PhysicalResourceId: "first", Data: { Answer: "yes" } })).status).toBe(200);
  await expectError(aws.iam.send(new GetRoleCommand({ RoleName: "Reader" })), "NoSuchEntity");
  await expectError(describeOne(aws.cloudformation, "acme"), "ValidationError", "does not exist");
});

test("a stack that waited when the sandbox was stopped has failed after the start, and can be deleted", async () => {
  const directory = mkdtempSync(join(tmpdir(), "sandbox-"));
  const file = join(directory, "state.json");
  const first = await createSandbox({ state: file, wait });
  const listener = await startProvider(first.url);
  const { StackId = "" } = await launch(clients(first.url, customer).cloudformation, "acme", template());
  await listener.next();
  await first.close();
  const again = await createSandbox({ state: file, wait });
  const { cloudformation } = clients(again.url, customer);
  expect((await describeOne(cloudformation, "acme")).StackStatus).toBe("CREATE_FAILED");
  const { StackResources } = await cloudformation.send(new DescribeStackResourcesCommand({ StackName: "acme" }));
  expect(StackResources).toMatchObject([{ ResourceStatus: "CREATE_FAILED" }]);
  await cloudformation.send(new DeleteStackCommand({ StackName: "acme" }));
  expect((await describeOne(cloudformation, StackId)).StackStatus).toBe("DELETE_COMPLETE");
  await again.close();
  await listener.close();
  rmSync(directory, { recursive: true });
});
