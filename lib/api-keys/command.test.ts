import { execFile } from "node:child_process";
import { expect, test } from "vitest";
import { member } from "@/dev/testing/fixtures";
import { eventually } from "@/lib/crossaccount/testing/eventually";
import { db } from "@/lib/db";
import { tokenDigest } from "@/lib/tokens";
import { authenticate } from "./authenticate";

/** The command as an operator runs it. */
function run(...parameters: string[]): Promise<{ code: number; output: string; errors: string }> {
  return new Promise((resolve) => {
    const { PATH, HOME, DATABASE_URL } = process.env;
    // Where keys are made, the portal's own environment need not be.
    const env = { NODE_ENV: "production" as const, PATH, HOME, DATABASE_URL };
    execFile("npm", ["run", "-s", "api-key", "--", ...parameters], { env }, (error, output, errors) => {
      resolve({ code: error ? Number(error.code) : 0, output, errors });
    });
  });
}

test("makes a key, prints it and nothing else, keeps its digest alone, and revokes it", async () => {
  const { customer } = await member();
  const made = await run(
    "create",
    "--name",
    "Billing",
    "--scopes",
    "connections:read,links:write",
    "--customer",
    customer.reference,
    "--expires",
    "30d",
    "--networks",
    "203.0.113.0/24, 2001:db8::/32",
  );
  expect(made).toMatchObject({ code: 0, errors: "" });
  expect(made.output).toMatch(/^ck_[\w-]{43}\n$/);
  const key = made.output.trim();
  const kept = await authenticate(`Bearer ${key}`);
  expect(kept).toMatchObject({ name: "Billing", scopes: ["connections:read", "links:write"], customer });
  expect(kept.networks).toEqual(["203.0.113.0/24", "2001:db8::/32"]);
  expect(kept.digest).toBe(tokenDigest(key));
  expect(kept.expiresAt.getTime() - kept.createdAt.getTime()).toBe(30 * 86_400_000);
  expect(JSON.stringify([await db.apiKey.findMany(), await db.activityLogEntry.findMany()])).not.toContain(key);

  const list = await run("list");
  expect(list.output).toContain(kept.id);
  expect(list.output).not.toContain(key);
  expect(await run("revoke", kept.id)).toMatchObject({ code: 0, output: "", errors: "" });
  await eventually(() => expect(authenticate(`Bearer ${key}`)).rejects.toMatchObject({ code: "key-invalid" }));
  expect((await run("revoke", kept.id)).code).toBe(1);
}, 180_000);

test.each([
  [["create", "--name", "A", "--scopes", "everything"], /no scope everything/],
  [["create", "--name", "A", "--scopes", ""], /at least one scope/],
  [["create", "--name", "", "--scopes", "links:write"], /name of 80 characters/],
  [["create", "--name", "A", "--scopes", "links:write", "--expires", "2y"], /whole number/],
  [["create", "--name", "A", "--scopes", "links:write", "--customer", "nobodys"], /no customer with this reference/],
  [
    ["create", "--name", "A", "--scopes", "links:write", "--networks", "203.0.113.0/33"],
    /203\.0\.113\.0\/33 is no network/,
  ],
  [["create", "--name", "A", "--scopes", "credentials:issue"], /needs a person of security/],
  [["create", "--name", "A", "--scopes", "credentials:issue", "--expires", "91d"], /1 to 90 days/],
  [["make"], /Name what to do/],
])("says what is wrong with %j, and prints no key", async (parameters, message) => {
  const { code, output, errors } = await run(...parameters);
  expect({ code, output }).toEqual({ code: 1, output: "" });
  expect(errors).toMatch(message);
  expect(errors).not.toContain("    at ");
});
