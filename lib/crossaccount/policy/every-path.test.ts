import { describe, expect, test } from "vitest";
import { actionsMatching, knownAction } from "../actions/actions";
import { type EscalationGrant, findEscalations } from "./escalation";
import {
  boundingCalls,
  combinedCalls,
  givenRoles,
  launchingCalls,
  liftingCalls,
  seizingCalls,
  takingCalls,
  unboundedPolicies,
  writingCalls,
} from "./escalation-paths";
import { takenTypes } from "./reach";
import { policyActions, roleActions } from "./self-escalation";
import { takesTags } from "./tag-condition";

type Condition = EscalationGrant["condition"];
const allow = (actions: string[], resources = ["*"], condition?: Condition): EscalationGrant => ({
  effect: "Allow",
  actions,
  resources,
  ...(condition && { condition }),
});

/** What narrows a call of the first grant: `open` for nothing, `none` where it leads nowhere. */
function verdict(name: string, ...grants: EscalationGrant[]): string {
  const found = findEscalations(grants).filter(({ grantIndex, allows }) => grantIndex === 0 && allows === name);
  return found[0] ? (found[0].narrowedBy ?? "open") : "none";
}

/** A resource of the kind that the call takes, named `nimbus-…`, and any of that kind. */
function resourcesOf(name: string): { named: string; any: string } {
  const [type] = takenTypes(name);
  if (!type) return { named: "*", any: "*" };
  const parts = type.arn.replace(/^arn:\*/, "arn:aws").split(":");
  const head = parts.slice(0, 5).join(":");
  const tail = parts.slice(5).join(":");
  return { named: `${head}:${tail.replace("*", "nimbus-*")}`, any: `${head}:${tail}` };
}

const owner: Condition = { StringEquals: { "aws:ResourceTag/owner": "nimbus" } };
const limits = { "iam:PermissionsBoundary": "arn:aws:iam::111122223333:policy/limits" };
const workers = ["arn:aws:iam::*:role/workers/*"];

test("every list has what it had", () => {
  const lists = [takingCalls, combinedCalls, launchingCalls, writingCalls, seizingCalls, givenRoles, unboundedPolicies];
  const counts = lists.map((list) => Object.keys(list).length);
  expect(counts).toEqual([56, 3, 102, 15, 3, 5, 15]);
  expect([liftingCalls.length, boundingCalls.length]).toEqual([2, 2]);
});

test("every call of the lists is one that AWS has", () => {
  const names = [
    ...[takingCalls, writingCalls].flatMap(Object.keys),
    ...combinedCalls.flatMap(({ change, start }) => [change, start]),
    ...[launchingCalls, seizingCalls, liftingCalls, boundingCalls].flat(),
  ];
  expect(names.filter((name) => !knownAction(name))).toEqual([]);
});

test("every call by which IAM sets permissions is in a list, or takes some away, or is attached to nothing yet", () => {
  const listed = [
    ...[takingCalls, writingCalls].flatMap(Object.keys),
    ...[roleActions, policyActions, liftingCalls, boundingCalls].flat(),
  ];
  const harmless = /^iam:(Delete|Detach)|^iam:CreatePolicy$/;
  const setting = actionsMatching("iam:*").filter(({ level }) => level === "Permissions management");
  expect(setting.length).toBeGreaterThan(20);
  expect(setting.map(({ name }) => name).filter((name) => !listed.includes(name) && !harmless.test(name))).toEqual([]);
});

describe("a call that takes what is there", () => {
  const calls = Object.keys(takingCalls);

  test.each(calls)("%s on everything is open", (name) => {
    const { any } = resourcesOf(name);
    expect(verdict(name, allow([name]))).toBe("open");
    expect(verdict(name, allow([`${name.slice(0, -2)}*`]))).toBe("open");
    expect(verdict(name, allow([name], [any]))).toBe("open");
    expect(verdict(name, { ...allow([name]), effect: "Deny" })).toBe("none");
  });

  test.each(calls)("%s is narrowed by names, all of them", (name) => {
    const { named, any } = resourcesOf(name);
    expect(verdict(name, allow([name], [named]))).toBe("names");
    expect(verdict(name, allow([name], [named, any]))).toBe("open");
    expect(verdict(name, allow([name], [named, "*"]))).toBe("open");
    expect(verdict(name, allow([name], ["arn:aws:dynamodb:*:*:table/nimbus"]))).toBe("none");
  });

  test.each(calls)("%s is narrowed by a tag where AWS documents that, and where the role cannot set it", (name) => {
    const { any } = resourcesOf(name);
    const tagged = allow([name], [any], owner);
    const narrowed = takesTags(name, [any]) ? "tag" : "open";
    expect(verdict(name, tagged)).toBe(narrowed);
    expect(verdict(name, tagged, allow(["s3:PutObjectTagging", "kms:Decrypt"]))).toBe(takesTags(name) ? "tag" : "open");
    expect(verdict(name, tagged, allow(["*"]))).toBe("open");
    const setters = actionsMatching("*").filter(
      ({ level, resourceTypes }) =>
        level === "Tagging" && resourceTypes.some(({ arn }) => arn === takenTypes(name)[0]?.arn),
    );
    for (const setter of setters.filter((one) => !/:(Untag|Remove|Delete)/.test(one.name)))
      expect([setter.name, verdict(name, tagged, allow([setter.name]))]).toEqual([setter.name, "open"]);
  });

  test.each<[string, Condition]>([
    ["any value", { StringLike: { "aws:ResourceTag/owner": "*" } }],
    ["nearly any value", { StringLike: { "aws:ResourceTag/owner": "ni*" } }],
    ["no value", { StringEquals: { "aws:ResourceTag/owner": "" } }],
    ["one value or any", { StringLike: { "aws:ResourceTag/owner": ["nimbus", "*"] } }],
    ["a tag of the session", { StringEquals: { "aws:ResourceTag/owner": `\${aws:PrincipalTag/owner}` } }],
    ["the tag if there is one", { StringEqualsIfExists: { "aws:ResourceTag/owner": "nimbus" } }],
    ["that it is another", { StringNotEquals: { "aws:ResourceTag/owner": "other" } }],
    ["that there is one", { Null: { "aws:ResourceTag/owner": "false" } }],
    ["that all there are fit", { "ForAllValues:StringEquals": { "aws:ResourceTag/owner": "nimbus" } }],
    ["a tag of the request", { StringEquals: { "aws:RequestTag/owner": "nimbus" } }],
    ["a tag of the role", { StringEquals: { "aws:PrincipalTag/owner": "nimbus" } }],
  ])("a tag condition that demands %s narrows nothing", (_, condition) => {
    expect(verdict("ssm:SendCommand", allow(["ssm:SendCommand"], ["arn:aws:ec2:*:*:instance/*"], condition))).toBe(
      "open",
    );
  });
});

describe("who may tag a machine can mark it", () => {
  const send = allow(["ssm:SendCommand"], ["arn:aws:ec2:*:*:instance/*"], owner);
  const tagging = (condition?: Condition, resources = ["arn:aws:ec2:*:*:instance/*"]) =>
    verdict("ssm:SendCommand", send, allow(["ec2:CreateTags"], resources, condition));

  test.each<[string, Condition]>([
    ["with no condition", undefined],
    ["that tag and others", { "ForAllValues:StringEquals": { "aws:TagKeys": ["Name", "owner"] } }],
    ["in another spelling", { "ForAllValues:StringEquals": { "aws:TagKeys": ["Owner"] } }],
    ["with keys by a wildcard", { "ForAllValues:StringLike": { "aws:TagKeys": ["o*"] } }],
    ["one of several keys only", { "ForAnyValue:StringEquals": { "aws:TagKeys": ["Name"] } }],
    ["but that spelling", { "ForAllValues:StringNotEquals": { "aws:TagKeys": ["owner"] } }],
    ["with that value", { StringEquals: { "aws:RequestTag/owner": "nimbus" } }],
    ["with another value, and a second spelling", { StringEquals: { "aws:RequestTag/owner": "other" } }],
    ["with a value by a wildcard", { StringLike: { "aws:RequestTag/owner": "nim*" } }],
    ["with another value if there is one", { StringEqualsIfExists: { "aws:RequestTag/owner": "other" } }],
    ["what has another tag", { StringEquals: { "aws:ResourceTag/team": "a" } }],
    ["what has one of two values", { StringEquals: { "aws:ResourceTag/owner": ["nimbus", "other"] } }],
    ["what has nearly the value", { StringLike: { "aws:ResourceTag/owner": "n*" } }],
    ["while making or later", { StringEqualsIfExists: { "ec2:CreateAction": "RunInstances" } }],
    ["in one Region", { StringEquals: { "aws:RequestedRegion": "eu-west-1" } }],
  ])("%s", (_, condition) => {
    expect(tagging(condition)).toBe("open");
  });

  test.each<[string, Condition]>([
    ["other tags", { "ForAllValues:StringEquals": { "aws:TagKeys": ["Name", "team"] } }],
    ["anything but that tag", { "ForAllValues:StringNotEqualsIgnoreCase": { "aws:TagKeys": ["owner"] } }],
    ["never that tag", { Null: { "aws:RequestTag/Owner": "true" } }],
    [
      "with another value, in one spelling",
      {
        StringEquals: { "aws:RequestTag/owner": "other" },
        "ForAllValues:StringEquals": { "aws:TagKeys": ["owner", "Name"] },
      },
    ],
    ["what is marked already", { StringEquals: { "ec2:ResourceTag/owner": "nimbus" } }],
    ["while making", { StringEquals: { "ec2:CreateAction": ["RunInstances", "CreateVolume"] } }],
  ])("unless it may set %s", (_, condition) => {
    expect(tagging(condition)).toBe("tag");
  });

  test("or only volumes, or nothing at all", () => {
    expect(tagging(undefined, ["arn:aws:ec2:*:*:volume/*"])).toBe("tag");
    expect(tagging(undefined, ["arn:aws:ec2:*:*:*"])).toBe("open");
    expect(verdict("ssm:SendCommand", send, { ...allow(["ec2:CreateTags"]), effect: "Deny" })).toBe("tag");
    expect(verdict("ssm:SendCommand", send, allow(["ec2:DeleteTags", "ec2:RunInstances"]))).toBe("tag");
  });
});

describe("a call that writes permissions", () => {
  const calls = Object.entries(writingCalls);
  const boundary = { ArnEquals: limits };
  const policies = { ArnEquals: { "iam:PolicyARN": "arn:aws:iam::aws:policy/ReadOnlyAccess" } };

  test.each(calls)("%s is open by names, by tags, by anything but what tames it", (name, { tamedBy }) => {
    const { named } = resourcesOf(name);
    expect(verdict(name, allow([name]))).toBe("open");
    expect(verdict(name, allow([name], [named]))).toBe("open");
    expect(verdict(name, allow([name], [named], owner))).toBe("open");
    expect(verdict(name, allow([name], [named], boundary))).toBe(
      tamedBy.includes("iam:permissionsboundary") ? "boundary" : "open",
    );
    expect(verdict(name, allow([name], [named], policies))).toBe(
      tamedBy.includes("iam:policyarn") ? "policies" : "open",
    );
  });

  const bounded = calls.filter(([, { tamedBy }]) => tamedBy.includes("iam:permissionsboundary")).map(([name]) => name);
  test.each(bounded.flatMap((name) => [...liftingCalls, ...boundingCalls].map((lift) => [name, lift] as const)))(
    "%s is open though a boundary is demanded, when %s takes it away",
    (name, lift) => {
      const { named } = resourcesOf(name);
      expect(verdict(name, allow([name], [named], boundary), allow([lift], [resourcesOf(lift).named]))).toBe("open");
    },
  );

  test.each(unboundedPolicies.map((name) => name.replace("*", "-Amplify")))("the policy %s is no limit", (policy) => {
    const arn = `arn:aws:iam::aws:policy/${policy}`;
    expect(
      verdict(
        "iam:AttachRolePolicy",
        allow(["iam:AttachRolePolicy"], workers, { ArnEquals: { "iam:PolicyARN": arn } }),
      ),
    ).toBe("open");
    expect(
      verdict(
        "iam:PutRolePolicy",
        allow(["iam:PutRolePolicy"], workers, { ArnLike: { "iam:PermissionsBoundary": arn } }),
      ),
    ).toBe("open");
  });

  test("into a role that a service linked changes nothing: IAM refuses that", () => {
    const linked = ["arn:aws:iam::*:role/aws-service-role/spot.amazonaws.com/AWSServiceRoleForEC2Spot"];
    expect(verdict("iam:PutRolePolicy", allow(["iam:PutRolePolicy"], linked))).toBe("none");
    expect(verdict("iam:PutRolePolicy", allow(["iam:PutRolePolicy"], [...linked, ...workers]))).toBe("open");
  });
});

describe("passing a role", () => {
  test.each(launchingCalls)("to %s is open for any role, narrowed for named ones, and not by tags", (launch) => {
    const launches = allow([launch]);
    expect(verdict("iam:PassRole", allow(["iam:PassRole"]), launches)).toBe("open");
    expect(verdict("iam:PassRole", allow(["iam:PassRole"], ["arn:aws:iam::*:role/*"]), launches)).toBe("open");
    expect(verdict("iam:PassRole", allow(["iam:PassRole"], ["*"], owner), launches)).toBe("open");
    expect(verdict("iam:PassRole", allow(["iam:PassRole"], workers), launches)).toBe("names");
    expect(verdict("iam:PassRole", allow(["iam:PassRole"]), { ...launches, effect: "Deny" })).toBe("none");
  });

  const services = { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } };
  test("any role to one service is any role all the same", () => {
    expect(verdict("iam:PassRole", allow(["iam:PassRole"], ["*"], services), allow(["ec2:RunInstances"]))).toBe("open");
  });

  test.each(givenRoles.map((name) => name.replaceAll("*", "x")))("the role %s is everybody's", (role) => {
    const given = [`arn:aws:iam::*:role/${role}`];
    expect(verdict("iam:PassRole", allow(["iam:PassRole"], given), allow(["ec2:RunInstances"]))).toBe("open");
    expect(verdict("sts:AssumeRole", allow(["sts:AssumeRole"], given))).toBe("open");
  });
});

describe("changing what runs, and making it run", () => {
  test.each(combinedCalls)("$change with $start", ({ change, start }) => {
    const { named, any } = resourcesOf(change);
    const starts = allow([start]);
    expect(verdict(change, allow([change]), starts)).toBe("open");
    expect(verdict(change, allow([change], [any]), starts)).toBe("open");
    expect(verdict(change, allow([change], [named]), starts)).toBe("names");
    expect(verdict(change, allow([change], [any], owner), starts)).toBe("tag");
    expect(verdict(change, allow([change], [any], owner), starts, allow(["*"]))).toBe("open");
    expect(verdict(change, allow([change]))).toBe("none");
  });
});
