import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createSandbox, type RunningSandbox } from "./server";

let sandbox: RunningSandbox;

beforeAll(async () => {
  sandbox = await createSandbox();
});

afterAll(() => sandbox.close());

function client(accessKeyId: string, secretAccessKey = "sandbox", region = "us-east-1"): STSClient {
  return new STSClient({ endpoint: sandbox.url, region, credentials: { accessKeyId, secretAccessKey } });
}

test("any account has an administrator", async () => {
  const identity = await client("AKIASANDBOX111122223333").send(new GetCallerIdentityCommand({}));
  expect(identity).toMatchObject({
    Account: "111122223333",
    Arn: "arn:aws:iam::111122223333:user/administrator",
    UserId: "AIDASANDBOX111122223333",
  });
});
