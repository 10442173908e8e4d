import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { fromTemporaryCredentials } from "@aws-sdk/credential-providers";
import {
  type AwsCredentialProvider,
  type CrossAccountClient,
  createCrossAccountClient,
  createMemoryEncryptor,
  type StoredConnection,
} from "../lib/crossaccount/index";
import { createCustomerRole, testConfig } from "../lib/crossaccount/testing/customer";
import type { Benchmark, BenchmarkResult } from "./support/benchmark";
import { heapInUse, median, p99, throughput } from "./support/measure";
import { type BenchSandbox, startSandbox } from "./support/sandbox";

const LATENCY_MILLISECONDS = 20;
const CALLERS = 16;
/** Short rounds that take turns: what else the machine does hits all cases alike. */
const ROUNDS = 31;
const ROUND = { callers: CALLERS, milliseconds: 100 };
const NAIVE_ROUND = { callers: CALLERS, milliseconds: 2_000, callsBetweenLooks: 1 };
const COLD_CALLERS = 1_000;
const CONNECTIONS = 10_000;
const OPENED_AT_ONCE = 32;

const region = "us-east-1";
const externalId = "acme-0123456789abcdef0123456789abcdef";
const credentials = { accessKeyId: `AKIASANDBOX${testConfig.serviceAccountId}`, secretAccessKey: "sandbox" };

type Resolve = () => Promise<unknown>;

interface Setting {
  sandbox: BenchSandbox;
  roleArn: string;
  newClient: () => Promise<CrossAccountClient>;
}

const benchmark: Benchmark = {
  name: "assume-role",
  async run() {
    const sandbox = await startSandbox();
    try {
      const { roleArn } = await createCustomerRole({ url: sandbox.url, accountId: "111122223333", externalId });
      await sandbox.setFaults([{ kind: "latency", service: "sts", operation: "AssumeRole", ms: LATENCY_MILLISECONDS }]);
      const setting = { sandbox, roleArn, newClient: () => newClient(sandbox.url, roleArn) };
      const warm = await measureWarm(setting);
      const coldCalls = await measureCold(setting);
      const bytes = await measureHeld(setting);
      return {
        results: [
          ...warm.results,
          { case: `cold, ${COLD_CALLERS} callers at once`, sts_calls: coldCalls },
          { case: `${CONNECTIONS} connections held`, bytes_per_connection: bytes },
        ],
        ratios: { ...warm.ratios, cold_sts_calls: coldCalls, bytes_per_connection: bytes },
      };
    } finally {
      await sandbox.stop();
    }
  },
};

export default benchmark;

async function measureWarm({ sandbox, roleArn, newClient }: Setting) {
  const client = await newClient();
  const provider = client.assumeCustomerRole("customer", { connectionId: "1", purpose: "report" });
  const ours = throughClient(provider, sandbox.url);
  const sdk = throughClient(
    fromTemporaryCredentials({
      masterCredentials: credentials,
      params: { RoleArn: roleArn, ExternalId: externalId, RoleSessionName: "sdk" },
      clientConfig: { endpoint: sandbox.url, region },
    }),
    sandbox.url,
  );
  const naive = assumeEachTime(sandbox.url, roleArn);
  const again = async () => client.assumeCustomerRole("customer", { connectionId: "1", purpose: "report" });

  const cases = { ours, sdk, provider, again };
  for (const call of Object.values(cases)) await throughput(call, ROUND);
  const rounds: Record<keyof typeof cases, number>[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    rounds.push({
      ours: await throughput(ours, ROUND),
      sdk: await throughput(sdk, ROUND),
      provider: await throughput(provider, ROUND),
      again: await throughput(again, ROUND),
    });
  }
  const middle = (name: keyof typeof cases) => median(rounds.map((round) => round[name]));
  const naivePerSecond = await throughput(naive, NAIVE_ROUND);
  const results: BenchmarkResult[] = [
    await figures("ours, by an SDK client", middle("ours"), ours, 100_000),
    await figures("SDK fromTemporaryCredentials, by an SDK client", middle("sdk"), sdk, 100_000),
    await figures(`AssumeRole on every call, ${LATENCY_MILLISECONDS} ms away`, naivePerSecond, naive, 200),
    await figures("ours, provider alone", middle("provider"), provider, 100_000),
    await figures("assumeCustomerRole() itself", middle("again"), again, 100_000),
  ];
  const ratios = {
    warm_vs_sdk: rounded(median(rounds.map((round) => round.ours / round.sdk))),
    warm_vs_naive: rounded(middle("ours") / naivePerSecond),
  };
  return { results, ratios };
}

async function measureCold({ sandbox, newClient }: Setting): Promise<number> {
  const client = await newClient();
  const before = await sandbox.count("AssumeRole");
  const ask = () => client.assumeCustomerRole("customer", { connectionId: "1", purpose: "cold" })();
  await Promise.all(Array.from({ length: COLD_CALLERS }, ask));
  return (await sandbox.count("AssumeRole")) - before;
}

async function measureHeld({ newClient }: Setting): Promise<number> {
  const client = await newClient();
  const open = (connection: number) =>
    client.assumeCustomerRole(`customer-${connection}`, { connectionId: `${connection}`, purpose: "report" })();
  await open(0);
  const before = heapInUse();
  let next = 1;
  const opener = async () => {
    while (next <= CONNECTIONS) {
      const connection = next;
      next += 1;
      await open(connection);
    }
  };
  await Promise.all(Array.from({ length: OPENED_AT_ONCE }, opener));
  const bytes = (heapInUse() - before) / CONNECTIONS;
  await open(1);
  return Math.round(bytes);
}

/** A client whose storage has every connection that is asked for, all to one role, and which hears every change of them. */
async function newClient(url: string, roleArn: string): Promise<CrossAccountClient> {
  const encryptor = createMemoryEncryptor();
  const context = { customerId: "any", connectionId: "any" };
  const secrets = {
    roleArn: await encryptor.encrypt(roleArn, { ...context, field: "roleArn" }),
    externalId: await encryptor.encrypt(externalId, { ...context, field: "externalId" }),
  };
  const connection = (customerId: string, connectionId: string): StoredConnection => ({
    ...{ customerId, connectionId, accountId: null, region, status: "active" },
    ...secrets,
  });
  return createCrossAccountClient(testConfig, {
    storage: {
      get: async (customerId, connectionId) => connection(customerId, connectionId),
      list: async () => [],
      put: async () => {},
      delete: async () => {},
    },
    encryptor: {
      encrypt: encryptor.encrypt,
      decrypt: (ciphertext, { field }) => encryptor.decrypt(ciphertext, { ...context, field }),
    },
    accessLog: { record: async () => {} },
    aws: { endpoint: url, credentials },
    watch: { hearing: () => (performance.now() >= 0 ? 1 : null) },
    deadlineMs: 60_000,
    attemptMs: 30_000,
  });
}

/** As an SDK client asks for credentials before each request. */
function throughClient(provider: AwsCredentialProvider, endpoint: string): Resolve {
  const { config } = new STSClient({ region, endpoint, credentials: provider });
  return () => config.credentials();
}

function assumeEachTime(endpoint: string, roleArn: string): Resolve {
  const sts = new STSClient({ region, endpoint, credentials });
  const input = { RoleArn: roleArn, ExternalId: externalId, RoleSessionName: "naive" };
  return () => sts.send(new AssumeRoleCommand(input));
}

async function figures(name: string, perSecond: number, call: Resolve, calls: number): Promise<BenchmarkResult> {
  return { case: name, per_second: Math.round(perSecond), p99_us: rounded(await p99(call, calls)) };
}

function rounded(figure: number): number {
  return Number(figure.toPrecision(4));
}
