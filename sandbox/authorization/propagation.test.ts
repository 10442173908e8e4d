import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePermissionsBoundaryCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  type IAMClient,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from "@aws-sdk/client-iam";
import { AssumeRoleCommand } from "@aws-sdk/client-sts";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createSandbox, type RunningSandbox } from "../server";
import { administratorOf, iamOf, policyOf, sessionOf, stsOf } from "../testing/clients";

const vendor = "123456789012";
const customer = "111122223333";
const RoleName = "Portal";
const RoleArn = `arn:aws:iam::${customer}:role/Portal`;
const readOnly = "arn:aws:iam::aws:policy/IAMReadOnlyAccess";
const begin = Date.now();

let sandbox: RunningSandbox;
let time: number;
let iam: IAMClient;

beforeAll(async () => {
  sandbox = await createSandbox({ propagationMs: 10_000, now: () => new Date(time) });
  iam = iamOf(administratorOf(customer, sandbox.url));
});
beforeEach(() => {
  time = begin;
  sandbox.reset();
});
afterAll(() => sandbox.close());

const at = (seconds: number) => {
  time = begin + seconds * 1000;
};
const reading = (Effect: string) => policyOf({ Effect, Action: "iam:GetRole", Resource: "*" });
const trust = (Condition?: object) =>
  policyOf({
    Effect: "Allow",
    Principal: { AWS: vendor },
    Action: "sts:AssumeRole",
    ...(Condition ? { Condition } : {}),
  });
const createRole = (document = trust(), PermissionsBoundary?: string) =>
  iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: document, PermissionsBoundary }));
const put = (Effect: string) =>
  iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "own", PolicyDocument: reading(Effect) }));
const attach = (PolicyArn = readOnly) => iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
const createPolicy = async (Effect: string, PolicyName = "managed") =>
  (await iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument: reading(Effect) }))).Policy?.Arn ?? "";
const assume = (DurationSeconds?: number) =>
  stsOf(administratorOf(vendor, sandbox.url)).send(
    new AssumeRoleCommand({ RoleArn, RoleSessionName: "audit", DurationSeconds }),
  );

/** What the vendor gets at this moment: no session, or one that may read the role or may not. */
async function reach(): Promise<"refused" | "session" | "permission"> {
  const answer = await assume().catch(() => undefined);
  if (!answer) return "refused";
  const read = iamOf(sessionOf(answer.Credentials, sandbox.url)).send(new GetRoleCommand({ RoleName }));
  return await read.then(
    () => "permission",
    () => "session",
  );
}

interface Change {
  given(): Promise<unknown>;
  change(): Promise<unknown>;
  before: Awaited<ReturnType<typeof reach>>;
  after: Awaited<ReturnType<typeof reach>>;
}

const requireId = { StringEquals: { "sts:ExternalId": "ca-0123456789abcdef" } };
const changes: Record<string, Change> = {
  "a role is made": { given: async () => undefined, change: () => createRole(), before: "refused", after: "session" },
  "a role is deleted": {
    given: () => createRole(),
    change: () => iam.send(new DeleteRoleCommand({ RoleName })),
    before: "session",
    after: "refused",
  },
  "a trust policy is tightened": {
    given: () => createRole(),
    change: () => iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: trust(requireId) })),
    before: "session",
    after: "refused",
  },
  "a trust policy is loosened": {
    given: () => createRole(trust(requireId)),
    change: () => iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: trust() })),
    before: "refused",
    after: "session",
  },
  "an inline policy is put": {
    given: () => createRole(),
    change: () => put("Allow"),
    before: "session",
    after: "permission",
  },
  "an inline policy is made to deny": {
    given: () => createRole().then(() => put("Allow")),
    change: () => put("Deny"),
    before: "permission",
    after: "session",
  },
  "an inline policy is deleted": {
    given: () => createRole().then(() => put("Allow")),
    change: () => iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: "own" })),
    before: "permission",
    after: "session",
  },
  "a policy is attached": { given: () => createRole(), change: () => attach(), before: "session", after: "permission" },
  "a policy is detached": {
    given: () => createRole().then(() => attach()),
    change: () => iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn: readOnly })),
    before: "permission",
    after: "session",
  },
  "a policy has a stricter default version": {
    given: async () => {
      await createRole();
      await attach(await createPolicy("Allow"));
    },
    change: () =>
      iam.send(
        new CreatePolicyVersionCommand({
          PolicyArn: `arn:aws:iam::${customer}:policy/managed`,
          PolicyDocument: reading("Deny"),
          SetAsDefault: true,
        }),
      ),
    before: "permission",
    after: "session",
  },
  "a boundary is put": {
    given: async () => {
      await createRole();
      await put("Allow");
      await createPolicy("Deny", "edge");
    },
    change: () => {
      const PermissionsBoundary = `arn:aws:iam::${customer}:policy/edge`;
      return iam.send(new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary }));
    },
    before: "permission",
    after: "session",
  },
  "a boundary is taken away": {
    given: async () => {
      await createRole(trust(), await createPolicy("Deny", "edge"));
      await put("Allow");
    },
    change: () => iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName })),
    before: "session",
    after: "permission",
  },
  "a service control policy is put": {
    given: () => createRole().then(() => put("Allow")),
    change: async () => sandbox.setOrganization({ accountId: customer, serviceControlPolicies: [reading("Deny")] }),
    before: "permission",
    after: "session",
  },
};

describe("a change counts only once it has propagated, when", () => {
  test.each(Object.entries(changes))("%s", async (_, { given, change, before, after }) => {
    await given();
    at(20);
    expect(await reach()).toBe(before);
    await change();
    expect(await reach()).toBe(before);
    at(29.999);
    expect(await reach()).toBe(before);
    at(30);
    expect(await reach()).toBe(after);
  });

  test("a longer session is allowed", async () => {
    await createRole();
    at(20);
    await iam.send(new UpdateRoleCommand({ RoleName, MaxSessionDuration: 7200 }));
    await expect(assume(7200)).rejects.toThrow("MaxSessionDuration");
    at(30);
    await expect(assume(7200)).resolves.toHaveProperty("Credentials");
  });
});

test("a role made anew under the old name is unknown until it has propagated, and so is its predecessor's end", async () => {
  await createRole();
  at(20);
  const before = (await assume()).AssumedRoleUser?.AssumedRoleId;
  await iam.send(new DeleteRoleCommand({ RoleName }));
  at(25);
  await createRole();
  expect((await assume()).AssumedRoleUser?.AssumedRoleId).toBe(before);
  at(30);
  expect(await reach()).toBe("refused");
  at(35);
  const after = (await assume()).AssumedRoleUser?.AssumedRoleId;
  expect(after).not.toBe(before);
});

describe("POST /_sandbox/propagation", () => {
  const post = async (body: unknown) =>
    (await fetch(`${sandbox.url}/_sandbox/propagation`, { method: "POST", body: JSON.stringify(body) })).status;

  test("counts for changes from then on, and leaves what has arrived or is on its way", async () => {
    await createRole();
    at(5);
    expect(await post({ ms: 0 })).toBe(204);
    expect(await reach()).toBe("refused");
    at(10);
    expect(await reach()).toBe("session");
    await put("Allow");
    expect(await reach()).toBe("permission");
    await post({ ms: 60_000 });
    expect(await reach()).toBe("permission");
    await put("Deny");
    at(69.999);
    expect(await reach()).toBe("permission");
    at(70);
    expect(await reach()).toBe("session");
  });

  test("is as at the start after a reset", async () => {
    sandbox.setPropagation(0);
    sandbox.reset();
    await createRole();
    expect(await reach()).toBe("refused");
  });

  test.each([[{}], [{ ms: -1 }], [{ ms: "soon" }], [{ ms: 1.5 }]])("refuses %j", async (body) => {
    expect(await post(body)).toBe(400);
  });
});
