import { expect, test } from "vitest";
import { invitePersonInput } from "./schema";

const invite = (email: string) => invitePersonInput.safeParse({ customer: "acme", email, role: "viewer" });

test("an invited address is written as the identity provider's is compared", () => {
  expect(invite(" Kim@Newcomer.test ").data?.email).toBe("kim@newcomer.test");
});

test.each([
  ["ju\u0308rgen@Example.com", "jürgen@example.com"],
  ["用户@例子.测试", "用户@xn--fsqu00a.xn--0zwm56d"],
])("an international address is taken: %s", (typed, kept) => {
  expect(invite(typed).data?.email).toBe(kept);
});

test.each(["", "kim", "kim@newcomer", "kim@newcomer.test, ana@acme.test", "Kim <kim@newcomer.test>", "a".repeat(400)])(
  "%j is refused with a sentence",
  (typed) => {
    expect(invite(typed).error?.issues[0]?.message).toMatch(/e-mail address/);
  },
);

test("an address with a letter that only looks like another does not become that other address", () => {
  expect(invite("\u212Aim@newcomer.test").success).toBe(false);
});
