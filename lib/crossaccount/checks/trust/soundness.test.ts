import fc from "fast-check";
import { expect, test } from "vitest";
import { parsePolicy } from "../../../../sandbox/policy/document";
import { evaluate } from "../../../../sandbox/policy/evaluate";
import { RequestKeys } from "../../../../sandbox/policy/request-keys";
import { administrator } from "../../../../sandbox/service/principals";
import { testConfig } from "../../testing/customer";
import { accountId, vendor } from "../../testing/run-verification";
import { checkTrustPolicy } from "./trust-policy";

const ours = `acme-${"0f".repeat(16)}`;
const others = `acme-${"1e".repeat(16)}`;
const stranger = "999988887777";
const role = { partition: "aws", accountId, path: "/acme/", roleName: "Role" } as const;

const vendorUser = `arn:aws:iam::${vendor}:user/administrator`;
const principal = fc.constantFrom<object | string>(
  { AWS: `arn:aws:iam::${vendor}:root` },
  { AWS: vendor },
  { AWS: vendorUser },
  { AWS: [vendor, stranger] },
  { AWS: stranger },
  { AWS: accountId },
  { AWS: "*" },
  "*",
);
const prefix = fc.constantFrom("", "", "", "ForAnyValue:", "ForAllValues:");
const suffix = fc.constantFrom("", "", "", "IfExists");
const idComparison = fc
  .tuple(
    prefix,
    fc.constantFrom(
      "StringEquals",
      "StringEquals",
      "StringLike",
      "StringNotEquals",
      "StringNotLike",
      "StringEqualsIgnoreCase",
    ),
    suffix,
    fc.constantFrom<string | string[]>(
      ours,
      [ours, others],
      [others.toUpperCase(), ours],
      others,
      "*",
      "acme-*",
      `${ours.slice(0, 20)}*`,
      "?*",
    ),
  )
  .map(([before, operator, after, value]) => [`${before}${operator}${after}`, "sts:ExternalId", value] as const);
const otherComparison = fc.constantFrom(
  ["Null", "sts:ExternalId", "true"] as const,
  ["Null", "sts:ExternalId", "false"] as const,
  ["StringEquals", "aws:PrincipalAccount", vendor] as const,
  ["StringEqualsIfExists", "aws:PrincipalAccount", vendor] as const,
  ["StringNotEquals", "aws:PrincipalAccount", vendor] as const,
  ["ArnEquals", "aws:PrincipalArn", vendorUser] as const,
  ["ArnLike", "aws:PrincipalArn", `arn:aws:iam::${vendor}:*`] as const,
  ["ArnLike", "aws:PrincipalArn", "arn:aws:iam::*:user/*"] as const,
  ["StringEquals", "aws:PrincipalOrgID", "o-vendor1234567"] as const,
  ["StringEquals", "aws:PrincipalOrgID", ["o-vendor1234567", "o-stranger12345"]] as const,
  ["StringLike", "aws:PrincipalOrgID", "o-*"] as const,
  ["StringEquals", "aws:PrincipalArn", [vendorUser, `arn:aws:iam::${stranger}:user/administrator`]] as const,
);
const condition = fc
  .array(fc.oneof({ weight: 3, arbitrary: idComparison }, { weight: 1, arbitrary: otherComparison }), { maxLength: 3 })
  .map((comparisons) => {
    const block: Record<string, Record<string, string | readonly string[]>> = {};
    for (const [operator, key, value] of comparisons) block[operator] = { ...block[operator], [key]: value };
    return block;
  });
const statement = fc
  .record({
    Effect: fc.constantFrom("Allow", "Allow", "Deny"),
    Principal: principal,
    Action: fc.constantFrom("sts:AssumeRole", "sts:AssumeRole", "sts:*", "*", "sts:TagSession"),
    Condition: condition,
  })
  .map(({ Condition, ...rest }) => (Object.keys(Condition).length > 0 ? { ...rest, Condition } : rest));
const trustPolicy = fc
  .array(statement, { minLength: 1, maxLength: 3 })
  .map((Statement) => JSON.stringify({ Version: "2012-10-17", Statement }));

/** Whether the policy, evaluated as the sandbox does on AssumeRole, lets this caller in. */
function letsIn(document: string, caller: string, externalId: string | undefined): boolean {
  const who = administrator(caller, "aws");
  const everything = { Effect: "Allow", Action: "*", Resource: "*" };
  const identity = [parsePolicy(JSON.stringify({ Version: "2012-10-17", Statement: [everything] }))];
  const keys = new RequestKeys({
    "aws:PrincipalAccount": caller,
    "aws:PrincipalArn": who.principalArn,
    "aws:PrincipalOrgID": caller === vendor ? "o-vendor1234567" : "o-stranger12345",
    ...(externalId && { "sts:ExternalId": externalId }),
  });
  const request = { caller: who, action: "sts:AssumeRole", resource: "*", resourceAccountId: accountId, keys };
  return evaluate({ identity, resource: parsePolicy(document), resourceRequired: true }, request).allowed;
}

/** Requests that must be refused. A listed ID is not among them: a list is no opening. */
const guesses = [undefined, "Probe:0", `acme-${"2d".repeat(16)}`, `${ours.slice(0, 24)}${"9".repeat(13)}`];
const intruders = [...guesses.map((id) => [vendor, id] as const), [stranger, ours], [stranger, undefined]] as const;

test("a trust policy that is not called open lets in nobody but the vendor with a listed ID", () => {
  const seen = { open: 0, closed: 0, needlessly: 0 };
  fc.assert(
    fc.property(trustPolicy, (document) => {
      if (!letsIn(document, vendor, ours)) return;
      const { open } = checkTrustPolicy({ document, config: testConfig, role, externalId: ours });
      const entered = intruders.filter(([caller, externalId]) => letsIn(document, caller, externalId));
      if (!open) expect(entered, document).toEqual([]);
      seen[open ? "open" : "closed"] += 1;
      if (open && entered.length === 0) seen.needlessly += 1;
    }),
    { numRuns: 6_000, seed: 20_261_122 },
  );
  expect(Math.min(seen.open, seen.closed)).toBeGreaterThan(50);
  // What is closed in a roundabout way may be called open, but hardly ever.
  expect(seen.needlessly / seen.open).toBeLessThan(0.02);
});

test("a trust policy that lets in the vendor with the ID of another connection is open", () => {
  const othersExternalIds = new Set([others, others.toUpperCase()]);
  const seen = { open: 0, closed: 0 };
  fc.assert(
    fc.property(trustPolicy, (document) => {
      const input = { document, config: testConfig, role, externalId: ours };
      if (!letsIn(document, vendor, ours) || checkTrustPolicy(input).open) return;
      const { open } = checkTrustPolicy({ ...input, othersExternalIds });
      if (!open) expect(letsIn(document, vendor, others), document).toBe(false);
      seen[open ? "open" : "closed"] += 1;
    }),
    { numRuns: 20_000, seed: 20_261_122 },
  );
  expect(Math.min(seen.open, seen.closed)).toBeGreaterThan(50);
});
