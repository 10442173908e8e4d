import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CancelKeyDeletionCommand,
  CreateAliasCommand,
  CreateGrantCommand,
  CreateKeyCommand,
  type CreateKeyCommandInput,
  DecryptCommand,
  DeleteAliasCommand,
  DescribeKeyCommand,
  EnableKeyCommand,
  EnableKeyRotationCommand,
  EncryptCommand,
  GetKeyRotationStatusCommand,
  type KMS,
  ListAliasesCommand,
  ListKeysCommand,
  ListResourceTagsCommand,
  ScheduleKeyDeletionCommand,
  UpdateAliasCommand,
} from "@aws-sdk/client-kms";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createSandbox, type RunningSandbox } from "../server";
import { CUSTOMER, createTestKey, kmsOf, VENDOR } from "../testing/kms";

const DAY = 86_400_000;

let clock: Date;
let sandbox: RunningSandbox;
let kms: KMS;

beforeEach(async () => {
  clock = new Date();
  sandbox = await createSandbox({ now: () => clock });
  kms = kmsOf(sandbox.url);
});

afterEach(() => sandbox.close());

/** Moves the sandbox's clock; the client learns of it as it would from a skewed server. */
function pass(milliseconds: number): void {
  clock = new Date(clock.getTime() + milliseconds);
  kms.config.systemClockOffset += milliseconds;
}

describe("a key", () => {
  test("is described and listed", async () => {
    const { KeyMetadata: made } = await kms.send(
      new CreateKeyCommand({ Description: "connections", Tags: [{ TagKey: "team", TagValue: "portal" }] }),
    );
    const KeyId = made?.KeyId ?? "";
    expect(made).toMatchObject({
      Arn: `arn:aws:kms:us-east-1:${VENDOR}:key/${KeyId}`,
      AWSAccountId: VENDOR,
      Description: "connections",
      Enabled: true,
      KeyManager: "CUSTOMER",
      KeySpec: "SYMMETRIC_DEFAULT",
      KeyState: "Enabled",
    });
    expect((await kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata).toEqual(made);
    expect((await kms.send(new ListKeysCommand())).Keys).toEqual([{ KeyId, KeyArn: made?.Arn }]);
    const { Tags } = await kms.send(new ListResourceTagsCommand({ KeyId }));
    expect(Tags).toEqual([{ TagKey: "team", TagValue: "portal" }]);
  });

  test.each<[string, CreateKeyCommandInput]>([
    ["RSA", { KeySpec: "RSA_2048", KeyUsage: "ENCRYPT_DECRYPT" }],
    ["signing", { KeyUsage: "SIGN_VERIFY", KeySpec: "ECC_NIST_P256" }],
    ["multi-Region", { MultiRegion: true }],
    ["imported", { Origin: "EXTERNAL" }],
  ])("of a kind the sandbox lacks is refused: %s", async (_kind, input) => {
    await expect(kms.send(new CreateKeyCommand(input))).rejects.toMatchObject({
      name: "UnsupportedOperationException",
    });
    expect((await kms.send(new ListKeysCommand())).Keys).toEqual([]);
  });

  test("has no grants here, and says so", async () => {
    const KeyId = await createTestKey(kms);
    const grant = new CreateGrantCommand({
      KeyId,
      GranteePrincipal: `arn:aws:iam::${CUSTOMER}:root`,
      Operations: ["Decrypt"],
    });
    await expect(kms.send(grant)).rejects.toThrow(/not support/);
    const withToken = new EncryptCommand({ KeyId, Plaintext: Buffer.from("x"), GrantTokens: ["token"] });
    await expect(kms.send(withToken)).rejects.toMatchObject({ name: "UnsupportedOperationException" });
  });

  test("that does not exist is not found", async () => {
    const KeyId = "00000000-0000-4000-8000-000000000000";
    await expect(kms.send(new DescribeKeyCommand({ KeyId }))).rejects.toMatchObject({ name: "NotFoundException" });
  });

  test("is known only in its own account and Region unless its ARN is given", async () => {
    const KeyId = await createTestKey(kms);
    for (const other of [kmsOf(sandbox.url, CUSTOMER), kmsOf(sandbox.url, VENDOR, "eu-central-1")]) {
      await expect(other.send(new DescribeKeyCommand({ KeyId }))).rejects.toMatchObject({ name: "NotFoundException" });
      expect((await other.send(new ListKeysCommand())).Keys).toEqual([]);
    }
  });

  test("waits to be deleted, may be kept, and is gone in the end", async () => {
    const KeyId = await createTestKey(kms);
    const encrypt = new EncryptCommand({ KeyId, Plaintext: Buffer.from("x") });
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
    await expect(kms.send(encrypt)).rejects.toMatchObject({ name: "KMSInvalidStateException" });
    await kms.send(new CancelKeyDeletionCommand({ KeyId }));
    await expect(kms.send(encrypt)).rejects.toMatchObject({ name: "DisabledException" });
    await kms.send(new EnableKeyCommand({ KeyId }));
    await kms.send(encrypt);
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
    pass(7 * DAY);
    await expect(kms.send(encrypt)).rejects.toMatchObject({ name: "NotFoundException" });
  });

  test("says when it rotates next", async () => {
    const KeyId = await createTestKey(kms);
    await kms.send(new EnableKeyRotationCommand({ KeyId, RotationPeriodInDays: 90 }));
    expect(await kms.send(new GetKeyRotationStatusCommand({ KeyId }))).toMatchObject({
      KeyRotationEnabled: true,
      RotationPeriodInDays: 90,
      NextRotationDate: new Date(clock.getTime() + 90 * DAY),
    });
  });
});

test("keys and what they encrypted outlive a restart of the sandbox", async () => {
  const folder = await mkdtemp(join(tmpdir(), "sandbox-kms-"));
  const file = join(folder, "state.json");
  const before = await createSandbox({ state: file });
  const KeyId = await createTestKey(kmsOf(before.url));
  const { CiphertextBlob } = await kmsOf(before.url).send(new EncryptCommand({ KeyId, Plaintext: Buffer.from("x") }));
  await before.close();
  const after = await createSandbox({ state: file });
  try {
    const { Plaintext } = await kmsOf(after.url).send(new DecryptCommand({ CiphertextBlob }));
    expect(Buffer.from(Plaintext ?? []).toString()).toBe("x");
  } finally {
    await after.close();
    await rm(folder, { recursive: true });
  }
});

describe("an alias", () => {
  test("stands for its key by name and by ARN, and follows when it is moved", async () => {
    const first = await createTestKey(kms);
    const second = await createTestKey(kms);
    const AliasName = "alias/portal";
    await kms.send(new CreateAliasCommand({ AliasName, TargetKeyId: first }));
    const KeyId = `arn:aws:kms:us-east-1:${VENDOR}:${AliasName}`;
    expect((await kms.send(new DescribeKeyCommand({ KeyId: AliasName }))).KeyMetadata?.KeyId).toBe(first);
    await kms.send(new UpdateAliasCommand({ AliasName, TargetKeyId: second }));
    expect((await kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata?.KeyId).toBe(second);
    const { Aliases } = await kms.send(new ListAliasesCommand({ KeyId: second }));
    expect(Aliases).toMatchObject([{ AliasName, AliasArn: KeyId, TargetKeyId: second }]);
    await kms.send(new DeleteAliasCommand({ AliasName }));
    await expect(kms.send(new DescribeKeyCommand({ KeyId: AliasName }))).rejects.toMatchObject({
      name: "NotFoundException",
    });
  });

  test("exists once", async () => {
    const TargetKeyId = await createTestKey(kms);
    await kms.send(new CreateAliasCommand({ AliasName: "alias/one", TargetKeyId }));
    await expect(kms.send(new CreateAliasCommand({ AliasName: "alias/one", TargetKeyId }))).rejects.toMatchObject({
      name: "AlreadyExistsException",
    });
  });

  test.each([
    ["portal", "InvalidAliasNameException"],
    ["alias/a b", "InvalidAliasNameException"],
    ["alias/aws/portal", "NotAuthorizedException"],
  ])("named %s is refused", async (AliasName, name) => {
    const TargetKeyId = await createTestKey(kms);
    await expect(kms.send(new CreateAliasCommand({ AliasName, TargetKeyId }))).rejects.toMatchObject({ name });
  });
});
