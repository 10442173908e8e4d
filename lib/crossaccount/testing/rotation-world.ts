import { DescribeStacksCommand, UpdateStackCommand } from "@aws-sdk/client-cloudformation";
import { UpdateAssumeRolePolicyCommand } from "@aws-sdk/client-iam";
import { createCrossAccountClient } from "../client/client";
import { createMemoryEncryptor } from "../encryptor/memory-encryptor";
import { createMemoryAccessLog } from "../storage/memory-access-log";
import { createMemoryStorage } from "../storage/memory-storage";
import { expectedTrustPolicy } from "../template";
import type { AccessLogEntry, CredentialStorage, Encryptor } from "../types";
import { testConfig } from "./customer";
import { customerWorld } from "./customer-world";
import type { TestAws } from "./role-table/row";
import { accountId, vendor } from "./run-verification";

const customerId = "customer-1";
const connectionId = "connection-1";
const scope = { customerId, connectionId };

/** A connection that works, to a stack of the template. */
export async function rotationWorld(
  sandbox: TestAws,
  change: (storage: CredentialStorage) => CredentialStorage = (storage) => storage,
) {
  const customer = await customerWorld(sandbox);
  await customer.launch();
  const { roleArn, externalId, roleName, time } = customer;
  const memory = createMemoryStorage();
  const sealed = createMemoryEncryptor();
  /** External IDs that were opened, which is done to send them. */
  const opened: string[] = [];
  const encryptor: Encryptor = {
    encrypt: sealed.encrypt,
    async decrypt(ciphertext, context) {
      const text = await sealed.decrypt(ciphertext, context);
      if (context.field === "externalId") opened.push(text);
      return text;
    },
  };
  const accessLog = createMemoryAccessLog();
  const client = createCrossAccountClient(testConfig, {
    ...{ encryptor, accessLog, storage: change(memory), clock: time.clock, jitter: () => 1 },
    aws: {
      endpoint: sandbox.url,
      credentials: { accessKeyId: `AKIASANDBOX${vendor}`, secretAccessKey: "sandbox" },
    },
    consoleUrl: `${sandbox.url}/console`,
    sleep: async (milliseconds) => {
      time.waitedMs += milliseconds;
    },
  });
  const seal = (text: string, field: "roleArn" | "externalId") => encryptor.encrypt(text, { ...scope, field });
  await memory.put({
    ...scope,
    ...{ accountId, region: "us-east-1", status: "active" },
    roleArn: await seal(roleArn, "roleArn"),
    externalId: await seal(externalId, "externalId"),
  });

  const verify = (waitForPropagation = false) => client.verifyIntegration({ ...scope, waitForPropagation });
  let uses = 0;
  return {
    client,
    memory,
    accessLog,
    encryptor,
    opened,
    verify,
    /** Opens a session that nobody has, and tells what AWS answered to each request for it. */
    use: async () => {
      const before = accessLog.entries.length;
      uses += 1;
      const given = await client
        .assumeCustomerRole(customerId, { purpose: `use ${uses}` })()
        .then(
          () => "given",
          (error: { code: string }) => error.code,
        );
      return [given, ...accessLog.entries.slice(before).map(({ outcome }: AccessLogEntry) => outcome)];
    },
    verifyAndStore: async () => {
      const report = await verify(true);
      await client.storeCustomerCredentials({ ...scope, roleArn, report });
      return report;
    },
    current: async () => {
      const kept = await memory.get(customerId, connectionId);
      const open = (ciphertext?: Uint8Array | null) =>
        ciphertext ? sealed.decrypt(ciphertext, { ...scope, field: "externalId" }) : null;
      return {
        current: await open(kept?.externalId),
        next: await open(kept?.nextExternalId),
        accepted: kept?.nextAccepted,
      };
    },
    parameters: async () => {
      const { Stacks } = await customer.stacks.send(new DescribeStacksCommand({ StackName: customer.stackName }));
      if (!/^(CREATE|UPDATE)_COMPLETE$/.test(Stacks?.[0]?.StackStatus ?? "")) throw new Error("the stack failed");
      return Object.fromEntries((Stacks?.[0]?.Parameters ?? []).map((one) => [one.ParameterKey, one.ParameterValue]));
    },
    update: async (ExternalId: string) => {
      const { Stacks } = await customer.stacks.send(new DescribeStacksCommand({ StackName: customer.stackName }));
      await customer.stacks.send(
        new UpdateStackCommand({
          StackName: customer.stackName,
          UsePreviousTemplate: true,
          Capabilities: ["CAPABILITY_NAMED_IAM"],
          Parameters: (Stacks?.[0]?.Parameters ?? []).map(({ ParameterKey }) =>
            ParameterKey === "ExternalId"
              ? { ParameterKey, ParameterValue: ExternalId }
              : { ParameterKey, UsePreviousValue: true },
          ),
        }),
      );
    },
    trust: async (externalIds: string | string[]) => {
      const document = JSON.stringify(expectedTrustPolicy(testConfig, { partition: "aws", externalId: "ID" }));
      const PolicyDocument = document.replace('"ID"', JSON.stringify(externalIds));
      await customer.iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: roleName, PolicyDocument }));
    },
    propagation: (milliseconds: number) =>
      fetch(`${sandbox.url}/_sandbox/propagation`, { method: "POST", body: JSON.stringify({ ms: milliseconds }) }),
    wait: (milliseconds: number) => {
      time.waitedMs += milliseconds;
    },
    customer,
  };
}
