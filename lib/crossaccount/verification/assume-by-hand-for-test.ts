import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { type RoleToVerify, vendor } from "./run-for-test";

/** Assumes the role outside of the library, as somebody with the vendor's credentials could. */
export async function assumeByHand(url: string, { roleArn, externalId }: RoleToVerify): Promise<void> {
  const credentials = { accessKeyId: `AKIASANDBOX${vendor}`, secretAccessKey: "sandbox" };
  const sts = new STSClient({ endpoint: url, region: "eu-west-1", credentials });
  await sts.send(new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: "by-hand", ExternalId: externalId }));
}
