import { describe, expect, test } from "vitest";
import { findSelfEscalation } from "./self-escalation";

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
