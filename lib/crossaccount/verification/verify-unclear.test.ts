import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createSandbox, type RunningSandbox } from "../../../sandbox/server";
import { createCustomerRole } from "../testing/customer";
import {
  accountId,
  createTestTime,
  dependenciesOf,
  newExternalId,
  requestFor,
  statusOf,
  type TestTime,
  trust,
  verifyAt,
} from "../testing/run-verification";
import type { CheckProgress } from "../types";
import { verifyRole } from "./verify";

let sandbox: RunningSandbox;
let slowSandbox: RunningSandbox;
let time: TestTime;
let verify: ReturnType<typeof verifyAt>;

beforeAll(async () => {
  sandbox = await createSandbox({ now: () => time.clock() });
  slowSandbox = await createSandbox({ now: () => time.clock(), propagationMs });
});
beforeEach(() => {
  time = createTestTime();
  verify = verifyAt(sandbox.url, time);
  sandbox.reset();
  slowSandbox.reset();
});
afterAll(async () => {
  await sandbox.close();
  await slowSandbox.close();
});

const base = () => ({ url: sandbox.url, accountId, externalId: newExternalId() });
const propagationMs = 20_000;

describe("our own side", () => {
  test("wrong credentials say nothing about the role", async () => {
    const customer = await createCustomerRole(base());
    const credentials = { accessKeyId: "AKIASANDBOX000000000000", secretAccessKey: "wrong" };
    const report = await verifyRole(dependenciesOf(sandbox.url, time, credentials), requestFor(customer));
    expect(report.outcome).toBe("inconclusive");
    expect(statusOf(report, "assume-role")).toBe("warning");
  });

  test("an unreachable AWS is asked again until the deadline, and proves nothing", async () => {
    const customer = { roleArn: `arn:aws:iam::${accountId}:role/acme/x`, externalId: newExternalId() };
    const dependencies = dependenciesOf("http://127.0.0.1:9", time);
    const report = await verifyRole(dependencies, requestFor(customer));
    expect(report.outcome).toBe("inconclusive");
    expect(dependencies.accessLog.entries.length).toBeGreaterThan(2);
    expect(dependencies.accessLog.entries.every(({ outcome }) => outcome === "error")).toBe(true);
  });

  test("without its access log nothing is verified", async () => {
    const customer = await createCustomerRole(base());
    const accessLog = { record: () => Promise.reject(new Error("database down")) };
    const run = verifyRole({ ...dependenciesOf(sandbox.url, time), accessLog }, requestFor(customer));
    await expect(run).rejects.toMatchObject({ code: "access-log-failed" });
  });

  test("can be stopped", async () => {
    const customer = await createCustomerRole(base());
    const run = verify(customer, { signal: AbortSignal.abort(), waitForPropagation: true });
    await expect(run).rejects.toMatchObject({ code: "aborted" });
  });
});

describe("AWS without a clear answer to a negative probe", () => {
  /** Throttles requests without an external ID, `times` times. */
  function throttled(times: number) {
    const dependencies = dependenciesOf(sandbox.url, time);
    let left = times;
    dependencies.aws.sts("us-east-1").middlewareStack.add(
      (next, context) => async (call) => {
        const asksWithout =
          context.commandName === "AssumeRoleCommand" && !("ExternalId" in call.input && call.input.ExternalId);
        if (asksWithout && left-- > 0) throw Object.assign(new Error("Rate exceeded"), { name: "Throttling" });
        return next(call);
      },
      { step: "initialize" },
    );
    return dependencies;
  }

  test("is asked again until it has one", async () => {
    const customer = await createCustomerRole(base());
    const waits: CheckProgress[] = [];
    const onCheck = (progress: CheckProgress) => progress.phase === "waiting" && waits.push(progress);
    const report = await verifyRole(throttled(3), requestFor(customer, { onCheck }));
    expect(report.outcome).toBe("proven");
    expect(waits).toHaveLength(3);
    expect(waits[0]).toMatchObject({ id: "reject-missing-external-id", waitingFor: "retry" });
  });

  test("never counts as a refusal", async () => {
    const customer = await createCustomerRole(base());
    const report = await verifyRole(throttled(1_000), requestFor(customer));
    expect(report.outcome).toBe("inconclusive");
    expect(statusOf(report, "reject-missing-external-id")).toBe("warning");
    expect(statusOf(report, "reject-wrong-external-id")).toBe("passed");
  });

  test("does not hide that another probe succeeded, which ends the run", async () => {
    const customer = await createCustomerRole({ ...base(), trustPolicy: trust(undefined) });
    const untilAborted = (_milliseconds: number, signal?: AbortSignal) =>
      new Promise<void>((_resolve, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));
    const dependencies = { ...throttled(1_000), sleep: untilAborted };
    expect((await verifyRole(dependencies, requestFor(customer))).outcome).toBe("insecure");
  });
});

describe("servers of AWS that do not agree about a role", () => {
  /** Refuses the right external ID `times` times, once it was allowed; wrong ones are refused as ever. */
  function disagreeing(right: string, times: number) {
    const dependencies = dependenciesOf(sandbox.url, time);
    let left = times;
    let allowed = false;
    dependencies.aws.sts("us-east-1").middlewareStack.add(
      (next, context) => async (call) => {
        const id = "ExternalId" in call.input ? String(call.input.ExternalId) : "";
        const isRight = context.commandName === "AssumeRoleCommand" && id === right;
        if (isRight && allowed && left-- > 0) throw Object.assign(new Error("not here"), { name: "AccessDenied" });
        if (isRight) allowed = true;
        return next(call);
      },
      { step: "initialize" },
    );
    return dependencies;
  }
  test("prove nothing by a refusal, and are asked again until they agree", async () => {
    const customer = await createCustomerRole(base());
    const waits: CheckProgress[] = [];
    const onCheck = (progress: CheckProgress) => progress.phase === "waiting" && waits.push(progress);
    const report = await verifyRole(disagreeing(customer.externalId, 2), requestFor(customer, { onCheck }));
    expect(report.outcome).toBe("proven");
    expect(waits.map(({ id }) => id)).toEqual(["reject-missing-external-id", "reject-missing-external-id"]);
  });

  test("leave it open when they never agree", async () => {
    const customer = await createCustomerRole(base());
    const report = await verifyRole(disagreeing(customer.externalId, 1_000), requestFor(customer));
    expect(report.outcome).toBe("inconclusive");
    const check = report.checks.find(({ id }) => id === "reject-missing-external-id");
    expect(check).toMatchObject({ status: "warning", causeId: "still-propagating" });
  });
});

describe("IAM propagation", () => {
  test("is waited out, and said so", async () => {
    const customer = await createCustomerRole({ url: slowSandbox.url, accountId, externalId: newExternalId() });
    const waits: CheckProgress[] = [];
    const request = requestFor(customer, {
      waitForPropagation: true,
      onCheck: (progress) => progress.phase === "waiting" && waits.push(progress),
    });
    const report = await verifyRole(dependenciesOf(slowSandbox.url, time), request);
    expect(report.outcome).toBe("proven");
    expect(waits[0]).toMatchObject({ id: "assume-role", waitingFor: "iam-propagation", attempt: 1 });
    expect(time.waitedMs).toBeGreaterThanOrEqual(propagationMs - 1_000);
  });

  test("is reported as a failure only when the deadline has passed", async () => {
    const request = requestFor(
      { roleArn: `arn:aws:iam::${accountId}:role/acme/None`, externalId: newExternalId() },
      { waitForPropagation: true },
    );
    const report = await verifyRole(dependenciesOf(sandbox.url, time), request);
    expect(report.outcome).toBe("failed");
    expect(time.waitedMs).toBeGreaterThan(75_000);
    expect(time.waitedMs).toBeLessThan(90_000);
  });
});
