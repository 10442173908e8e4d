import { describe, expect, test } from "vitest";
import { findSelfEscalation, policyActions, roleActions, stackActions, stackSetActions } from "./self-escalation";

const everywhere = ["*"];
const ownRoles = ["arn:aws:iam::*:role/Nimbus/*"];

describe("grants by which the role could change itself", () => {
  test.each([
    [["*"], everywhere],
    [["iam:*"], everywhere],
    [["IAM:putrolepolicy"], everywhere],
    [["iam:Put*"], ownRoles],
    [["iam:AttachRolePolicy"], ["arn:aws:iam::111122223333:role/Nimbus/Nimbus-CrossAccountRole"]],
    [["iam:UpdateAssumeRolePolicy"], ["arn:aws:iam::*:role/*"]],
    [["iam:DeleteRolePermissionsBoundary"], ["arn:aws:iam::*:role/Nim*"]],
    [["iam:?etachRolePolicy"], ["arn:aws:iam::*:role/?imbus/x"]],
    [["iam:CreatePolicyVersion"], ["arn:aws:iam::*:policy/Nimbus/*"]],
    [["iam:SetDefaultPolicyVersion"], ["arn:aws:iam::*:*"]],
    [["iam:PutRolePolicy"], [`arn:aws:iam::*:role/\${aws:PrincipalTag/team}/*`]],
    [
      ["s3:GetObject", "iam:PutRolePolicy"],
      ["arn:aws:s3:::x", "arn:aws:iam::*:role/Nimbus/x"],
    ],
  ])("%j on %j", (actions, resources) => {
    expect(findSelfEscalation("Nimbus", { effect: "Allow", actions, resources })).not.toEqual([]);
  });
});

describe("grants that leave the role as it is", () => {
  test.each([
    ["Allow", ["iam:GetRole", "iam:List*"], everywhere],
    ["Allow", ["ec2:*"], everywhere],
    ["Allow", ["iam:PutRolePolicy"], ["arn:aws:iam::*:role/NimbusWorkers/*"]],
    ["Allow", ["iam:PutRolePolicy"], ["arn:aws:iam::*:role/other/*"]],
    ["Allow", ["iam:CreatePolicyVersion"], ownRoles],
    ["Deny", ["iam:*"], everywhere],
  ])("%s %j on %j", (effect, actions, resources) => {
    expect(findSelfEscalation("Nimbus", { effect, actions, resources })).toEqual([]);
  });
});

describe("each call that changes the role, its policies or its stack", () => {
  const account = "111122223333";
  const calls = [
    ["iam:AttachRolePolicy", "role", `arn:aws:iam::${account}:role/Nimbus/x`],
    ["iam:CreateRole", "role", `arn:aws:iam::${account}:role/Nimbus/x`],
    ["iam:DeleteRolePermissionsBoundary", "role", `arn:aws:iam::${account}:role/Nimbus/x`],
    ["iam:DeleteRolePolicy", "role", `arn:aws:iam::${account}:role/Nimbus/x`],
    ["iam:DetachRolePolicy", "role", `arn:aws:iam::${account}:role/Nimbus/x`],
    ["iam:PutRolePermissionsBoundary", "role", `arn:aws:iam::${account}:role/Nimbus/x`],
    ["iam:PutRolePolicy", "role", `arn:aws:iam::${account}:role/Nimbus/x`],
    ["iam:TagRole", "role", `arn:aws:iam::${account}:role/Nimbus/x`],
    ["iam:UntagRole", "role", `arn:aws:iam::${account}:role/Nimbus/x`],
    ["iam:UpdateAssumeRolePolicy", "role", `arn:aws:iam::${account}:role/Nimbus/x`],
    ["iam:UpdateRole", "role", `arn:aws:iam::${account}:role/Nimbus/x`],
    ["iam:UpdateRoleDescription", "role", `arn:aws:iam::${account}:role/Nimbus/x`],
    ["iam:CreatePolicyVersion", "policies", `arn:aws:iam::${account}:policy/Nimbus/x`],
    ["iam:DeletePolicyVersion", "policies", `arn:aws:iam::${account}:policy/Nimbus/x`],
    ["iam:SetDefaultPolicyVersion", "policies", `arn:aws:iam::${account}:policy/Nimbus/x`],
    ["cloudformation:CreateChangeSet", "stack", `arn:aws:cloudformation:*:${account}:stack/Nimbus-1/*`],
    ["cloudformation:ExecuteChangeSet", "stack", `arn:aws:cloudformation:*:${account}:stack/Nimbus-1/*`],
    ["cloudformation:SetStackPolicy", "stack", `arn:aws:cloudformation:*:${account}:stack/Nimbus-1/*`],
    ["cloudformation:UpdateStack", "stack", `arn:aws:cloudformation:*:${account}:stack/Nimbus-1/*`],
    ["cloudformation:CreateStackInstances", "stack", `arn:aws:cloudformation:*:${account}:stackset/Nimbus-1:*`],
    ["cloudformation:UpdateStackInstances", "stack", `arn:aws:cloudformation:*:${account}:stackset/Nimbus-1:*`],
    ["cloudformation:UpdateStackSet", "stack", `arn:aws:cloudformation:*:${account}:stackset/Nimbus-1:*`],
  ] as const;

  test.each(calls)("%s changes the %s", (action, target, resource) => {
    const found = (...resources: string[]) =>
      findSelfEscalation("Nimbus", { effect: "Allow", actions: [action], resources });
    const escalation = [{ place: ["actions", 0], allows: action, target }];
    expect(found("*")).toEqual(escalation);
    expect(found(resource)).toEqual(escalation);
    expect(found(resource.replace("Nimbus", "Other"))).toEqual([]);
  });

  test("is tried above", () => {
    const listed = [roleActions, policyActions, stackActions, stackSetActions].flat();
    expect(new Set(calls.map(([action]) => action))).toEqual(new Set(listed));
    expect(listed).toHaveLength(22);
  });
});
