import { expect, test } from "vitest";
import { securityTxt } from "./security-txt";

const now = new Date("2026-11-26T15:00:00Z");
const branding = { productName: "Acme", supportEmail: "help@acme.example" };
const fields = (text: string) => text.trim().split("\n");

test("names the vendor's contact, policy and address, and expires within a year", () => {
  const own = { ...branding, securityEmail: "security@acme.example", securityUrl: "https://acme.example/security" };
  expect(fields(securityTxt(own, { baseUrl: "https://connect.acme.example", now }))).toEqual([
    "Contact: mailto:security@acme.example",
    "Expires: 2027-05-25T00:00:00.000Z",
    "Canonical: https://connect.acme.example/.well-known/security.txt",
    "Policy: https://acme.example/security",
    "Preferred-Languages: en",
  ]);
});

test("names the support address where the vendor declared no other, and is the same all day", () => {
  const at = (time: string) => securityTxt(branding, { baseUrl: "https://acme.example", now: new Date(time) });
  expect(fields(at("2026-11-26T00:00:00Z"))[0]).toBe("Contact: mailto:help@acme.example");
  expect(at("2026-11-26T00:00:00Z")).toBe(at("2026-11-26T23:59:59Z"));
  expect(at("2026-11-26T00:00:00Z")).not.toContain("Policy");
});
