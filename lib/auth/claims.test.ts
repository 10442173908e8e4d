import { describe, expect, test } from "vitest";
import { readClaims } from "./claims";

const person = { iss: "https://id.test", sub: "42" };

describe("what an identity provider says", () => {
  test("an e-mail is verified only when the provider says so", () => {
    const verified = (email_verified: unknown) =>
      readClaims({ ...person, email: "Ana@Acme.test", email_verified }, undefined).emailVerified;
    expect([true, "true"].map(verified)).toEqual([true, true]);
    expect([undefined, null, false, "false", 1, "yes", {}].map(verified)).toEqual(Array(7).fill(false));
  });

  test("an e-mail is compared in lower case", () => {
    expect(readClaims({ ...person, email: "Ana@Acme.test" }, undefined).email).toBe("ana@acme.test");
  });

  test("an e-mail with a letter that only looks like another after lower-casing is not that other e-mail", () => {
    const kelvin = "\u212A";
    expect(readClaims({ ...person, email: `${kelvin}im@acme.test` }, undefined).email).not.toBe("kim@acme.test");
  });

  test.each([
    ["acme", [{ reference: "acme", role: "admin" }]],
    ["acme:viewer", [{ reference: "acme", role: "viewer" }]],
    [
      ["acme:viewer", "borealis"],
      [
        { reference: "acme", role: "viewer" },
        { reference: "borealis", role: "admin" },
      ],
    ],
    [["acme:viewer", "acme:admin"], [{ reference: "acme", role: "admin" }]],
    [["../staff", "..", ".", "a b", "", 7, null], []],
    [{ acme: "admin" }, []],
    [undefined, []],
  ])("the customer claim %j names %j", (customer, expected) => {
    expect(readClaims({ ...person, customer }, "customer").customers).toEqual(expected);
  });

  test.each([
    ["Ana\u0000 Ferreira\n", "Ana Ferreira"],
    ["\u202eavonaK areV", "avonaK areV"],
    ["\ud800", null],
    [7, null],
  ])("a name is kept without what nobody should have to store or read: %j", (name, kept) => {
    expect(readClaims({ ...person, name }, undefined).name).toBe(kept);
  });

  test("without a configured claim nobody is a member by it", () => {
    expect(readClaims({ ...person, customer: "acme" }, undefined).customers).toEqual([]);
  });

  test("somebody without issuer or subject is nobody", () => {
    expect(() => readClaims({ sub: "42" }, undefined)).toThrow();
    expect(() => readClaims({ iss: "https://id.test" }, undefined)).toThrow();
  });
});
