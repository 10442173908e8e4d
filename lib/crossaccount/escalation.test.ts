import { describe, expect, test } from "vitest";
import { type EscalationGrant, findEscalations, isBroad } from "./escalation";

const allow = (actions: string[], resources = ["*"], condition?: EscalationGrant["condition"]): EscalationGrant => ({
  effect: "Allow",
  actions,
  resources,
  ...(condition && { condition }),
});
const named = (...grants: EscalationGrant[]) => findEscalations(grants).map(({ allows }) => allows);

describe("one call alone escalates", () => {
  test.each([
    "iam:CreateAccessKey",
    "iam:CreateLoginProfile",
    "iam:AttachUserPolicy",
    "iam:AddUserToGroup",
    "sts:AssumeRole",
    "lambda:UpdateFunctionCode",
    "ssm:SendCommand",
    "cloudformation:UpdateStack",
    "codebuild:StartBuild",
  ])("%s on everything", (action) => {
    expect(named(allow([action]))).toContain(action);
    expect(named(allow([`${action.slice(0, -2)}*`]))).not.toEqual([]);
  });

  test("but not where its resources are the author's own", () => {
    expect(named(allow(["lambda:UpdateFunctionCode"], ["arn:aws:lambda:*:*:function:nimbus-*"]))).toEqual([]);
    expect(named(allow(["iam:CreateAccessKey"], ["arn:aws:iam::*:user/nimbus/*"]))).toEqual([]);
    expect(named(allow(["sts:AssumeRole"], ["arn:aws:iam::*:role/*"]))).toEqual(["sts:AssumeRole"]);
  });

  test("and denied is harmless", () => {
    expect(named({ ...allow(["iam:*"]), effect: "Deny" })).toEqual([]);
  });
});

describe("calls that escalate together", () => {
  test.each(["lambda:CreateFunction", "ec2:RunInstances", "cloudformation:CreateStack", "glue:CreateJob", "ecs:*"])(
    "passing any role to %s, from another statement",
    (launch) => {
      expect(named(allow(["iam:PassRole"]), allow([launch]))).toContain("iam:PassRole");
    },
  );

  test("not a role that is named, nor passing without starting anything", () => {
    const own = ["arn:aws:iam::*:role/nimbus-workers/*"];
    expect(named(allow(["iam:PassRole"], own), allow(["lambda:CreateFunction"]))).toEqual([]);
    expect(named(allow(["iam:PassRole"]), allow(["s3:GetObject"]))).toEqual([]);
  });

  test("giving a role permissions and taking it, unless a boundary is demanded", () => {
    const workers = ["arn:aws:iam::*:role/workers/*"];
    const boundary = { StringEquals: { "iam:PermissionsBoundary": "arn:aws:iam::111122223333:policy/limits" } };
    const grants = (condition?: EscalationGrant["condition"]) => [
      allow(["iam:PutRolePolicy"], workers, condition),
      allow(["iam:CreateRole"], workers, condition),
    ];
    expect(named(...grants())).toContain("iam:PutRolePolicy");
    expect(named(...grants(boundary))).toEqual([]);
    expect(named(allow(["iam:PutRolePolicy"], workers))).toEqual([]);
  });
});

test.each([
  ["*", true],
  ["arn:aws:iam::*:user/*", true],
  ["arn:aws:lambda:*:*:function:*", true],
  ["arn:aws:lambda:*:*:function:a*", true],
  ["arn:aws:s3:::*", true],
  ["arn:aws:s3:::nimbus-*", false],
  ["arn:aws:iam::*:role/db", false],
  ["arn:aws:ec2:us-east-1:*:instance/*", true],
])("the resource %s is broad: %s", (resource, broad) => {
  expect(isBroad(resource)).toBe(broad);
});
