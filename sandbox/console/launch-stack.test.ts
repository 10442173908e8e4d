import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSandbox, type RunningSandbox } from "../server";

const accountId = "111122223333";
const template = {
  Parameters: { RoleName: { Type: "String" }, Other: { Type: "String", Default: "as declared" } },
  Resources: {
    Role: {
      Type: "AWS::IAM::Role",
      Properties: {
        RoleName: { Ref: "RoleName" },
        AssumeRolePolicyDocument: {
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Principal: { AWS: "123456789012" }, Action: "sts:AssumeRole" }],
        },
      },
    },
  },
  Outputs: { RoleArn: { Value: { "Fn::GetAtt": ["Role", "Arn"] } }, Other: { Value: { Ref: "Other" } } },
};

let sandbox: RunningSandbox;
let templateUrl: string;
beforeAll(async () => {
  sandbox = await createSandbox();
  const credentials = { accessKeyId: "AKIASANDBOX123456789012", secretAccessKey: "sandbox" };
  const s3 = new S3Client({ endpoint: sandbox.url, region: "us-east-1", credentials, forcePathStyle: true });
  await sandbox.createPublicBucket({ bucket: "templates", accountId: "123456789012" });
  await s3.send(new PutObjectCommand({ Bucket: "templates", Key: "t.json", Body: JSON.stringify(template) }));
  templateUrl = `${sandbox.url}/templates/t.json`;
});
afterAll(() => sandbox.close());

function linkTo(stackName: string, roleName: string): string {
  const query = new URLSearchParams({ templateURL: templateUrl, stackName, param_RoleName: roleName });
  return `https://eu-west-1.console.aws.amazon.com/cloudformation/home?region=eu-west-1#/stacks/quickcreate?${query}`;
}

describe("launching a stack by its link", () => {
  test("makes it in the link's Region with the link's values, and tells its outputs", async () => {
    const launched = await sandbox.launchStack({ launchUrl: linkTo("acme", "Acme"), accountId });
    expect(launched).toEqual({
      stackId: expect.stringContaining(`arn:aws:cloudformation:eu-west-1:${accountId}:stack/acme/`),
      status: "CREATE_COMPLETE",
      outputs: { RoleArn: `arn:aws:iam::${accountId}:role/Acme`, Other: "as declared" },
    });
  });

  test("tells why a stack was rolled back", async () => {
    await sandbox.launchStack({ launchUrl: linkTo("first", "Taken"), accountId });
    const second = await sandbox.launchStack({ launchUrl: linkTo("second", "Taken"), accountId });
    expect(second).toMatchObject({ status: "ROLLBACK_COMPLETE", outputs: {} });
  });

  test("refuses what AWS refuses, in its words", async () => {
    const launchUrl = linkTo("twice", "Twice");
    await sandbox.launchStack({ launchUrl, accountId });
    await expect(sandbox.launchStack({ launchUrl, accountId })).rejects.toThrow("Stack [twice] already exists");
  });

  test.each([
    "",
    "https://example.com/",
    "https://console.aws.amazon.com/cloudformation/home?region=eu-west-1#/stacks",
  ])("takes no other address for a launch link: %j", async (launchUrl) => {
    await expect(sandbox.launchStack({ launchUrl, accountId })).rejects.toThrow("This is no launch link");
  });

  test("reads a template of another Region's bucket and partition", async () => {
    for (const [bucket, region, partition] of [
      ["t-eu", "eu-central-1", "aws"],
      ["t-gov", "us-gov-west-1", "aws-us-gov"],
    ] as const) {
      await sandbox.createPublicBucket({ bucket, accountId: "123456789012", region });
      const credentials = { accessKeyId: "AKIASANDBOX123456789012", secretAccessKey: "sandbox" };
      const s3 = new S3Client({ endpoint: sandbox.url, region, credentials, forcePathStyle: true });
      await s3.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: "t.json",
          Body: JSON.stringify(template).replace("123456789012", `arn:${partition}:iam::123456789012:root`),
        }),
      );
      const query = new URLSearchParams({
        templateURL: `${sandbox.url}/${bucket}/t.json`,
        stackName: bucket,
        param_RoleName: bucket,
      });
      const launchUrl = `https://console.example/cloudformation/home?region=${region}#/stacks/quickcreate?${query}`;
      expect((await sandbox.launchStack({ launchUrl, accountId })).outputs.RoleArn).toMatch(`arn:${partition}:iam::`);
    }
  });

  test("is a control route for programs of other languages", async () => {
    const body = JSON.stringify({ launchUrl: linkTo("by-http", "ByHttp"), accountId });
    const answer = await fetch(`${sandbox.url}/_sandbox/launch`, { method: "POST", body });
    expect([answer.status, await answer.json()]).toEqual([200, expect.objectContaining({ status: "CREATE_COMPLETE" })]);
    const wrong = await fetch(`${sandbox.url}/_sandbox/launch`, { method: "POST", body: '{"accountId":"1"}' });
    expect(wrong.status).toBe(400);
  });
});
