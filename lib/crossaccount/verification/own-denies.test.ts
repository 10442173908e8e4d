import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createSandbox, type RunningSandbox } from "../../../sandbox/server";
import { parseConfig } from "../config/config";
import { administratorIam, putInlinePolicy, testConfigInput } from "../testing/customer";
import { createCustomerStack } from "../testing/customer-stack";
import { accountId, createTestTime, newExternalId, statusOf, verifyAt } from "../testing/run-verification";

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await createSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const why = "Because.";
const read = {
  sid: "Read",
  effect: "Allow",
  actions: ["ec2:DescribeInstances", "s3:GetObject"],
  resources: ["*"],
  why,
  risk: "low",
};
const elsewhere = { StringNotEquals: { "aws:RequestedRegion": ["eu-west-1"] } };
const deny = (actions: string[], resources: string[], condition?: object) => ({
  ...{ sid: "Guard", effect: "Deny", actions, resources, why, risk: "low" },
  ...(condition && { condition }),
});
const configWith = (change: object) => parseConfig({ ...testConfigInput, ...change });

async function reportOn(config: ReturnType<typeof parseConfig>, setupPhase = true) {
  const role = await createCustomerStack({ url: sandbox.url, externalId: newExternalId(), config, setupPhase });
  const verify = verifyAt(sandbox.url, createTestTime(), config);
  return { role, verify, report: await verify(role, { expectSetup: setupPhase ? "present" : "gone" }) };
}

test.each([
  ["outside a Region", deny(["ec2:*"], ["*"], elsewhere)],
  ["on one bucket", deny(["s3:*"], ["arn:aws:s3:::secret", "arn:aws:s3:::secret/*"])],
  ["of an action that is allowed by a wildcard", deny(["ec2:DescribeInstanceAttribute"], ["*"])],
])("a Deny of the config's own, %s, is no finding in either phase", async (_what, guard) => {
  const config = configWith({ ongoingPermissions: [{ ...read, actions: [...read.actions, "ec2:Describe*"] }, guard] });
  for (const setupPhase of [true, false]) {
    sandbox.reset();
    const { report } = await reportOn(config, setupPhase);
    expect(report.checks.filter(({ status }) => status !== "passed")).toEqual([]);
    expect(JSON.stringify(report.checks)).not.toMatch(/Denied (in part )?by/);
  }
});

test("a Deny of the ongoing permissions does not hinder setup", async () => {
  const { report } = await reportOn(configWith({ ongoingPermissions: [read, deny(["ec2:*"], ["*"], elsewhere)] }));
  expect(statusOf(report, "setup-permissions")).toBe("passed");
});

test("a Deny that somebody else added is found beside the config's own", async () => {
  const config = configWith({ ongoingPermissions: [read, deny(["ec2:*"], ["*"], elsewhere)] });
  const { role, verify } = await reportOn(config);
  const customer = {
    ...role,
    roleName: "acme-CrossAccountRole",
    iam: administratorIam(sandbox.url, accountId, "us-east-1"),
  };
  await putInlinePolicy(customer, "Wider", { Effect: "Deny", Action: "ec2:*", Resource: "*" });
  expect(statusOf(await verify(role), "ongoing-permissions")).toBe("failed");
  await putInlinePolicy(customer, "Wider", {
    Effect: "Deny",
    Action: "ec2:*",
    Resource: "*",
    Condition: { StringNotEquals: { "aws:RequestedRegion": ["eu-west-2"] } },
  });
  expect(statusOf(await verify(role), "ongoing-permissions")).toBe("warning");
});

test("a Deny of the config that is gone from the role is a failure", async () => {
  const guarded = configWith({ ongoingPermissions: [read, deny(["ec2:*"], ["*"], elsewhere)] });
  const bare = configWith({ ongoingPermissions: [read] });
  const role = await createCustomerStack({ url: sandbox.url, externalId: newExternalId(), config: bare });
  const report = await verifyAt(sandbox.url, createTestTime(), guarded)(role);
  expect(statusOf(report, "ongoing-permissions")).toBe("failed");
});

const refused = (permissions: object[], setup: object[] = []) => {
  try {
    configWith({ ongoingPermissions: permissions, setupPermissions: setup });
    return "taken";
  } catch (error) {
    return error instanceof Error ? error.message : "";
  }
};

test("a Deny that takes an Allow away entirely is refused, whichever phase it is of", () => {
  const [one, other] = ["arn:aws:s3:::one/*", "arn:aws:s3:::other/*"];
  const put = { ...read, sid: "Put", actions: ["s3:PutObject"], resources: [one, other] };
  const tagged = { StringEquals: { "aws:RequestedRegion": "us-east-1" } };
  expect(refused([read, deny(["s3:Get*"], ["*"])])).toContain(
    'ongoingPermissions[0].actions[1]: is denied everywhere by "Guard"',
  );
  expect(refused([read], [put, deny(["s3:PutObject"], [one, other])])).toContain("setupPermissions[0].actions[0]");
  expect(refused([read, deny(["s3:PutObject"], ["*"])], [put])).toContain("setupPermissions[0].actions[0]");
  expect(
    refused([read, put, { ...deny(["s3:PutObject"], [one]), sid: "A" }, { ...deny(["s3:*"], [other]), sid: "B" }]),
  ).toContain("is denied everywhere");
  expect(refused([read, { ...put, condition: tagged }, deny(["s3:Put*"], ["*"], tagged)])).toContain(
    "is denied everywhere",
  );
  expect(refused([read, { ...put, condition: tagged }, deny(["s3:Put*"], ["*"], elsewhere)])).toContain(
    "is denied everywhere",
  );
});

test("a Deny that leaves something of each Allow is taken", () => {
  expect(refused([read, deny(["s3:*"], ["arn:aws:s3:::one/*"])])).toBe("taken");
  expect(refused([read, deny(["*"], ["*"], { Bool: { "aws:SecureTransport": "false" } })])).toBe("taken");
  expect(refused([read, deny(["s3:*", "ec2:*"], ["*"], elsewhere)])).toBe("taken");
  const here = { StringEquals: { "aws:RequestedRegion": ["eu-west-1", "us-east-1"] } };
  expect(refused([{ ...read, condition: here }, deny(["s3:*"], ["*"], elsewhere)])).toBe("taken");
});

test("a Deny may not keep the role from reading itself", () => {
  expect(refused([read, deny(["iam:*"], ["*"])])).toContain("would keep the role from reading itself");
  expect(refused([read, deny(["*"], ["*"], elsewhere)])).toContain("would keep the role from reading itself");
  const everywhereElse = { StringNotEquals: { "aws:RequestedRegion": ["eu-west-1", "us-east-1"] } };
  expect(refused([read, deny(["*"], ["*"], everywhereElse)])).toBe("taken");
});
