import { expect, test } from "vitest";
import { invitePersonInput } from "./schema";

const invite = (email: string) => invitePersonInput.safeParse({ customer: "acme", email, role: "viewer" });

test("an invited address is written as the identity provider's is compared", () => {
  expect(invite(" Kim@Newcomer.test ").data?.email).toBe("kim@newcomer.test");
});

test("an address with a letter that only looks like another does not become that other address", () => {
  expect(invite("\u212Aim@newcomer.test").success).toBe(false);
});
