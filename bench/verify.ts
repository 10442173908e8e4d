import { AttachRolePolicyCommand, CreatePolicyVersionCommand, DetachRolePolicyCommand } from "@aws-sdk/client-iam";
import { type AwsClients, createAwsClients } from "../lib/crossaccount/aws/clients";
import { expectedPolicies } from "../lib/crossaccount/template";
import {
  createCustomerRole,
  createPolicy,
  putInlinePolicy,
  type TestCustomer,
  testConfig,
} from "../lib/crossaccount/testing/customer";
import { dependenciesOf, inSevenDays, requestFor } from "../lib/crossaccount/testing/run-verification";
import { verifyRole } from "../lib/crossaccount/verification/verify";
import type { Benchmark } from "./support/benchmark";
import { median } from "./support/measure";
import { startSandbox } from "./support/sandbox";

const LATENCY_MILLISECONDS = 50;
const WARM_UPS = 40;
const ROUNDS = 15;
const externalId = "acme-0123456789abcdef0123456789abcdef";
const credentials = { accessKeyId: `AKIASANDBOX${testConfig.serviceAccountId}`, secretAccessKey: "sandbox" };

interface Case {
  name: string;
  customer: TestCustomer;
}

const benchmark: Benchmark = {
  name: "verify",
  async run() {
    const sandbox = await startSandbox();
    try {
      const byTemplate = await templateRole(sandbox.url, "111122223333");
      const byHand = await otherRole(sandbox.url, "444455556666");
      await sandbox.setFaults([{ kind: "latency", ms: LATENCY_MILLISECONDS }]);
      const template = await measure(sandbox.url, { name: "role made by the template", customer: byTemplate });
      const other = await measure(sandbox.url, { name: "any other role", customer: byHand });
      return {
        results: [...template.results, ...other.results],
        ratios: {
          round_trips: template.roundTrips,
          speedup: template.speedup,
          round_trips_other: other.roundTrips,
          speedup_other: other.speedup,
        },
      };
    } finally {
      await sandbox.stop();
    }
  },
};

export default benchmark;

/** Both ways in turn, so that whatever else the machine does meets both. */
async function measure(url: string, { name, customer }: Case) {
  const sideBySide = verification(url, customer, (clients) => clients);
  const oneByOne = verification(url, customer, oneAfterAnother);
  for (let run = 0; run < WARM_UPS; run += 1) await sideBySide();
  const ours: number[] = [];
  const sequential: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    ours.push(await sideBySide());
    if (round % 3 === 0) sequential.push(await oneByOne());
  }
  const [fast, slow] = [median(ours), median(sequential)];
  return {
    roundTrips: rounded(fast / LATENCY_MILLISECONDS),
    speedup: rounded(slow / fast),
    results: [
      { case: name, milliseconds: Math.round(fast), round_trips: rounded(fast / LATENCY_MILLISECONDS) },
      {
        case: `${name}, one call after another`,
        milliseconds: Math.round(slow),
        round_trips: rounded(slow / LATENCY_MILLISECONDS),
      },
    ],
  };
}

/** Milliseconds of one whole verification, which must prove the role and pass every check on it. */
function verification(url: string, customer: TestCustomer, wrap: (clients: AwsClients) => AwsClients) {
  const aws = wrap(createAwsClients({ endpoint: url, credentials }));
  const time = { waitedMs: 0, clock: () => new Date() };
  return async () => {
    const begun = performance.now();
    const report = await verifyRole({ ...dependenciesOf(url, time), aws }, requestFor(customer));
    const took = performance.now() - begun;
    if (report.outcome !== "proven") throw new Error(`the role was ${report.outcome}`);
    if (time.waitedMs > 0) throw new Error("the verification had to ask again");
    return took;
  };
}

/** The same clients with one request at a time among all of them. */
function oneAfterAnother(clients: AwsClients): AwsClients {
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(send: () => Promise<T>): Promise<T> => {
    const turn = last.then(send);
    last = turn.catch(() => undefined);
    return turn;
  };
  const queued = new WeakSet<object>();
  const sts = (client: ReturnType<AwsClients["sts"]>) => {
    if (!queued.has(client)) client.middlewareStack.add((next) => (call) => inTurn(() => next(call)), first);
    queued.add(client);
    return client;
  };
  const iam = (client: ReturnType<AwsClients["sessionIam"]>) => {
    client.middlewareStack.add((next) => (call) => inTurn(() => next(call)), first);
    return client;
  };
  return {
    ...clients,
    sts: (region) => sts(clients.sts(region)),
    sessionSts: (region, session) => sts(clients.sessionSts(region, session)),
    sessionIam: (region, session) => iam(clients.sessionIam(region, session)),
  };
}

const first = { step: "initialize" } as const;

function templateRole(url: string, accountId: string): Promise<TestCustomer> {
  return createCustomerRole({ url, accountId, externalId, setupExpiresAt: inSevenDays() });
}

/** A role whose policies have other names, one with a later version, one of AWS's and one inline: nothing can be predicted. */
async function otherRole(url: string, accountId: string): Promise<TestCustomer> {
  const customer = await createCustomerRole({ url, accountId, externalId });
  const { iam, roleName } = customer;
  const { ongoing } = expectedPolicies(testConfig, { partition: "aws", accountId, roleName });
  for (const { arn, document, name } of ongoing) {
    await iam.send(new DetachRolePolicyCommand({ RoleName: roleName, PolicyArn: arn }));
    const PolicyArn = await createPolicy(iam, `Own-${name}`, document);
    const PolicyDocument = JSON.stringify(document);
    await iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument, SetAsDefault: true }));
    await iam.send(new AttachRolePolicyCommand({ RoleName: roleName, PolicyArn }));
  }
  const PolicyArn = "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess";
  await iam.send(new AttachRolePolicyCommand({ RoleName: roleName, PolicyArn }));
  await putInlinePolicy(customer, "Inline", { Effect: "Allow", Action: "s3:ListAllMyBuckets", Resource: "*" });
  return customer;
}

function rounded(ratio: number): number {
  return Math.round(ratio * 100) / 100;
}
