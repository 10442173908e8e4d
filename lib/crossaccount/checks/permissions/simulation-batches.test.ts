import { describe, expect, test } from "vitest";
import type { ExpectedStatement } from "./expected-statement";
import { simulationBatches } from "./simulation-batches";

const situation = { now: new Date("2026-06-01T00:00:00Z"), region: "eu-west-1" };
const statement = (change: Partial<ExpectedStatement>): ExpectedStatement => ({
  policy: "Ongoing",
  sid: "Read",
  effect: "Allow",
  actions: ["ec2:DescribeInstances"],
  resources: ["*"],
  ...change,
});
const valuesOf = (statements: ExpectedStatement[]) =>
  simulationBatches(statements, situation).map(({ context }) =>
    Object.fromEntries(context.map(({ ContextKeyName, ContextKeyValues }) => [ContextKeyName, ContextKeyValues])),
  );

describe("calls of the simulator", () => {
  test("are one for all statements on the same resources", () => {
    const batches = simulationBatches([statement({}), statement({ actions: ["s3:ListAllMyBuckets"] })], situation);
    expect(batches).toMatchObject([{ actions: ["ec2:DescribeInstances", "s3:ListAllMyBuckets"], resources: ["*"] }]);
  });

  test("stay few however many resources are named", () => {
    const many = Array.from({ length: 40 }, (_, index) => statement({ resources: [`arn:aws:s3:::bucket-${index}`] }));
    expect(simulationBatches(many, situation)).toHaveLength(1);
    expect(simulationBatches(many.slice(0, 5), situation)).toHaveLength(5);
  });

  test("leave out wildcards in actions, what is denied, and what the role reads of itself", () => {
    const left = [
      statement({ actions: ["ec2:Describe*"] }),
      statement({ effect: "Deny" }),
      statement({ sid: "CrossAccountReadOwnRole" }),
    ];
    expect(simulationBatches(left, situation)).toEqual([]);
  });
});

describe("context of a simulated call", () => {
  test("brings time and Region along, which policies above the role may ask for", () => {
    expect(valuesOf([statement({})])).toEqual([
      {
        "aws:CurrentTime": ["2026-06-01T00:00:00.000Z"],
        "aws:RequestedRegion": ["eu-west-1"],
        "aws:SecureTransport": ["true"],
      },
    ]);
  });

  test("meets the statement's own conditions, but never pretends a time", () => {
    const condition = {
      StringEquals: { "aws:RequestedRegion": ["us-east-1", "us-west-2"], "aws:ResourceTag/owner": "acme" },
      StringNotEquals: { "s3:prefix": "secret" },
      DateLessThan: { "aws:CurrentTime": "2020-01-01T00:00:00Z" },
    };
    expect(valuesOf([statement({ condition })])).toEqual([
      {
        "aws:CurrentTime": ["2026-06-01T00:00:00.000Z"],
        "aws:RequestedRegion": ["us-east-1"],
        "aws:ResourceTag/owner": ["acme"],
        "aws:SecureTransport": ["true"],
      },
    ]);
  });

  test.each<[string, object, Record<string, string[]>]>([
    ["a number that is less", { NumericLessThan: { "s3:signatureAge": "600000" } }, { "s3:signatureAge": ["599999"] }],
    ["a number that is greater", { NumericGreaterThanIfExists: { "s3:max-keys": "5" } }, { "s3:max-keys": ["6"] }],
    ["a number that is the bound", { NumericLessThanEquals: { "s3:max-keys": "10" } }, { "s3:max-keys": ["10"] }],
    [
      "a date that is later",
      { DateGreaterThan: { "aws:TokenIssueTime": "2026-01-01" } },
      { "aws:TokenIssueTime": ["2026-01-01T00:00:01.000Z"] },
    ],
    [
      "seconds that are earlier",
      { DateLessThan: { "aws:TokenIssueTime": "1800000000" } },
      { "aws:TokenIssueTime": ["1799999999"] },
    ],
    ["an address of a block", { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } }, { "aws:SourceIp": ["203.0.113.0"] }],
    ["nothing for a variable", { StringEquals: { "aws:ResourceAccount": `\${aws:PrincipalAccount}` } }, {}],
    [
      "what stands beside a variable",
      { StringLike: { "s3:prefix": [`\${aws:PrincipalAccount}/*`, "home/*"] } },
      { "s3:prefix": ["home/*"] },
    ],
  ])("holds %s", (_what, condition, expected) => {
    const own = Object.keys(expected);
    const [given = {}] = valuesOf([statement({ condition: condition as never })]);
    expect(Object.fromEntries(Object.entries(given).filter(([key]) => own.includes(key)))).toEqual(expected);
    expect(Object.keys(given)).toHaveLength(3 + own.length);
  });
});
