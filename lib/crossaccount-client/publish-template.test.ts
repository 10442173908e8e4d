import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { expect, test } from "vitest";
import { testSandbox } from "@/dev/testing/sandbox";
import { config } from "@/lib/config";
import { createCrossAccountClient } from "@/lib/crossaccount";
import { clientOptions } from "./client";
import { publishTemplates } from "./publish-template";

test("the template is published again and again until it is there, less often each time", async () => {
  const { url } = await testSandbox();
  const credentials = { accessKeyId: `AKIASANDBOX${config.serviceAccountId}`, secretAccessKey: "sandbox" };
  const s3 = new S3Client({ endpoint: url, region: "us-east-1", credentials, forcePathStyle: true });
  const onlyAws = { ...config, partitions: {} };
  const client = createCrossAccountClient(onlyAws, clientOptions);
  const [waits, faults]: [number[], unknown[]] = [[], []];

  await publishTemplates({
    config: onlyAws,
    client,
    wait: async (milliseconds) => {
      waits.push(milliseconds);
      if (waits.length === 3) await s3.send(new CreateBucketCommand({ Bucket: config.templateS3Bucket }));
    },
    onFault: (error) => faults.push(error),
  });
  expect(waits).toEqual([5_000, 10_000, 20_000]);
  expect(faults).toMatchObject(Array.from({ length: 3 }, () => ({ code: "template-upload-failed" })));
  expect(await client.templateUrl("us-east-1")).toContain(config.templateS3Bucket);
});
