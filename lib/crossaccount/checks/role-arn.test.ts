import { describe, expect, test } from "vitest";
import { testConfig } from "../testing/customer";
import { checkRoleArn } from "./role-arn";

const check = (roleArn: string, pinnedAccountId?: string) =>
  checkRoleArn({ config: testConfig, roleArn, region: "us-east-1", pinnedAccountId });

describe("role-arn", () => {
  test("passes a role of a customer's account, also with white space around it", () => {
    expect(check(" arn:aws:iam::111122223333:role/acme/CrossAccount\n")).toMatchObject({
      check: { status: "passed" },
      role: { accountId: "111122223333", roleName: "CrossAccount" },
    });
  });

  test.each([
    ["something else", "hello"],
    ["a user", "arn:aws:iam::111122223333:user/me"],
    ["another partition", "arn:aws-cn:iam::111122223333:role/x"],
    ["the vendor's own account", "arn:aws:iam::123456789012:role/x"],
  ])("fails %s with a cause and a remedy", (_what, roleArn) => {
    const result = check(roleArn);
    expect(result.role).toBeUndefined();
    expect(result.check).toMatchObject({ status: "failed", cause: expect.any(String), remedy: expect.any(String) });
  });

  test("fails a role of another account than the connection's", () => {
    expect(check("arn:aws:iam::444455556666:role/x", "111122223333").check.cause).toContain("111122223333");
  });
});
