import { expect, test } from "vitest";
import { pictureOf } from "./role-snapshot";

const roleArn = "arn:aws:iam::111122223333:role/Nimbus/nimbus";
const externalId = `nimbus-${"0f".repeat(16)}`;

function picture(trust: object, actions: string[]) {
  return pictureOf({
    roleId: "AROAEXAMPLE",
    roleArn,
    externalId,
    details: { ok: true, value: { trustPolicy: encodeURIComponent(JSON.stringify(trust)), maxSessionDuration: 3_600 } },
    policies: {
      statements: [
        {
          policy: `ongoing-${externalId}`,
          effect: "Allow",
          actions: { patterns: actions, excluded: false },
          resources: { patterns: [roleArn], excluded: false },
          conditions: {},
        },
      ],
      boundary: null,
      unreadable: [],
      declared: [],
    },
  });
}

const condition = { StringEquals: { "sts:ExternalId": externalId } };

test("a picture holds neither external ID nor role ARN", () => {
  const text = JSON.stringify(picture({ Statement: { Effect: "Allow", Condition: condition } }, ["iam:GetRole"]));
  expect(text).not.toContain(externalId);
  expect(text).not.toContain(roleArn);
  expect(text).toContain("{externalId}");
});

test.each([
  ["in another case", { StringEqualsIgnoreCase: { "sts:ExternalId": externalId.toUpperCase() } }],
  ["in part", { StringLike: { "STS:externalid": `${externalId.slice(0, 30)}*` } }],
  ["of another connection", { StringEquals: { "sts:ExternalId": [externalId, `nimbus-${"1e".repeat(16)}`] } }],
])("nor an external ID %s, whose change is still seen", (_how, Condition) => {
  const seen = picture({ Statement: { Effect: "Allow", Condition } }, []).trustPolicy;
  expect(seen?.toLowerCase()).not.toMatch(/nimbus-[01]/);
  expect(seen).toContain("{another external ID");
  const changed = JSON.parse(JSON.stringify(Condition).replace(/(\*?"[\]}])/, "x$1")) as object;
  expect(picture({ Statement: { Effect: "Allow", Condition: changed } }, []).trustPolicy).not.toBe(seen);
});

test("how a document is written makes no difference, what it says does", () => {
  const one = picture({ Statement: { Effect: "Allow", Condition: condition } }, ["a:B", "a:C"]);
  const other = picture({ Version: "2012-10-17", Statement: [{ Condition: condition, Effect: "Allow" }] }, [
    "a:C",
    "a:B",
  ]);
  expect(other).toEqual(one);
  expect(picture({ Statement: [{ Effect: "Allow" }] }, ["a:B", "a:C"])).not.toEqual(one);
});

test("what could not be read is absent", () => {
  const unreadable = { what: "the role itself", action: "iam:GetRole" };
  const failure = { kind: "refused" as const, code: "AccessDenied", throttled: false };
  const seen = pictureOf({
    roleId: "AROAEXAMPLE",
    roleArn,
    externalId,
    details: { ok: false, unreadable: { ...unreadable, failure } },
  });
  expect(seen).toEqual({ roleId: "AROAEXAMPLE" });
});
