import { describe, expect, test } from "vitest";
import { createMemoryEncryptor } from "../encryptor/memory-encryptor";
import { CrossAccountError } from "../errors";
import { createMemoryStorage } from "../storage/memory-storage";
import { testConfig, testConfigInput } from "../testing/customer";
import type { CredentialStorage, StoredConnection } from "../types";
import { createCrossAccountClient } from "./client";
import type { CrossAccountClientOptions } from "./types";

const nobody = { credentials: { accessKeyId: "AKIASANDBOX123456789012", secretAccessKey: "unused" } };
const unreachable = { ...nobody, endpoint: "http://127.0.0.1:9" };

const roleArn = "arn:aws:iam::111122223333:role/Nimbus/x";
const calls: [string, (client: Record<string, (...given: unknown[]) => unknown>) => unknown][] = [
  "generateIntegrationUrl",
  "probeRole",
  "verifyIntegration",
  "storeCustomerCredentials",
].flatMap((verb) =>
  [undefined, null, {}, { customerId: "" }, { customerId: 7 }, "customer-1"].map((given): (typeof calls)[number] => [
    `${verb}(${JSON.stringify(given)})`,
    (client) => client[verb]?.(given),
  ]),
);
calls.push(
  ["assumeCustomerRole()", (client) => client.assumeCustomerRole?.()],
  ["assumeCustomerRole(id)", (client) => client.assumeCustomerRole?.("customer-1")],
  ["assumeCustomerRole(id, {})", (client) => client.assumeCustomerRole?.("customer-1", {})],
  ["assumeCustomerRole({ purpose })", (client) => client.assumeCustomerRole?.({ purpose: "x" })],
  ["storeCustomerCredentials without a role", (client) => client.storeCustomerCredentials?.({ customerId: "c" })],
  ["probeRole without a connection", (client) => client.probeRole?.({ customerId: "c", roleArn })],
);

test.each(calls)("%s is refused by code, with what is missing", async (_name, call) => {
  const client = createCrossAccountClient(testConfig, { aws: unreachable });
  const error = await Promise.resolve()
    .then(() => call(client as never))
    .catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(CrossAccountError);
  expect(error).toMatchObject({
    code: "input-invalid",
    message: expect.stringMatching(/customerId|options|purpose|roleArn|connectionId/) as string,
  });
});

test.each<[string, object]>([
  ["roleArn", { roleArn: 7 }],
  ["region", { region: ["eu-west-1"] }],
  ["lastAssumedAt", { lastAssumedAt: "2026-11-26T12:00:00Z" }],
  ["lastAssumedAt", { lastAssumedAt: new Date("yesterday") }],
  ["launchedAt", { launchedAt: 1_764_000_000_000 }],
  ["features", { features: "Costs" }],
  ["deadlineMs", { deadlineMs: "5000" }],
  ["signal", { signal: "stop" }],
  ["onCheck", { onCheck: "log" }],
])("verifyIntegration names the option that is not what it must be: %s", async (name, option) => {
  const client = createCrossAccountClient(testConfig, { aws: unreachable });
  const given = { customerId: "c", connectionId: "n", externalId: "nimbus-0123456789abcdef", roleArn, ...option };
  await expect(client.verifyIntegration(given)).rejects.toMatchObject({
    code: "input-invalid",
    message: expect.stringContaining(`${name} must be`) as string,
  });
});

test.each<[string, unknown]>([
  ["nothing", undefined],
  ["what nothing has checked", testConfigInput],
])("a client over %s is refused, and says what it takes", (_what, config) => {
  const create = () => createCrossAccountClient(config as never, { aws: unreachable });
  expect(create).toThrow(CrossAccountError);
  expect(create).toThrow(/defineConfig/);
});

test.each([
  { endpoint: "localhost:4566" },
  { endpoint: "" },
  { endpoint: "http://127.0.0.1:9", partitions: { "aws-cn": { endpoint: "127.0.0.1:4566" } } },
])("an endpoint without its scheme is refused: %j", (access) => {
  expect(() => createCrossAccountClient(testConfig, { aws: { ...nobody, ...access } })).toThrow(/http:\/\/ or https:/);
});

test.each(["", null, 7])("a session policy that says nothing is not taken for none: %j", async (sessionPolicy) => {
  const client = createCrossAccountClient(testConfig, { aws: unreachable });
  const use = async () =>
    client.assumeCustomerRole("c", { purpose: "report", sessionPolicy: sessionPolicy as never })();
  await expect(use()).rejects.toMatchObject({ code: "input-invalid", message: /sessionPolicy/ });
});

const failing = new Error("ORA-00942: table or view does not exist");
const broken: CredentialStorage = {
  get: () => Promise.reject(failing),
  put: () => Promise.reject(failing),
  delete: () => Promise.reject(failing),
  list: () => {
    throw failing;
  },
};

test("a storage that throws is storage-failed, with its own error as the cause and not in the message", async () => {
  const client = createCrossAccountClient(testConfig, { storage: broken, aws: unreachable });
  const scope = { customerId: "c", connectionId: "n" };
  const uses = [
    () => client.verifyIntegration({ customerId: "c" }),
    () => client.storeCustomerCredentials({ ...scope, roleArn, externalId: "nimbus-0123456789abcdef" }),
    () => client.assumeCustomerRole("c", { purpose: "report" })(),
    () => client.probeRole({ ...scope, roleArn }),
    () => client.generateIntegrationUrl(scope),
  ];
  for (const use of uses) {
    const error = await use().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "storage-failed", cause: failing });
    expect((error as Error).message).not.toContain("ORA");
  }
});

describe("an encryptor or a registry that is the vendor's own", () => {
  const scope = { customerId: "c", connectionId: "n" };
  const store = (options: CrossAccountClientOptions) =>
    createCrossAccountClient(testConfig, { aws: unreachable, ...options }).storeCustomerCredentials({
      ...scope,
      roleArn,
      externalId: "nimbus-0123456789abcdef",
    });
  /** What code of others may do: throw things that are no errors, or give back things that are no answer. */
  const oddities: [string, () => never][] = [
    ...[failing, "ORA-00942", null, undefined, Symbol("ORA"), { ORA: true }, Object.create(null)].map(
      (thrown): [string, () => never] => [
        `throws ${typeof thrown}`,
        () => {
          throw thrown;
        },
      ],
    ),
    ...[undefined, null, 1, {}, "yes", () => true].map((given): [string, () => never] => [
      `gives ${typeof given}`,
      () => given as never,
    ]),
  ];

  test.each(oddities)("that %s is told by code, and stores nothing", async (_, odd) => {
    const encryptor = createMemoryEncryptor();
    const storage = createMemoryStorage();
    const uses: [string, CrossAccountClientOptions][] = [
      ["encryption-failed", { storage, encryptor: { ...encryptor, encrypt: odd } }],
      ["storage-failed", { storage, registry: { isRoleTaken: odd, issuedToOthers: odd } }],
    ];
    for (const [code, options] of uses) {
      const error = await store(options).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code });
      expect((error as Error).message).not.toContain("ORA");
    }
    expect(await storage.list("c")).toEqual([]);
  });

  test("that reads what is no text is told by code", async () => {
    const storage = createMemoryStorage();
    await store({ storage });
    const decrypt = async () => 1 as never;
    const options = { aws: unreachable, storage, encryptor: { ...createMemoryEncryptor(), decrypt } };
    const client = createCrossAccountClient(testConfig, options);
    await expect(client.verifyIntegration(scope)).rejects.toMatchObject({ code: "decryption-failed" });
  });
});

test("a storage that kept bytes as JSON is told so", async () => {
  const kept: StoredConnection = {
    ...{ customerId: "c", connectionId: "n", accountId: null, region: "us-east-1", status: "active" },
    roleArn: JSON.parse(JSON.stringify(Buffer.from("x"))) as Uint8Array,
    externalId: JSON.parse(JSON.stringify(Uint8Array.from([1, 2]))) as Uint8Array,
  };
  const storage = { ...broken, list: async () => [kept], get: async () => kept };
  const client = createCrossAccountClient(testConfig, { storage, aws: unreachable });
  await expect(client.verifyIntegration({ customerId: "c" })).rejects.toMatchObject({
    code: "storage-failed",
    message: expect.stringContaining("Uint8Array") as string,
  });
});

test("a launch link that cannot be made leaves no connection behind", async () => {
  const storage = createMemoryStorage();
  const client = createCrossAccountClient(testConfig, { storage, aws: unreachable });
  for (let time = 0; time < 3; time += 1)
    await expect(client.generateIntegrationUrl({ customerId: "c" })).rejects.toMatchObject({
      code: "template-upload-failed",
    });
  expect(await storage.list("c")).toEqual([]);
});
