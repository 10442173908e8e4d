import { expect, test } from "vitest";
import { actionsMatching, actionTable as known, knownAction } from "@/lib/crossaccount/actions/actions";
import { type AccessLevel, readActionTable } from "@/lib/crossaccount/actions/read-table";
import { actionTable, tableSource } from "./action-table";

test("the library's table is what `npm run iam-data` makes of the installed package", async () => {
  const made = readActionTable(await actionTable());
  expect(made.services.length).toBeGreaterThan(400);
  expect([known().day, known().services]).toEqual([made.day, made.services]);
  for (const service of made.services) expect(known().actionsOf(service)).toEqual(made.actionsOf(service));
  expect(actionsMatching("*").length).toBeGreaterThan(20_000);
});

test("its source is small", async () => {
  expect(tableSource(await actionTable()).length).toBeLessThan(300_000);
});

test.each<[string, AccessLevel, string]>([
  ["ec2:DescribeInstances", "List", ""],
  ["s3:GetObject", "Read", "arn:*:s3:::*/*"],
  ["ec2:RunInstances", "Write", "arn:*:ec2:*:*:instance/*"],
  ["ec2:CreateTags", "Tagging", "arn:*:ec2:*:*:instance/*"],
  ["iam:PutRolePolicy", "Permissions management", "arn:*:iam::*:role/*"],
  ["ssm:SendCommand", "Write", "arn:*:ec2:*:*:instance/*"],
])("%s is on the level %s", (name, level, arn) => {
  const action = knownAction(name);
  expect(action?.level).toBe(level);
  const arns = action?.resourceTypes.map((type) => type.arn);
  expect(arns).toEqual(arn === "" ? [] : expect.arrayContaining([arn]));
});

test("names are found whatever their case, and wildcards stand for what AWS has", () => {
  expect(knownAction("IAM:putrolepolicy")?.name).toBe("iam:PutRolePolicy");
  expect(knownAction("ec2:DescribeInstanses")).toBeUndefined();
  expect(actionsMatching("iam:*RolePermissionsBoundary").map(({ name }) => name)).toEqual([
    "iam:DeleteRolePermissionsBoundary",
    "iam:PutRolePermissionsBoundary",
  ]);
  expect(actionsMatching("s3:*(")).toEqual([]);
  expect(actionsMatching("sts:AssumeRo?e").map(({ name }) => name)).toEqual(["sts:AssumeRole"]);
});

test("who sets tags, and who asks for them, is known", () => {
  expect(knownAction("ec2:CreateTags")).toMatchObject({ setsTags: true });
  expect(knownAction("ssm:SendCommand")).toMatchObject({ setsTags: false, takesResourceTag: true });
  expect(knownAction("codebuild:StartBuild")?.resourceTypes).toEqual([
    { arn: "arn:*:codebuild:*:*:project/*", hasTags: true },
  ]);
});
