import { CreateKeyCommand, type CreateKeyCommandInput, KMS } from "@aws-sdk/client-kms";
import { administratorOf } from "./clients";

export const VENDOR = "123456789012";
export const CUSTOMER = "111122223333";

export function kmsOf(url: string, accountId = VENDOR, region = "us-east-1"): KMS {
  return new KMS({ ...administratorOf(accountId, url, region), maxAttempts: 1 });
}

export async function createTestKey(kms: KMS, input: CreateKeyCommandInput = {}): Promise<string> {
  const { KeyMetadata } = await kms.send(new CreateKeyCommand(input));
  if (!KeyMetadata?.KeyId) throw new Error("CreateKey answered without a key");
  return KeyMetadata.KeyId;
}
