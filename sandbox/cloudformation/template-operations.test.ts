import {
  CreateStackCommand,
  DeleteStackCommand,
  GetTemplateCommand,
  GetTemplateSummaryCommand,
  ValidateTemplateCommand,
} from "@aws-sdk/client-cloudformation";
import {
  CreateBucketCommand,
  DeletePublicAccessBlockCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createSandbox, type RunningSandbox } from "../server";
import { clients, describeOne, launch, reasons } from "../testing/cloudformation";
import { onboardingTemplate } from "../testing/template";

let sandbox: RunningSandbox;
let aws: ReturnType<typeof clients>;
let vendor: ReturnType<typeof clients>;
const parameters = { ExternalId: "acme-0123" };
const handle = "Resources: {A: {Type: AWS::CloudFormation::WaitConditionHandle}}";

beforeAll(async () => {
  sandbox = await createSandbox();
  aws = clients(sandbox.url);
  vendor = clients(sandbox.url, "123456789012");
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

async function publish({ isPublic }: { isPublic: boolean }): Promise<string> {
  const Bucket = "vendor-templates";
  await vendor.s3.send(new CreateBucketCommand({ Bucket }));
  await vendor.s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }));
  if (isPublic) {
    const Statement = [
      {
        Effect: "Allow",
        Principal: "*",
        Action: ["s3:GetObject", "s3:GetObjectVersion"],
        Resource: `arn:aws:s3:::${Bucket}/*`,
      },
    ];
    await vendor.s3.send(new DeletePublicAccessBlockCommand({ Bucket }));
    await vendor.s3.send(
      new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Version: "2012-10-17", Statement }) }),
    );
  }
  const put = (Body: string) => vendor.s3.send(new PutObjectCommand({ Bucket, Key: "t/a b.yaml", Body }));
  const { VersionId } = await put(onboardingTemplate);
  await put("broken: [");
  return `?versionId=${VersionId}`;
}

describe("a template in S3", () => {
  test.each([
    () => `${sandbox.url}/vendor-templates/t/a%20b.yaml`,
    () => "https://vendor-templates.s3.us-east-1.amazonaws.com/t/a%20b.yaml",
  ])("is read by its address with the caller's own permissions, in the version the link pins", async (address) => {
    const version = await publish({ isPublic: true });
    const stack = await launch(aws.cloudformation, "acme", "", parameters, {
      TemplateBody: undefined,
      TemplateURL: address() + version,
    });
    expect(stack.StackStatus).toBe("CREATE_COMPLETE");
    const newest = new ValidateTemplateCommand({ TemplateURL: address() });
    await expect(aws.cloudformation.send(newest)).rejects.toThrow("YAML not well-formed");
  });

  test("of another account that does not share it is refused", async () => {
    const version = await publish({ isPublic: false });
    const TemplateURL = `${sandbox.url}/vendor-templates/t/a%20b.yaml${version}`;
    await expect(aws.cloudformation.send(new ValidateTemplateCommand({ TemplateURL }))).rejects.toMatchObject({
      name: "ValidationError",
      message: expect.stringContaining("S3 error: Access Denied"),
    });
    await vendor.cloudformation.send(new ValidateTemplateCommand({ TemplateURL }));
  });

  test("that is not there is refused", async () => {
    await publish({ isPublic: false });
    const TemplateURL = `${sandbox.url}/vendor-templates/nope.yaml`;
    await expect(vendor.cloudformation.send(new ValidateTemplateCommand({ TemplateURL }))).rejects.toThrow(
      "S3 error: The specified key does not exist.",
    );
  });
});

describe("what a template says", () => {
  test("is summarised for whoever is to launch it", async () => {
    const summary = await aws.cloudformation.send(new GetTemplateSummaryCommand({ TemplateBody: onboardingTemplate }));
    expect(summary).toMatchObject({
      Description: "Access for a vendor",
      Capabilities: ["CAPABILITY_NAMED_IAM"],
      CapabilitiesReason:
        "The following resource(s) require capabilities: [AWS::IAM::Role, AWS::IAM::ManagedPolicy, AWS::IAM::Policy]",
      ResourceTypes: ["AWS::IAM::Role", "AWS::IAM::ManagedPolicy", "AWS::IAM::Policy"],
    });
    expect(summary.Parameters?.[0]).toMatchObject({
      ParameterKey: "ExternalId",
      ParameterType: "String",
      NoEcho: false,
      Description: "Made by the portal",
    });
    expect(summary.Parameters?.[3]).toMatchObject({
      DefaultValue: "true",
      ParameterConstraints: { AllowedValues: ["true", "false"] },
    });
    expect(summary.Parameters?.[4]).toMatchObject({ ParameterKey: "Secret", NoEcho: true });
  });

  test("is given back as it came", async () => {
    await launch(aws.cloudformation, "acme", onboardingTemplate, parameters);
    const { TemplateBody } = await aws.cloudformation.send(new GetTemplateCommand({ StackName: "acme" }));
    expect(TemplateBody).toBe(onboardingTemplate);
  });

  test("is validated without its parameters", async () => {
    const answer = await aws.cloudformation.send(new ValidateTemplateCommand({ TemplateBody: onboardingTemplate }));
    expect(answer).toMatchObject({ Description: "Access for a vendor", Capabilities: ["CAPABILITY_NAMED_IAM"] });
    expect(answer.Parameters).toHaveLength(5);
    await expect(
      aws.cloudformation.send(new ValidateTemplateCommand({ TemplateBody: "Resources: {A: {Type: AWS::IAM::Rol}}" })),
    ).rejects.toThrow("AWS::IAM::Rol");
  });
});

describe("an export", () => {
  test("is read by another stack, and kept as long as it is", async () => {
    const exporting = `${handle}\nOutputs: {O: {Value: shared-value, Export: {Name: shared}}}`;
    const importing = `${handle}\nOutputs: {O: {Value: !ImportValue shared}}`;
    await launch(aws.cloudformation, "first", exporting);
    const second = await launch(aws.cloudformation, "second", importing);
    expect(second.Outputs?.[0]).toMatchObject({ OutputKey: "O", OutputValue: "shared-value" });
    const third = await launch(aws.cloudformation, "third", exporting);
    expect(third.StackStatus).toBe("ROLLBACK_COMPLETE");
    expect(await reasons(aws.cloudformation, "third")).toContainEqual(
      expect.stringContaining("Export with name shared is already exported by stack first"),
    );
    await aws.cloudformation.send(new DeleteStackCommand({ StackName: "first" }));
    expect(await describeOne(aws.cloudformation, "first")).toMatchObject({
      StackStatus: "DELETE_FAILED",
      StackStatusReason: "Export shared cannot be deleted as it is in use by second",
    });
    const elsewhere = clients(sandbox.url, "111122223333", "eu-west-1");
    const lost = await launch(elsewhere.cloudformation, "lost", importing);
    expect(lost.StackStatus).toBe("ROLLBACK_COMPLETE");
  });
});

describe("generated names", () => {
  test("carry the stack's and the resource's, and fit", async () => {
    const template = `
Resources:
  ARoleWithALongLogicalIdThatWouldNotFitIntoTheNameOfARole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: 2012-10-17
        Statement: [{Effect: Allow, Principal: {AWS: "*"}, Action: "sts:AssumeRole"}]
Outputs:
  Name: {Value: !Ref ARoleWithALongLogicalIdThatWouldNotFitIntoTheNameOfARole}
`;
    const command = new CreateStackCommand({
      StackName: `a${"-long".repeat(20)}`,
      TemplateBody: template,
      Capabilities: ["CAPABILITY_IAM"],
    });
    const { StackId = "" } = await aws.cloudformation.send(command);
    const { Outputs } = await describeOne(aws.cloudformation, StackId);
    expect(Outputs?.[0]?.OutputValue).toMatch(/^a-long[a-z-]*-ARole[A-Za-z]*-[A-Z0-9]{12}$/);
    expect(Outputs?.[0]?.OutputValue).toHaveLength(64);
  });
});
