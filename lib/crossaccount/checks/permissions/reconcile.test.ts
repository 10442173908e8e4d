import { describe, expect, test } from "vitest";
import { parsePolicy } from "../../policy/document";
import type { ExpectedStatement } from "./expected-statement";
import { checkOngoingPermissions } from "./ongoing";
import { ownLimits } from "./own-limits";
import type { ProbedCall } from "./probes";
import type { RolePolicies } from "./role-policies";
import type { SimulatedDecision, Simulation } from "./simulation";

const expected: ExpectedStatement[] = [
  {
    policy: "Ongoing",
    sid: "Read",
    effect: "Allow",
    actions: ["ec2:DescribeRegions", "s3:ListBucket"],
    resources: ["*"],
  },
];
const limits = ownLimits([]);
const granted = { Effect: "Allow", Action: ["ec2:DescribeRegions", "s3:ListBucket"], Resource: "*" };
const refused = { kind: "refused", code: "AccessDenied", throttled: false } as const;

function policies(statements: object[], change: Partial<RolePolicies> = {}): RolePolicies {
  const document = JSON.stringify({ Statement: statements });
  return {
    statements: parsePolicy("Attached", document) ?? [],
    boundary: null,
    unreadable: [],
    declared: [],
    ...change,
  };
}
const simulated = (decision: SimulatedDecision, only?: string): Simulation => ({
  ok: true,
  decide: (_statement, action) => (only === undefined || action === only ? decision : { kind: "allowed" }),
});
const called = (answer: ProbedCall["answer"]): ProbedCall[] => [{ sid: "Read", action: "ec2:DescribeRegions", answer }];
const labels = (check: { evidence: { label: string }[] }) => check.evidence.map(({ label }) => label);

describe("what AWS's simulator limits though it is attached", () => {
  test.each([
    ["organization", "service-control-policy", "failed"],
    ["boundary", "permissions-boundary", "failed"],
    ["deny", "explicit-deny", "failed"],
    ["nothing-allows", undefined, "warning"],
  ] as const)("by %s", (by, causeId, status) => {
    const simulation = simulated({ kind: "denied", by }, "s3:ListBucket");
    const check = checkOngoingPermissions({
      expected,
      limits,
      managed: [],
      roleName: "role",
      policies: policies([granted]),
      simulation,
    });
    expect(check).toMatchObject({ status, ...(causeId && { causeId }) });
    expect(JSON.stringify(check.evidence)).toContain("s3:ListBucket");
    expect(JSON.stringify(check.evidence)).toContain("1 of 2 actions allowed");
  });

  test("is nothing where it only lacks a condition key", () => {
    const simulation = simulated({ kind: "provisional" });
    expect(
      checkOngoingPermissions({
        expected,
        limits,
        managed: [],
        roleName: "role",
        policies: policies([granted]),
        simulation,
      }).status,
    ).toBe("passed");
  });

  test("is nothing where a real call worked", () => {
    const simulation = simulated({ kind: "denied", by: "organization" }, "ec2:DescribeRegions");
    const probes = called({ kind: "worked" });
    const check = checkOngoingPermissions({
      expected,
      limits,
      managed: [],
      roleName: "role",
      policies: policies([granted]),
      simulation,
      probes,
    });
    expect(check.status).toBe("passed");
    expect(labels(check)).toContain("Called for real");
  });
});

describe("what a real call was refused", () => {
  test("though both methods allow it points to what neither looks at", () => {
    const probes = called({ kind: "refused", failure: refused });
    const input = { expected, limits, managed: [], roleName: "role", policies: policies([granted]), probes };
    expect(checkOngoingPermissions({ ...input, simulation: simulated({ kind: "allowed" }) })).toMatchObject({
      status: "failed",
      causeId: "resource-policy",
      confidence: "likely",
    });
    expect(checkOngoingPermissions(input)).toMatchObject({ status: "failed", causeId: "service-control-policy" });
  });

  test("proves nothing when it had no clear answer", () => {
    const probes = called({ kind: "unknown", code: "Throttling" });
    expect(
      checkOngoingPermissions({
        expected,
        limits,
        managed: [],
        roleName: "role",
        policies: policies([granted]),
        probes,
      }).status,
    ).toBe("passed");
  });
});

describe("what could not be read", () => {
  const unreadable = [{ what: "Hidden", action: "iam:GetPolicy", failure: refused }];

  test("may be what grants, when the simulator allows", () => {
    const hidden = policies([], { unreadable });
    expect(checkOngoingPermissions({ expected, limits, managed: [], roleName: "role", policies: hidden }).status).toBe(
      "warning",
    );
    expect(
      checkOngoingPermissions({
        expected,
        limits,
        managed: [],
        roleName: "role",
        policies: hidden,
        simulation: simulated({ kind: "denied", by: "nothing-allows" }),
      }).status,
    ).toBe("failed");
    expect(
      checkOngoingPermissions({
        expected,
        limits,
        managed: [],
        roleName: "role",
        policies: hidden,
        simulation: simulated({ kind: "allowed" }),
      }).status,
    ).toBe("passed");
  });

  test("may be what limits, unless the simulator allows all of it", () => {
    const input = { expected, limits, managed: [], roleName: "role", policies: policies([granted], { unreadable }) };
    const judged = (simulation?: Simulation) => checkOngoingPermissions({ ...input, simulation });
    expect(judged(simulated({ kind: "allowed" })).status).toBe("passed");
    const unsure = { status: "warning", cause: expect.stringContaining("could still deny") as string };
    expect(judged()).toMatchObject(unsure);
    expect(judged(simulated({ kind: "not-simulated" }, "s3:ListBucket"))).toMatchObject(unsure);
  });
});

test("a reading that finds something missing which the simulator allows says that they disagree", () => {
  const simulation = simulated({ kind: "allowed" });
  const check = checkOngoingPermissions({
    expected,
    limits,
    managed: [],
    roleName: "role",
    policies: policies([]),
    simulation,
  });
  expect(check.status).toBe("failed");
  expect(labels(check)).toContain("The two methods disagree");
});

test("what is missing is shown as a difference in the template's statement, and where to add it", () => {
  const check = checkOngoingPermissions({
    expected,
    limits,
    managed: [],
    roleName: "role",
    policies: policies([{ ...granted, Action: "ec2:*" }]),
  });
  const difference = check.evidence.find(({ label }) => label === "Difference in policy Ongoing")?.value ?? "";
  const added = difference.split("\n").filter((line) => line.startsWith("+"));
  expect(added).toEqual(['+     "s3:ListBucket"']);
  expect(difference).toContain('      "ec2:DescribeRegions",');
  expect(labels(check)).toContain("Where");
});
