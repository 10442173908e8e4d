import { describe, expect, test } from "vitest";
import { CrossAccountError } from "../errors";
import { formatRoleArn, parseRoleArn, roleArnFor, roleIdentity } from "./role-arn";

describe("role ARNs that are read", () => {
  test.each([
    ["arn:aws:iam::111122223333:role/Nimbus", "aws", "/", "Nimbus"],
    ["arn:aws:iam::111122223333:role/Nimbus/Nimbus-CrossAccountRole", "aws", "/Nimbus/", "Nimbus-CrossAccountRole"],
    ["arn:aws-us-gov:iam::111122223333:role/a/b/c+=,.@-_", "aws-us-gov", "/a/b/", "c+=,.@-_"],
    ["arn:aws-cn:iam::000000000001:role/x", "aws-cn", "/", "x"],
    ["arn:aws-eusc:iam::111122223333:role/x", "aws-eusc", "/", "x"],
  ])("%s", (arn, partition, path, roleName) => {
    const parts = parseRoleArn(arn);
    expect(parts).toMatchObject({ partition, path, roleName });
    expect(formatRoleArn(parts)).toBe(arn);
  });

  test.each([
    " arn:aws:iam::111122223333:role/Nimbus\n",
    '"arn:aws:iam::111122223333:role/Nimbus",',
    "'arn:aws:iam::111122223333:role/Nimbus'",
    "`arn:aws:iam::111122223333:role/Nimbus`",
    "\u200barn:aws:iam::111122223333:role/Nimbus",
    "arn:aws:iam::1111\u200b22223333:role/Nimbus\u200e",
    "arn:aws:iam::111122223333:\u2060role/Nim\u00adbus",
    "\ufeffarn:aws:iam::111122223333:role/Nimbus\ufe0f",
    "\u202aarn:aws:iam::111122223333:role/Nimbus\u202c",
    "\u00a0arn:aws:iam::111122223333:role/Nimbus\u3000",
    "\u201carn:aws:iam::111122223333:role/Nimbus\u201d",
    "\u2018arn:aws:iam::111122223333:role/Nimbus\u2019.",
    "\u00abarn:aws:iam::111122223333:role/Nimbus\u00bb",
    "\u201earn:aws:iam::111122223333:role/Nimbus\u201c",
    "<arn:aws:iam::111122223333:role/Nimbus>",
    "RoleArn\tarn:aws:iam::111122223333:role/Nimbus\tThe role's ARN\t-",
    "arn:aws:iam::111122223333:role/Nimbus\tThe role's ARN",
    "RoleArn\narn:aws:iam::111122223333:role/Nimbus\nThe role's ARN\n",
    "RoleArn   arn:aws:iam::111122223333:role/Nimbus   The role's ARN",
    "RoleArn: arn:aws:iam::111122223333:role/Nimbus",
    "|  RoleArn  |  arn:aws:iam::111122223333:role/Nimbus  |  The role's ARN |",
    '{ "OutputKey": "RoleArn", "OutputValue": "arn:aws:iam::111122223333:role/Nimbus", "Description": "The role\'s ARN" }',
    "ExternalId\tnimbus-0f\nRoleArn\tarn:aws:iam::111122223333:role/Nimbus\nNextSteps\tGo back",
    "arn:aws:cloudformation:us-east-1:111122223333:stack/Nimbus/guid\narn:aws:iam::111122223333:role/Nimbus",
  ])("with what was copied around it: %j", (text) => {
    expect(formatRoleArn(parseRoleArn(text))).toBe("arn:aws:iam::111122223333:role/Nimbus");
  });
});

describe("what people paste instead", () => {
  test.each([
    ["", /no role ARN yet/],
    ["111122223333", /account ID/],
    ["1111-2222-3333", /account ID/],
    ["Nimbus-CrossAccountRole", /only the role's name/],
    ["https://console.aws.amazon.com/iam", /web address/],
    ["please help me", /not an ARN/],
    ["arn:aws:sts::111122223333:assumed-role/Nimbus/session", /session of a role/],
    ["arn:aws:sts::111122223333:federated-user/me", /temporary session/],
    ["arn:aws:iam::111122223333:user/alice", /IAM user/],
    ["arn:aws:iam::111122223333:group/admins", /IAM group/],
    ["arn:aws:iam::111122223333:policy/Nimbus/Nimbus-Ongoing", /policy/],
    ["arn:aws:iam::111122223333:instance-profile/web", /instance profile/],
    ["arn:aws:iam::111122223333:root", /root user/],
    ["arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX", /service-linked/],
    ["arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin", /managed by AWS/],
    ["arn:aws:cloudformation:us-east-1:111122223333:stack/Nimbus/guid", /CloudFormation stack/],
    ["arn:aws:s3:::bucket", /something other/],
    ["arn:aws-moon:iam::111122223333:role/Nimbus", /not an AWS partition/],
    ["arn:aws:iam:us-east-1:111122223333:role/Nimbus", /no Region/],
    ["arn:aws:iam::1111:role/Nimbus", /12 digits/],
    ["arn:aws:iam::111122223333:role/", /name is missing/],
    ["arn:aws:iam::111122223333:role/*", /wildcard/],
    [`arn:aws:iam::111122223333:role/${"x".repeat(65)}`, /too long/],
    ["arn:aws:iam::111122223333:role/Nimbus\u2013Role", /a dash \(U\+2013\)/],
    ["arn:aws:iam::111122223333:role/Nimbus\u2011Role", /non-breaking hyphen \(U\+2011\)/],
    ["arn:aws:iam::111122223333:role/N\u0456mbus", /“і” \(U\+0456\)/],
    ["arn:aws:iam::111122223333:role/Nimbus\u3164", /U\+3164/],
    ["arn:aws:iam::111122223333:role/Nim\u00a0bus", /no-break space \(U\+00A0\)/],
    ["arn\uff1aaws\uff1aiam\uff1a\uff1a111122223333\uff1arole/Nimbus", /full-width colon \(U\+FF1A\)/],
    ["arn:aws:iam::111122223333:role/Nim!bus", /“!” \(U\+0021\)/],
    ["arn:aws:iam::111122223333:role/A\narn:aws:iam::111122223333:role/B", /several ARNs/],
    ["arn:aws:iam::111122223333:role/Nimbus The role's ARN", /a space \(U\+0020\)/],
    ["arn:aws:iam::111122223333:role/Nim bus", /does not allow/],
    ["arn:aws:iam::111122223333:role/a b/Nimbus", /does not allow/],
  ])("%s", (text, explanation) => {
    const error = refusal(() => parseRoleArn(text));
    expect(error.code).toBe("role-arn-invalid");
    expect(error.message).toMatch(explanation);
    expect(error.message).not.toContain("111122223333");
  });

  test("a role of another partition than the connection's", () => {
    const arn = "arn:aws-us-gov:iam::111122223333:role/Nimbus";
    expect(refusal(() => parseRoleArn(arn, { partition: "aws" })).message).toMatch(/GovCloud.*cannot be used across/);
    expect(parseRoleArn(arn, { partition: "aws-us-gov" }).partition).toBe("aws-us-gov");
  });
});

test("the role's ARN can be told before the stack exists", () => {
  const role = { partition: "aws-cn", accountId: "111122223333", roleName: "Nimbus-1" } as const;
  expect(roleArnFor({ serviceName: "Nimbus" }, role)).toBe("arn:aws-cn:iam::111122223333:role/Nimbus/Nimbus-1");
});

function refusal(action: () => unknown): CrossAccountError {
  try {
    action();
  } catch (error) {
    if (error instanceof CrossAccountError) return error;
    throw error;
  }
  throw new Error("expected a refusal");
}

test("a role is the same by whatever path and letter case its ARN is written, and no other role is", () => {
  const identity = (arn: string) => roleIdentity(parseRoleArn(arn));
  const role = identity("arn:aws:iam::111122223333:role/nimbus/Nimbus-CrossAccountRole");
  expect(identity("arn:aws:iam::111122223333:role/NIMBUS-crossaccountrole")).toBe(role);
  expect(identity("arn:aws:iam::111122223334:role/nimbus/Nimbus-CrossAccountRole")).not.toBe(role);
  expect(identity("arn:aws-cn:iam::111122223333:role/nimbus/Nimbus-CrossAccountRole")).not.toBe(role);
  expect(identity("arn:aws:iam::111122223333:role/nimbus/Nimbus-CrossAccountRole2")).not.toBe(role);
});
